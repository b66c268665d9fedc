package ai.recruit.interview;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an interview stands. It goes from generated over scheduled to completed; both of the former may be cancelled. */
enum InterviewStatus {
    GENERATED,
    SCHEDULED,
    COMPLETED,
    CANCELLED;

    /** The word in the database and on the wire. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<InterviewStatus> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** Whether it may go from here to there; a scheduled one may be scheduled anew. */
    boolean allows(InterviewStatus next) {
        return switch (this) {
            case GENERATED -> next == SCHEDULED || next == CANCELLED;
            case SCHEDULED -> next != GENERATED;
            case COMPLETED, CANCELLED -> false;
        };
    }
}
