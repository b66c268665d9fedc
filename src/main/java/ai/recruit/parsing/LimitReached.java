package ai.recruit.parsing;

/** Leaves a reader from any depth of a library's callbacks; {@link TextExtractor} turns it into the checked exception. */
final class LimitReached extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    LimitReached(Outcome outcome, String detail) {
        super(detail, null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
