package ai.recruit.parsing;

/** To come. */
final class DocText {

    private final Budget budget;

    DocText(Budget budget) {
        this.budget = budget;
    }

    DocumentText read(Object document) {
        budget.checkTime();
        throw new LimitReached(Outcome.UNSUPPORTED_TYPE, "not read yet");
    }
}
