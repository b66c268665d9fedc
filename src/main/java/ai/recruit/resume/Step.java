package ai.recruit.resume;

import java.util.Locale;

/** The stages that clients see, in their order. */
enum Step {
    RECEIVED(1, 5),
    CHECKED(2, 15),
    TEXT_EXTRACTED(3, 45),
    FIELDS_EXTRACTED(4, 65),
    CANDIDATE_CREATED(5, 80),
    CANDIDATE_UPDATED(5, 80),
    MATCHED(6, 95),
    COMPLETED(7, 100);

    private final int stage;
    private final int progress;

    Step(int stage, int progress) {
        this.stage = stage;
        this.progress = progress;
    }

    /** Its place in the order; the two outcomes of the candidate stage share one. */
    int stage() {
        return stage;
    }

    /** How much of the whole is done after it, in percent. */
    int progress() {
        return progress;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
