package ai.recruit.resume;

import java.util.Locale;

/** Where a resume stands. */
enum State {
    QUEUED,
    PROCESSING,
    COMPLETED,
    FAILED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isTerminal() {
        return this == COMPLETED || this == FAILED;
    }

    static State of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
