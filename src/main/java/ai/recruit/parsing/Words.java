package ai.recruit.parsing;

/** Small questions about characters and words that several readers ask. */
final class Words {

    private Words() {}

    /** Whether the text is mainly in Cyrillic letters. */
    static boolean russian(String text) {
        int cyrillic = 0;
        int latin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '\u0400' && c <= '\u04ff') {
                cyrillic++;
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                latin++;
            }
        }
        return cyrillic > latin / 2 && cyrillic > 0;
    }
}
