package ai.recruit.parsing;

import java.util.Locale;

/** Small questions about characters and words that several readers ask. */
final class Words {

    private static final char CAPITAL_I_WITH_DOT = '\u0130';

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

    /** Lower-case words separated by single spaces, without punctuation; "ё" is "е", "&" is "and". */
    static String key(String text) {
        StringBuilder key = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '\'' || c == '\u2019') {
                // "Ph.D." and "Bachelor's" are one word each.
                continue;
            }
            boolean letter = Character.isLetterOrDigit(c) || c == '+' || c == '#';
            if (letter || c == '&') {
                if (gap && key.length() > 0) {
                    key.append(' ');
                }
                if (c == '&') {
                    if (key.length() > 0 && key.charAt(key.length() - 1) != ' ') {
                        key.append(' ');
                    }
                    key.append("and");
                    gap = true;
                } else {
                    key.append(c == 'ё' || c == 'Ё' ? 'е' : c);
                    gap = false;
                }
            } else {
                gap = true;
            }
        }
        return lower(key.toString());
    }

    /**
     * The text in lower case, the same under every locale, in time that grows with its length. The JDK makes two
     * characters of each {@code \u0130} and copies the whole text every time; here it is an {@code i}.
     */
    static String lower(String text) {
        if (text.indexOf(CAPITAL_I_WITH_DOT) < 0) {
            return text.toLowerCase(Locale.ROOT);
        }
        return text.replace(CAPITAL_I_WITH_DOT, 'i').toLowerCase(Locale.ROOT);
    }

    /** Whether the text is written in capitals throughout. */
    static boolean capitals(String text) {
        int upper = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLowerCase(c)) {
                return false;
            }
            upper += Character.isUpperCase(c) ? 1 : 0;
        }
        return upper >= 2;
    }

    static int count(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }

    static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the line begins with a bullet or dash; these carry descriptions or list items, never headers. */
    static boolean bullet(String line) {
        return bulletLength(line) > 0;
    }

    /** Length of the bullet at the start of a line with the blanks behind it, 0 without one. */
    static int bulletLength(String line) {
        if (line.isEmpty()) {
            return 0;
        }
        char c = line.charAt(0);
        boolean mark =
                "\u2022\u25cf\u25cb\u25aa\u25ab\u25e6\u2023\u2043\u2219\u00b7\u25a0\u25a1\u2713\u2714\u27a2\u2756\u2666\u25b6\u25ba\u2605*"
                                        .indexOf(c)
                                >= 0
                        || (c >= '\ue000' && c <= '\uf8ff');
        boolean dash = (c == '-' || c == '\u2013' || c == '\u2014') && line.length() > 1;
        if ((!mark && !dash) || (c == '*' && line.startsWith("**"))) {
            return 0;
        }
        int at = 1;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at > 1 || mark ? at : 0;
    }

    /** The text without its bullet, without the asterisks of Markdown, and without separators at its ends. */
    static String trim(String text) {
        String bare = text.indexOf("**") >= 0 ? text.replace("**", "") : text;
        int from = bulletLength(bare);
        int to = bare.length();
        while (from < to
                && edge(bare.charAt(from))
                && !(bare.charAt(from) == '.' && from + 1 < to && Character.isLetter(bare.charAt(from + 1)))) {
            from++;
        }
        while (to > from && edge(bare.charAt(to - 1))) {
            to--;
        }
        // A closing bracket without an opening one is the rest of something that was cut away.
        String cut = bare.substring(from, to);
        if (cut.endsWith(")") && cut.indexOf('(') < 0) {
            cut = cut.substring(0, cut.length() - 1);
        }
        if (cut.endsWith("(")) {
            cut = cut.substring(0, cut.length() - 1).strip();
        }
        return cut.strip();
    }

    private static boolean edge(char c) {
        return Character.isWhitespace(c)
                || ",;:|/\u2022\u00b7\u2013\u2014-_*\u2192.".indexOf(c) >= 0 && c != '.'
                || (c >= '\ue000' && c <= '\uf8ff');
    }
}
