package ai.recruit.interview;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How much a question asks of whoever answers it. */
enum Difficulty {
    /** Answered from first experience: what somebody did and how it works. */
    BEGINNER,
    /** Answered from work of one's own: decisions, trouble, and what came of it. */
    INTERMEDIATE,
    /** Answered from responsibility: trade-offs under uncertainty, effects on others, what to change and why. */
    ADVANCED;

    private static final Map<String, Difficulty> OTHER_WORDS = Map.ofEntries(
            Map.entry("easy", BEGINNER),
            Map.entry("junior", BEGINNER),
            Map.entry("entry", BEGINNER),
            Map.entry("basic", BEGINNER),
            Map.entry("medium", INTERMEDIATE),
            Map.entry("middle", INTERMEDIATE),
            Map.entry("mid", INTERMEDIATE),
            Map.entry("hard", ADVANCED),
            Map.entry("senior", ADVANCED),
            Map.entry("expert", ADVANCED));

    /** The word on the wire, for example {@code intermediate}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a word, also one that other systems use for the same level, for example {@code medium} or {@code senior}. */
    static Optional<Difficulty> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        for (Difficulty difficulty : values()) {
            if (difficulty.word().equals(word)) {
                return Optional.of(difficulty);
            }
        }
        return Optional.ofNullable(OTHER_WORDS.get(word));
    }
}
