package ai.recruit.parsing;

/** To come. */
final class HtmlText {

    private final Budget budget;

    HtmlText(Budget budget) {
        this.budget = budget;
    }

    DocumentText read(Object document) {
        budget.checkTime();
        throw new LimitReached(Outcome.UNSUPPORTED_TYPE, "not read yet");
    }
}
