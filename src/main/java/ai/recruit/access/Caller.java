package ai.recruit.access;

import ai.recruit.tenancy.Tenant;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking. Controllers take it as an argument.
 *
 * @param accountId the account, for a service key the one that it was made for
 * @param role the role of the account
 * @param sessionId the login that the token came from; null for a service key
 * @param scopes what a service key may do, for example {@code jobs:write}; empty for people, whom their role binds
 * @param expiresAt when the token or ticket ends; streams opened with it end then
 */
public record Caller(UUID accountId, Role role, @Nullable UUID sessionId, Set<String> scopes, Instant expiresAt) {

    /** In whose name the database is used. */
    public Tenant tenant() {
        return role == Role.ADMIN ? Tenant.admin(accountId) : Tenant.account(accountId);
    }
}
