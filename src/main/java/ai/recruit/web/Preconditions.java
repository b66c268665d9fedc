package ai.recruit.web;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a write asks of the version that it finds (RFC 9110, 13.1): {@code If-Match} and {@code If-None-Match}. The check
 * must be made where the row is locked, so a feature takes the preconditions along into its transaction:
 *
 * <pre>{@code
 * change(caller, id, change, Preconditions.of(headers));             // in the controller
 * preconditions.check(ETags.of(row.updatedAt()));                    // after select ... for update
 * }</pre>
 *
 * @param match the tags of {@code If-Match}, one of which the row must have; empty for no condition
 * @param noneMatch the tags of {@code If-None-Match}, none of which the row may have; empty for no condition
 */
public record Preconditions(List<String> match, List<String> noneMatch) {

    /** Any version will do. */
    public static final Preconditions NONE = new Preconditions(List.of(), List.of());

    public Preconditions {
        match = List.copyOf(match);
        noneMatch = List.copyOf(noneMatch);
    }

    /** The preconditions of a request. */
    public static Preconditions of(HttpHeaders request) {
        return new Preconditions(
                ETags.tags(request, HttpHeaders.IF_MATCH), ETags.tags(request, HttpHeaders.IF_NONE_MATCH));
    }

    /** Checks the preconditions of a request against a version that cannot change meanwhile; see {@link #check}. */
    public static void check(HttpHeaders request, @Nullable String tag) {
        of(request).check(tag);
    }

    /**
     * Compares with the version that is there.
     *
     * @param tag its tag; null when there is none yet
     * @throws Problem {@link ProblemCode#PRECONDITION_FAILED} when it is not what the client asks for. A weak tag in
     *     {@code If-Match} never matches.
     */
    public void check(@Nullable String tag) {
        if (!match.isEmpty() && !(tag != null && (match.contains("*") || match.contains(tag)))) {
            throw new Problem(
                    ProblemCode.PRECONDITION_FAILED,
                    "It has changed since you read it (If-Match). Read it again and repeat the change.");
        }
        if (tag != null && (noneMatch.contains("*") || noneMatch.contains(tag) || noneMatch.contains("W/" + tag))) {
            throw new Problem(ProblemCode.PRECONDITION_FAILED, "This version exists already (If-None-Match)");
        }
    }

    /**
     * The same, where an endpoint does not change what the client has not named.
     *
     * @throws Problem {@link ProblemCode#PRECONDITION_REQUIRED} without {@code If-Match}
     */
    public Preconditions required() {
        if (match.isEmpty()) {
            throw new Problem(
                    ProblemCode.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the version that you have read");
        }
        return this;
    }
}
