package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who is asking. Controllers take it as an argument; for a WebSocket it is the handshake's principal.
 *
 * @param accountId the account, for a service key the one that it was made for
 * @param role the role of the account; a service key, which its scopes bind, never has more than that of a recruiter
 * @param sessionId the login that the token came from; for a service key the id of the key
 * @param scopes what a service key may do, for example {@code jobs:write}; empty for people, whom their role binds
 * @param expiresAt when the token or ticket ends; streams opened with it end then
 * @param address the IP address that the present request comes from, as text; behind a proxy it is the client's when
 *     {@code server.forward-headers-strategy} says that the proxy's word is to be taken. Null when it is not known
 * @param requestId the {@code X-Request-Id} of the present request; null outside of a request
 */
public record Caller(
        UUID accountId,
        Role role,
        UUID sessionId,
        Set<String> scopes,
        Instant expiresAt,
        @Nullable String address,
        @Nullable String requestId)
        implements Principal {

    /** Where the exchange of a request has it for filters behind the door; methods that answer get it as their principal. */
    static final String ATTRIBUTE = Caller.class.getName();

    /** A caller outside of a request. */
    public Caller(UUID accountId, Role role, UUID sessionId, Set<String> scopes, Instant expiresAt) {
        this(accountId, role, sessionId, scopes, expiresAt, null, null);
    }

    /** Who sends a request; null when its endpoint is open to anybody. For filters behind the door. */
    public static @Nullable Caller of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** The same caller, in a request. */
    Caller in(Origin origin) {
        return new Caller(accountId, role, sessionId, scopes, expiresAt, origin.address(), origin.requestId());
    }

    /** The same caller, coming from there: for a socket whose first message says who it is. */
    public Caller at(@Nullable InetSocketAddress remote) {
        return new Caller(accountId, role, sessionId, scopes, expiresAt, Remote.text(remote), requestId);
    }

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
