package ai.recruit.parsing;

import org.jspecify.annotations.Nullable;

/** A document that gave no resume, with the reason. The message never contains text of the document. */
public final class UnreadableDocument extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    public UnreadableDocument(Outcome outcome) {
        this(outcome, outcome.sentence(), null);
    }

    /** @param detail what exactly was wrong, for the log; the user is told {@link Outcome#sentence()} */
    public UnreadableDocument(Outcome outcome, String detail, @Nullable Throwable cause) {
        super(outcome.word() + ": " + detail, cause);
        this.outcome = outcome;
    }

    /** The reason. */
    public Outcome outcome() {
        return outcome;
    }
}
