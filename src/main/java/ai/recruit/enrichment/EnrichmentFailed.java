package ai.recruit.enrichment;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A model gave no text. Its message holds nothing of the resume and nothing of the key. */
public final class EnrichmentFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no text. */
    public enum Reason {
        /** No model is configured. */
        OFF,
        /** The day's tokens are spent. */
        BUDGET,
        /** The server does not answer, answers with a fault, or has too much to do. */
        UNAVAILABLE,
        /** The server does not accept the request: the key, the model, the address. */
        REFUSED,
        /** The server answers something else than was asked for. */
        MALFORMED;

        /** The word in metrics, for example {@code unavailable}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final transient @Nullable Duration retryAfter;

    EnrichmentFailed(Reason reason, String message) {
        this(reason, message, null);
    }

    EnrichmentFailed(Reason reason, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** How long the server asked to be left alone; null when it did not. */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    boolean mayPass() {
        return reason == Reason.UNAVAILABLE || reason == Reason.MALFORMED;
    }
}
