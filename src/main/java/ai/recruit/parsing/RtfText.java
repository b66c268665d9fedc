package ai.recruit.parsing;

/** To come. */
final class RtfText {

    private final Budget budget;

    RtfText(Budget budget) {
        this.budget = budget;
    }

    DocumentText read(Object document) {
        budget.checkTime();
        throw new LimitReached(Outcome.UNSUPPORTED_TYPE, "not read yet");
    }
}
