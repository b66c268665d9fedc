package ai.recruit.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Who may use an endpoint. Each feature declares its rules in one {@link AccessRules} bean; an endpoint without a rule is
 * refused to everybody, and a test names it.
 *
 * @param method the HTTP method; null for all
 * @param pattern the path pattern, for example {@code /api/resumes/{id}/status}
 * @param role the least role; null for anonymous callers
 * @param scope the scope that lets a service key in; null when service keys may not use the endpoint
 */
public record AccessRule(
        @Nullable HttpMethod method,
        String pattern,
        @Nullable Role role,
        @Nullable String scope) {

    /** Anybody, without a token. */
    public static AccessRule anonymous(HttpMethod method, String pattern) {
        return new AccessRule(method, pattern, null, null);
    }

    /** People of at least this role. */
    public static AccessRule atLeast(Role role, HttpMethod method, String pattern) {
        return new AccessRule(method, pattern, role, null);
    }

    /** The same rule, open also to service keys with this scope. */
    public AccessRule orKeyWith(String keyScope) {
        return new AccessRule(method, pattern, role, keyScope);
    }
}
