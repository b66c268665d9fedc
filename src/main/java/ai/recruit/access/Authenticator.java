package ai.recruit.access;

import ai.recruit.kernel.Problem;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds out who sends a request: by a bearer token, a service key, or, for streams, a ticket. */
@Component
class Authenticator implements Accesses {

    private static final String KEY = "X-API-Key";
    private static final String TICKET = "ticket";

    private final Tokens tokens;
    private final ApiKeys apiKeys;
    private final Tickets tickets;
    private final Revocations revocations;
    private final AccountRepository accounts;
    private final TenantTransactions transactions;
    private final RuleBook rules;

    Authenticator(
            Tokens tokens,
            ApiKeys apiKeys,
            Tickets tickets,
            Revocations revocations,
            AccountRepository accounts,
            TenantTransactions transactions,
            RuleBook rules) {
        this.tokens = tokens;
        this.apiKeys = apiKeys;
        this.tickets = tickets;
        this.revocations = revocations;
        this.accounts = accounts;
        this.transactions = transactions;
        this.rules = rules;
    }

    @Override
    public Mono<Caller> authenticate(String token) {
        return tokens.read(token).flatMap(this::notRevoked);
    }

    @Override
    public void permit(Caller caller, String path) {
        AccessRule rule = rules.find(HttpMethod.GET, PathContainer.parsePath(path));
        if (rule == null) {
            throw new IllegalArgumentException("There is no rule for GET " + path);
        }
        AccessFilter.check(caller, rule);
    }

    @Override
    public Mono<Void> revoked(Caller caller) {
        return revocations.ended(caller);
    }

    @Override
    public Mono<Set<UUID>> recruiters(Collection<UUID> accountIds) {
        return accountIds.isEmpty()
                ? Mono.just(Set.of())
                : transactions.mono(
                        Tenant.system(), () -> accounts.recruiters(accountIds).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * The caller of a request.
     *
     * @throws Problem {@code INVALID_TOKEN} or {@code INVALID_API_KEY}
     */
    Mono<Caller> authenticate(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            String token = bearer(authorization);
            return token == null
                    ? Mono.error(Tokens.invalid("Send the token as 'Authorization: Bearer <token>'"))
                    : authenticate(token);
        }
        String key = headers.getFirst(KEY);
        if (key != null) {
            return apiKeys.authenticate(key.strip());
        }
        String ticket = request.getQueryParams().getFirst(TICKET);
        if (ticket != null) {
            return isStream(request)
                    ? tickets.take(ticket).flatMap(this::notRevoked)
                    : Mono.error(Tokens.invalid("A ticket opens an event stream or a WebSocket, nothing else"));
        }
        return Mono.error(Tokens.invalid(
                "Log in with POST /api/v1/auth/login and send the token as 'Authorization: Bearer <token>'"));
    }

    /** Whether a request tries to say who sends it. */
    static boolean hasCredentials(ServerHttpRequest request) {
        return request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                || request.getHeaders().containsHeader(KEY)
                || request.getQueryParams().containsKey(TICKET);
    }

    static boolean isWebSocket(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade());
    }

    private static boolean isStream(ServerHttpRequest request) {
        return isWebSocket(request)
                || (request.getMethod().equals(HttpMethod.GET)
                        && (request.getHeaders().getAccept().stream()
                                        .anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype)
                                // These answer nothing but a stream, whatever is accepted.
                                || request.getPath().value().endsWith("/events")));
    }

    private static @Nullable String bearer(String authorization) {
        String stripped = authorization.strip();
        int space = stripped.indexOf(' ');
        if (space < 0 || !stripped.substring(0, space).toLowerCase(Locale.ROOT).equals("bearer")) {
            return null;
        }
        String token = stripped.substring(space + 1).strip();
        return token.isEmpty() ? null : token;
    }

    private Mono<Caller> notRevoked(Caller caller) {
        return revocations.isRevoked(caller.sessionId())
                ? Mono.error(Tokens.invalid("The session has ended. Log in again."))
                : Mono.just(caller);
    }
}
