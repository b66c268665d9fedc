package ai.recruit.kernel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the caller is told of, in words that the caller can act on. Its message must carry no secret and no
 * inner detail: it is sent as it stands.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldProblem> details;
    private final @Nullable Duration retryAfter;

    public Problem(ProblemCode code, String message) {
        this(code, message, List.of(), null, null);
    }

    private Problem(
            ProblemCode code,
            String message,
            List<FieldProblem> details,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
        this.code = code;
        this.details = List.copyOf(details);
        this.retryAfter = retryAfter;
    }

    /** One field of the request is wrong. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldProblem(field, message)));
    }

    /** Fields of the request are wrong; at least one. */
    public static Problem invalid(List<FieldProblem> details) {
        FieldProblem first = details.get(0);
        return new Problem(ProblemCode.INVALID_REQUEST, first.field() + ": " + first.message(), details, null, null);
    }

    /** The caller's role may not use this endpoint at all. */
    public static Problem denied() {
        return new Problem(ProblemCode.PERMISSION_DENIED, "Your role may not use this endpoint");
    }

    /** Something that this service stands on does not answer for the moment. */
    public static Problem unavailable(String message, Duration retryAfter, @Nullable Throwable cause) {
        return new Problem(ProblemCode.SERVICE_UNAVAILABLE, message, List.of(), retryAfter, cause);
    }

    /** Too many requests; the wait is rounded up to whole seconds where it is shown. */
    public static Problem rateLimited(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new Problem(
                ProblemCode.RATE_LIMIT_EXCEEDED,
                "Too many requests. Please retry after " + seconds + " seconds.",
                List.of(),
                Duration.ofSeconds(seconds),
                null);
    }

    public ProblemCode code() {
        return code;
    }

    /** What is wrong field by field; empty when the problem is not about fields. */
    public List<FieldProblem> details() {
        return details;
    }

    /** How long the caller should wait, where waiting helps. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The message, never null here. */
    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}
