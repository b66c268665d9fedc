package ai.recruit.candidate;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Levels of education, each above those before it. */
public enum EducationLevel {
    /** School up to university entrance. */
    SECONDARY,
    /** Trade school, medium special education. */
    VOCATIONAL,
    ASSOCIATE,
    BACHELOR,
    /** The five-year diploma of Russian-speaking countries. */
    SPECIALIST,
    MASTER,
    /** PhD and other doctorates, candidate of sciences. */
    DOCTOR;

    /** The word in the database and on the wire, for example {@code bachelor}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static final Map<String, EducationLevel> WORDS = Map.ofEntries(
            Map.entry("high school", SECONDARY),
            Map.entry("school", SECONDARY),
            Map.entry("ged", SECONDARY),
            Map.entry("среднее", SECONDARY),
            Map.entry("среднее общее", SECONDARY),
            Map.entry("trade school", VOCATIONAL),
            Map.entry("среднее специальное", VOCATIONAL),
            Map.entry("среднее профессиональное", VOCATIONAL),
            Map.entry("associates", ASSOCIATE),
            Map.entry("неполное высшее", ASSOCIATE),
            Map.entry("незаконченное высшее", ASSOCIATE),
            Map.entry("bachelors", BACHELOR),
            Map.entry("bsc", BACHELOR),
            Map.entry("bs", BACHELOR),
            Map.entry("ba", BACHELOR),
            Map.entry("beng", BACHELOR),
            Map.entry("undergraduate", BACHELOR),
            Map.entry("university", BACHELOR),
            Map.entry("higher", BACHELOR),
            Map.entry("высшее", BACHELOR),
            Map.entry("бакалавр", BACHELOR),
            Map.entry("бакалавриат", BACHELOR),
            Map.entry("специалист", SPECIALIST),
            Map.entry("специалитет", SPECIALIST),
            Map.entry("masters", MASTER),
            Map.entry("msc", MASTER),
            Map.entry("ms", MASTER),
            Map.entry("ma", MASTER),
            Map.entry("mba", MASTER),
            Map.entry("meng", MASTER),
            Map.entry("магистр", MASTER),
            Map.entry("магистратура", MASTER),
            Map.entry("doctorate", DOCTOR),
            Map.entry("doctoral", DOCTOR),
            Map.entry("phd", DOCTOR),
            Map.entry("кандидат наук", DOCTOR),
            Map.entry("доктор наук", DOCTOR));

    /** Reads what people call a level, for example {@code Bachelor's}, {@code MSc in Physics} or {@code высшее}. */
    public static Optional<EducationLevel> parse(String text) {
        String words = text.toLowerCase(Locale.ROOT)
                .replaceAll("['’.]", "")
                .replaceAll("[^\\p{L}]+", " ")
                .strip();
        // The longest beginning that is known: what follows is the subject, or the word degree.
        for (int end = words.length(); end > 0; end = words.lastIndexOf(' ', end - 1)) {
            String beginning = words.substring(0, end);
            EducationLevel known = WORDS.get(beginning);
            if (known != null) {
                return Optional.of(known);
            }
            for (EducationLevel level : values()) {
                if (level.word().equals(beginning)) {
                    return Optional.of(level);
                }
            }
        }
        return Optional.empty();
    }

    static EducationLevel of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
