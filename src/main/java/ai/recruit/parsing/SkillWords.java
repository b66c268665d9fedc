package ai.recruit.parsing;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Words of a text in the form in which the lexicon compares them, the same for its names and for what it reads.
 *
 * <p>Lower case; "ё" is "е"; letters of one alphabet that stand among those of the other are put right ("1С" and "1C",
 * "В2В" and "B2B"). Russian words of four letters and more lose the endings of their declension, English ones that of
 * their plural, and American spelling stands for British. That is light on purpose: no dictionary, no verbs, and a word
 * that is cut too short is cut alike on both sides. It is only ever compared, never shown.
 */
final class SkillWords {

    private static final int SHORTEST_CUT = 4;
    private static final int SHORTEST_STEM = 3;

    /** Endings of Russian nouns and adjectives by their last letter, longest first. */
    private static final Map<Character, List<String>> ENDINGS = endings(
            "иями", "ями", "ами", "ьми", "ыми", "ими", "ием", "иям", "иях", "его", "ого", "ему", "ому", "ией", "ии",
            "ия", "ие", "ий", "ию", "ые", "ый", "ой", "ая", "яя", "ое", "ее", "ую", "юю", "ых", "их", "ым", "им", "ом",
            "ем", "ам", "ям", "ах", "ях", "ов", "ев", "ей", "ью", "ье", "ья", "а", "я", "о", "е", "у", "ю", "ы", "и",
            "ь", "й");

    private static final String CYRILLIC_TWINS = "асеорхкмтвну";
    private static final String LATIN_TWINS = "aceopxkmtbhy";

    private SkillWords() {}

    private static Map<Character, List<String>> endings(String... all) {
        Map<Character, List<String>> endings = new HashMap<>();
        for (String ending : all) {
            endings.computeIfAbsent(ending.charAt(ending.length() - 1), letter -> new ArrayList<>())
                    .add(ending);
        }
        return endings;
    }

    /**
     * One word.
     *
     * @param text as it is compared
     * @param start index of its first character
     * @param end index after its last character
     * @param apart whether a comma or the like, which no name goes across, stands before it
     * @param sentence whether a sentence or a line begins with it
     */
    record Word(String text, int start, int end, boolean apart, boolean sentence) {}

    /**
     * The words of a text. {@code +}, {@code #} and a dot inside or in front of a word belong to it (C++, C#, Node.js,
     * .NET).
     */
    static List<Word> of(String text) {
        return of(text, SkillWords::fold);
    }

    /** The same with a {@link #fold} that remembers, for those who read much at once. */
    static List<Word> of(String text, UnaryOperator<String> fold) {
        List<Word> words = new ArrayList<>();
        boolean apart = false;
        boolean sentence = true;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean dotWord = c == '.'
                    && at + 1 < text.length()
                    && Character.isLetter(text.charAt(at + 1))
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
            if (!Character.isLetterOrDigit(c) && !dotWord) {
                boolean stop = c == '.' || c == '!' || c == '?' || c == '\n' || c == '\u2022';
                sentence |= stop;
                apart |= stop || c == ',' || c == ';' || c == '\t' || c == '|';
                at++;
                continue;
            }
            int start = at++;
            while (at < text.length()) {
                char d = text.charAt(at);
                boolean inner = (d == '.' || d == '\'' || d == '\u2019')
                        && at + 1 < text.length()
                        && Character.isLetterOrDigit(text.charAt(at + 1));
                if (!Character.isLetterOrDigit(d) && d != '+' && d != '#' && !inner) {
                    break;
                }
                at++;
            }
            words.add(new Word(fold.apply(text.substring(start, at)), start, at, apart, sentence));
            apart = false;
            sentence = false;
        }
        return words;
    }

    /** One word in the form in which it is compared. */
    static String fold(String printed) {
        boolean ascii = true;
        boolean common = true;
        boolean digits = false;
        int cyrillic = 0;
        int latin = 0;
        for (int i = 0; i < printed.length(); i++) {
            char c = printed.charAt(i);
            ascii &= c < 0x80;
            common &= c < 0x80 || (c >= '\u0410' && c <= '\u044f') || c == 'ё' || c == 'Ё';
            digits |= c >= '0' && c <= '9';
            cyrillic += c >= '\u0400' && c <= '\u04ff' ? 1 : 0;
            latin += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
        }
        if (ascii) {
            return english(Words.lower(printed));
        }
        String word = Words.lower(common ? printed : Normalizer.normalize(printed, Normalizer.Form.NFKC));
        if (word.indexOf('\u2019') >= 0) {
            word = word.replace('\u2019', '\'');
        }
        if (cyrillic == 0) {
            return english(word);
        }
        if (word.indexOf('ё') >= 0) {
            word = word.replace('ё', 'е');
        }
        if (digits || latin > 0) {
            // A letter that could be of both alphabets follows those that could not.
            String cleared = exchange(word, CYRILLIC_TWINS, LATIN_TWINS);
            if (cleared.chars().noneMatch(c -> c >= 0x400 && c <= 0x4ff)) {
                return english(cleared);
            }
            if (latin > 0 && latin < cyrillic) {
                word = exchange(word, LATIN_TWINS, CYRILLIC_TWINS);
            }
        }
        return russian(word);
    }

    private static String exchange(String word, String from, String to) {
        StringBuilder exchanged = new StringBuilder(word);
        for (int i = 0; i < word.length(); i++) {
            int twin = from.indexOf(word.charAt(i));
            if (twin >= 0) {
                exchanged.setCharAt(i, to.charAt(twin));
            }
        }
        return exchanged.toString();
    }

    private static String english(String word) {
        int length = word.length();
        if (length < 5) {
            return word;
        }
        String one = word;
        if (word.endsWith("ies")) {
            one = word.substring(0, length - 3) + "y";
        } else if (word.endsWith("sses") || word.endsWith("ches") || word.endsWith("xes")) {
            one = word.substring(0, length - 2);
        } else if (word.charAt(length - 1) == 's' && "suioa'".indexOf(word.charAt(length - 2)) < 0) {
            one = word.substring(0, length - 1);
        }
        if (one.endsWith("isation")) {
            return one.substring(0, one.length() - 6) + "zation";
        }
        if (one.endsWith("ising")) {
            return one.substring(0, one.length() - 4) + "zing";
        }
        return one.endsWith("lling") ? one.substring(0, one.length() - 4) + "ing" : one;
    }

    private static String russian(String word) {
        if (word.length() < SHORTEST_CUT) {
            return word;
        }
        // Until nothing is left to cut: "систем" and "система" must come out alike.
        String stem = word;
        boolean cut = true;
        while (cut) {
            cut = false;
            for (String ending : ENDINGS.getOrDefault(stem.charAt(stem.length() - 1), List.of())) {
                if (stem.length() - ending.length() >= SHORTEST_STEM && stem.endsWith(ending)) {
                    stem = stem.substring(0, stem.length() - ending.length());
                    cut = true;
                    break;
                }
            }
        }
        // "закупок" belongs to "закупка".
        int length = stem.length();
        return length > SHORTEST_CUT && (stem.endsWith("ок") || stem.endsWith("ек"))
                ? stem.substring(0, length - 2) + "к"
                : stem;
    }
}
