package ai.recruit.web;

import ai.recruit.kernel.FieldProblem;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error envelope of all dialects (table 1.R, C04): the recruiter API reads {@code error}, the service API
 * {@code success} and {@code error}, the resume import API {@code detail}.
 */
public record ErrorBody(boolean success, Detail error, String detail) {

    /**
     * @param code a {@link ai.recruit.kernel.ProblemCode}, in the dialect's spelling
     * @param message what is wrong and what to do
     * @param details field by field; empty when it is not about fields
     * @param timestamp when, ISO 8601 in UTC
     * @param retryAfter whole seconds to wait, equal to the header {@code Retry-After}; only where waiting helps
     * @param requestId the request's id, as in the header {@code X-Request-Id}
     */
    public record Detail(
            String code,
            String message,
            List<FieldProblem> details,
            String timestamp,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long retryAfter,

            String requestId) {}
}
