package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who is asking. Controllers take it as an argument; for a WebSocket it is the handshake's principal.
 *
 * @param accountId the account, for a service key the one that it was made for
 * @param role the role of the account; a service key, which its scopes bind, never has more than that of a recruiter
 * @param sessionId the login that the token came from; for a service key the id of the key
 * @param scopes what a service key may do, for example {@code jobs:write}; empty for people, whom their role binds
 * @param expiresAt when the token or ticket ends; streams opened with it end then
 */
public record Caller(UUID accountId, Role role, UUID sessionId, Set<String> scopes, Instant expiresAt)
        implements Principal {

    /** Whether this is a service with a key, not a person. */
    public boolean isKey() {
        return !scopes.isEmpty();
    }

    /** In whose name the database is used. */
    public Tenant tenant() {
        return role == Role.ADMIN ? Tenant.admin(accountId) : Tenant.account(accountId);
    }

    /** The public id of the account. */
    @Override
    public String getName() {
        return IdKind.ACCOUNT.format(accountId);
    }
}
