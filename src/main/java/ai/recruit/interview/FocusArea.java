package ai.recruit.interview;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a question is about; the first three are the documented ones. Their order is that of a well-mixed interview. */
enum FocusArea {
    TECHNICAL_SKILLS,
    PROBLEM_SOLVING,
    COMMUNICATION,
    /** What the resume leaves open: dates, gaps, levels. */
    CAREER_HISTORY,
    TEAMWORK,
    OWNERSHIP,
    MOTIVATION,
    ADAPTABILITY,
    LEADERSHIP,
    CUSTOMER_FOCUS;

    /** The word on the wire, for example {@code technical_skills}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, for messages. */
    static String words() {
        return Arrays.stream(values()).map(FocusArea::word).collect(Collectors.joining(", "));
    }

    static Optional<FocusArea> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return Arrays.stream(values()).filter(area -> area.word().equals(word)).findFirst();
    }
}
