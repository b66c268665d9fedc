package ai.recruit.parsing;

/** To come. */
final class OdtText {

    private final Budget budget;

    OdtText(Budget budget) {
        this.budget = budget;
    }

    DocumentText read(Object document) {
        budget.checkTime();
        throw new LimitReached(Outcome.UNSUPPORTED_TYPE, "not read yet");
    }
}
