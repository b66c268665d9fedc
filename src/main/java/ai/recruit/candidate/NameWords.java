package ai.recruit.candidate;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names across alphabets. A name in Cyrillic has many Latin spellings ("Юлия" is Yuliya, Iuliia, Julia), so besides a plain
 * transliteration there is a folded form, in which all usual spellings of a name meet. The plain form keeps every letter,
 * so that the beginning of a name stays the beginning of its form, which the folded one does not promise.
 */
final class NameWords {

    private static final Map<Integer, String> LATIN = Map.ofEntries(
            letter('а', "a"),
            letter('б', "b"),
            letter('в', "v"),
            letter('г', "g"),
            letter('д', "d"),
            letter('е', "e"),
            letter('ж', "zh"),
            letter('з', "z"),
            letter('и', "i"),
            letter('й', "y"),
            letter('к', "k"),
            letter('л', "l"),
            letter('м', "m"),
            letter('н', "n"),
            letter('о', "o"),
            letter('п', "p"),
            letter('р', "r"),
            letter('с', "s"),
            letter('т', "t"),
            letter('у', "u"),
            letter('ф', "f"),
            letter('х', "kh"),
            letter('ц', "ts"),
            letter('ч', "ch"),
            letter('ш', "sh"),
            letter('щ', "shch"),
            letter('ъ', ""),
            letter('ы', "y"),
            letter('ь', ""),
            letter('э', "e"),
            letter('ю', "yu"),
            letter('я', "ya"),
            // Ukrainian, Kazakh, Kyrgyz
            letter('є', "ye"),
            letter('і', "i"),
            letter('ґ', "g"),
            letter('ә', "a"),
            letter('ғ', "g"),
            letter('қ', "k"),
            letter('ң', "n"),
            letter('ө', "o"),
            letter('ұ', "u"),
            letter('ү', "u"),
            letter('һ', "h"),
            letter('ß', "ss"),
            letter('ø', "o"),
            letter('ł', "l"),
            letter('đ', "d"),
            letter('æ', "ae"));

    /** Spellings that are one, in this order. */
    private static final List<Map.Entry<Pattern, String>> FOLDS = List.of(
            fold("shch|sch|sh", "s"),
            fold("ch", "c"),
            fold("zh", "z"),
            fold("kh", "h"),
            fold("t[sz]", "c"),
            fold("ph", "f"),
            fold("ck", "k"),
            fold("x", "ks"),
            fold("w", "v"),
            fold("q", "k"),
            fold("j", "y"),
            fold("[yi]+o", "e"),
            fold("[yi]+(?=[aeu])", ""),
            fold("y", "i"),
            fold("(.)\\1+", "$1"));

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private NameWords() {}

    private static Map.Entry<Integer, String> letter(char cyrillic, String latin) {
        return Map.entry((int) cyrillic, latin);
    }

    private static Map.Entry<Pattern, String> fold(String spelling, String one) {
        return Map.entry(Pattern.compile(spelling), one);
    }

    /** The words of a text as somebody types them, in lower case. */
    static List<String> typed(String text) {
        return Arrays.stream(BETWEEN.split(text.strip().toLowerCase(Locale.ROOT), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The word in Latin letters without accents, in lower case. */
    static String latin(String word) {
        StringBuilder latin = new StringBuilder(word.length() + 4);
        // й is a letter of its own, not an и with a mark.
        String lower = word.toLowerCase(Locale.ROOT).replace('ё', 'е').replace("ї", "yi");
        lower.codePoints().forEach(letter -> {
            String known = LATIN.get(letter);
            if (known == null) {
                latin.appendCodePoint(letter);
            } else {
                latin.append(known);
            }
        });
        return MARKS.matcher(Normalizer.normalize(latin, Normalizer.Form.NFD)).replaceAll("");
    }

    /** The form in which the usual spellings of a name meet. */
    static String folded(String word) {
        String form = latin(word);
        for (Map.Entry<Pattern, String> fold : FOLDS) {
            form = fold.getKey().matcher(form).replaceAll(fold.getValue());
        }
        return form;
    }

    /** Everything that a name is found by, separated by blanks. */
    static String index(@Nullable String... names) {
        Set<String> words = new LinkedHashSet<>();
        Stream.of(names)
                .filter(name -> name != null)
                .flatMap(name -> Arrays.stream(NO_LETTERS.split(name.toLowerCase(Locale.ROOT), -1)))
                .filter(word -> !word.isEmpty())
                .forEach(word -> words.addAll(List.of(word, latin(word), folded(word))));
        return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
    }
}
