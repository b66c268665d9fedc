package ai.recruit.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language that a person speaks or a job asks for, on the wire as one text, for example {@code English B2},
 * {@code Russian native} or {@code German}.
 *
 * @param name in English where it is a known one, else as written
 * @param level null when it is not told
 */
public record SpokenLanguage(String name, @Nullable Level level) {

    /** The levels of the Common European Framework, and above. */
    public enum Level {
        A1,
        A2,
        B1,
        B2,
        C1,
        C2,
        NATIVE;

        String word() {
            return this == NATIVE ? "native" : name();
        }
    }

    private static final int LONGEST = 60;

    private static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry("native", Level.NATIVE),
            Map.entry("native speaker", Level.NATIVE),
            Map.entry("mother tongue", Level.NATIVE),
            Map.entry("bilingual", Level.NATIVE),
            Map.entry("родной", Level.NATIVE),
            Map.entry("proficient", Level.C2),
            Map.entry("fluent", Level.C1),
            Map.entry("advanced", Level.C1),
            Map.entry("professional", Level.C1),
            Map.entry("full professional proficiency", Level.C1),
            Map.entry("свободно", Level.C1),
            Map.entry("свободный", Level.C1),
            Map.entry("продвинутый", Level.C1),
            Map.entry("upper intermediate", Level.B2),
            Map.entry("professional working proficiency", Level.B2),
            Map.entry("выше среднего", Level.B2),
            Map.entry("intermediate", Level.B1),
            Map.entry("conversational", Level.B1),
            Map.entry("limited working proficiency", Level.B1),
            Map.entry("средний", Level.B1),
            Map.entry("разговорный", Level.B1),
            Map.entry("pre intermediate", Level.A2),
            Map.entry("elementary", Level.A2),
            Map.entry("ниже среднего", Level.A2),
            Map.entry("basic", Level.A1),
            Map.entry("beginner", Level.A1),
            Map.entry("начальный", Level.A1),
            Map.entry("базовый", Level.A1));

    private static final Map<String, String> NAMES = names(
            "English английский",
            "Russian русский",
            "Kyrgyz киргизский кыргызский",
            "Kazakh казахский",
            "Uzbek узбекский",
            "Tajik таджикский",
            "Turkmen туркменский",
            "Ukrainian украинский",
            "Belarusian белорусский",
            "German немецкий",
            "French французский",
            "Spanish испанский",
            "Italian итальянский",
            "Portuguese португальский",
            "Dutch нидерландский голландский",
            "Polish польский",
            "Czech чешский",
            "Slovak словацкий",
            "Hungarian венгерский",
            "Romanian румынский",
            "Bulgarian болгарский",
            "Serbian сербский",
            "Croatian хорватский",
            "Greek греческий",
            "Turkish турецкий",
            "Azerbaijani азербайджанский",
            "Armenian армянский",
            "Georgian грузинский",
            "Arabic арабский",
            "Hebrew иврит",
            "Persian персидский фарси farsi",
            "Hindi хинди",
            "Chinese китайский mandarin",
            "Japanese японский",
            "Korean корейский",
            "Vietnamese вьетнамский",
            "Swedish шведский",
            "Norwegian норвежский",
            "Danish датский",
            "Finnish финский",
            "Estonian эстонский",
            "Latvian латышский",
            "Lithuanian литовский");

    private static Map<String, String> names(String... lines) {
        Map<String, String> names = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            for (String word : words) {
                names.put(word.toLowerCase(Locale.ROOT), words[0]);
            }
        }
        return Map.copyOf(names);
    }

    /** Reads {@code English}, {@code English B2}, {@code English (fluent)}, {@code английский - родной}; else empty. */
    public static Optional<SpokenLanguage> parse(String text) {
        String plain = text.replace("\0", "").strip();
        if (plain.isEmpty() || plain.length() > LONGEST) {
            return Optional.empty();
        }
        String[] words = plain.split("[\\s:;,()\\-–—]+");
        // The shortest name whose rest is a level.
        for (int i = 1; i < words.length; i++) {
            Level level = level(join(words, i, words.length));
            if (level != null) {
                return name(join(words, 0, i)).map(name -> new SpokenLanguage(name, level));
            }
        }
        return name(join(words, 0, words.length)).map(name -> new SpokenLanguage(name, null));
    }

    /** A language and a level as somebody words it, for example {@code fluent}; a level that is not known is none. */
    public static Optional<SpokenLanguage> of(String name, @Nullable String level) {
        return parse(name)
                .map(language -> language.level() != null || level == null
                        ? language
                        : new SpokenLanguage(
                                language.name(), level(String.join(" ", level.split("[\\s:;,()\\-–—]+")))));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SpokenLanguage read(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no language"));
    }

    /** The text on the wire. */
    @JsonValue
    public String text() {
        return level == null ? name : name + ' ' + level.word();
    }

    private static String join(String[] words, int from, int until) {
        return String.join(" ", java.util.Arrays.copyOfRange(words, from, until))
                .strip();
    }

    private static @Nullable Level level(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        for (Level level : Level.values()) {
            if (level.word().equalsIgnoreCase(word)
                    || word.startsWith(level.name().toLowerCase(Locale.ROOT) + ' ')) {
                return level;
            }
        }
        return LEVELS.get(word);
    }

    private static Optional<String> name(String text) {
        String known = NAMES.get(text.toLowerCase(Locale.ROOT).replaceFirst(" (?:язык|language)$", ""));
        return known != null
                ? Optional.of(known)
                : text.codePoints().anyMatch(Character::isLetter) ? Optional.of(text) : Optional.empty();
    }
}
