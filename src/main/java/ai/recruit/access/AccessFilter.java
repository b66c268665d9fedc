package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The door. A request goes through only by the rule of its endpoint, before its body is read; whoever has no token learns
 * nothing, not even which paths exist.
 */
final class AccessFilter implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(AccessFilter.class);

    private final RuleBook rules;
    private final Authenticator authenticator;
    private final RateLimits limits;

    AccessFilter(RuleBook rules, Authenticator authenticator, RateLimits limits) {
        this.rules = rules;
        this.authenticator = authenticator;
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        AccessRule rule = rules.find(request.getMethod(), path);
        if (rule == null) {
            return authenticator
                    .authenticate(request)
                    .flatMap(caller -> limits.admit(exchange, caller))
                    .then(Mono.defer(() -> noRule(exchange, chain, path)));
        }
        if (rule.role() == null && !(Authenticator.isWebSocket(request) && Authenticator.hasCredentials(request))) {
            return chain.filter(exchange).contextWrite(context -> context.put(Origin.class, Origin.of(exchange)));
        }
        return authenticator
                .authenticate(request)
                .flatMap(caller -> limits.admit(exchange, caller).then(Mono.defer(() -> {
                    check(caller, rule);
                    return entered(exchange, caller.in(Origin.of(exchange)), chain);
                })));
    }

    private Mono<Void> noRule(ServerWebExchange exchange, WebFilterChain chain, PathContainer path) {
        Set<String> methods = rules.methods(path);
        if (methods.isEmpty()) {
            return Mono.error(new Problem(ProblemCode.RESOURCE_NOT_FOUND, "There is no such endpoint"));
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, String.join(", ", methods));
        return exchange.getRequest().getMethod().equals(HttpMethod.OPTIONS)
                ? exchange.getResponse().setComplete()
                : Mono.error(new Problem(ProblemCode.METHOD_NOT_ALLOWED, "Use one of " + methods));
    }

    static void check(Caller caller, AccessRule rule) {
        Role least = rule.role();
        if (least == null) {
            return;
        }
        boolean allowed = caller.isKey()
                ? rule.scope() != null && caller.scopes().contains(rule.scope())
                : caller.role().includes(least);
        if (!allowed) {
            log.info(
                    "Refused {} {} to {} {}",
                    rule.method(),
                    rule.pattern(),
                    caller.isKey() ? "a service key of" : caller.role().word(),
                    IdKind.ACCOUNT.format(caller.accountId()));
            throw caller.isKey()
                    ? new Problem(ProblemCode.PERMISSION_DENIED, "The scopes of this key do not cover this endpoint")
                    : Problem.denied();
        }
    }

    private static Mono<Void> entered(ServerWebExchange exchange, Caller caller, WebFilterChain chain) {
        exchange.getAttributes().put(CallerResolver.ATTRIBUTE, caller);
        return chain.filter(exchange.mutate().principal(Mono.just(caller)).build())
                .contextWrite(context -> context.put(Origin.class, Origin.of(caller)));
    }
}
