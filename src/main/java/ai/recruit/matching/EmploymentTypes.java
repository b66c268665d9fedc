package ai.recruit.matching;

import java.util.HashMap;
import java.util.Map;

/** The same kinds of employment in the words of different sources; what is not known stays as it is. */
final class EmploymentTypes {

    private static final Map<String, String> CANONICAL = canonical(
            "full_time fulltime permanent full полная_занятость полный_день",
            "part_time parttime part частичная_занятость неполный_день",
            "contract contractor freelance freelancer b2b договор проектная_работа project",
            "internship intern trainee стажировка",
            "temporary temp seasonal временная_работа",
            "volunteer volunteering волонтерство");

    private EmploymentTypes() {}

    private static Map<String, String> canonical(String... lines) {
        Map<String, String> words = new HashMap<>();
        for (String line : lines) {
            String[] same = line.split(" ");
            for (String word : same) {
                words.put(word, same[0]);
            }
        }
        return Map.copyOf(words);
    }

    /** @param type in lower case with underscores */
    static String canonical(String type) {
        return CANONICAL.getOrDefault(type, type);
    }
}
