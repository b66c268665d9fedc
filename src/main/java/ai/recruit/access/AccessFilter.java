package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The door. A request that tries tricks with its path or headers goes no further; one from a page of elsewhere only where
 * that is allowed; all others only by the rule of their endpoint, before their body is read. Whoever has no token learns
 * nothing, not even which paths exist. Each answer tells browsers what they may do with it.
 *
 * <p>The management port has its own door: it is not to be reached from outside.
 */
final class AccessFilter implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(AccessFilter.class);

    /** What the pages of the documentation need and nothing from elsewhere: their scripts are served from here. */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final String MANAGEMENT = "management";

    private final ServerWebExchangeFirewall firewall;
    private final @Nullable CorsConfiguration cors;
    private final CorsProcessor corsProcessor = new DefaultCorsProcessor();
    private final RuleBook rules;
    private final Authenticator authenticator;
    private final RateLimits limits;

    /** @param cors which pages of elsewhere may ask; null for none */
    AccessFilter(
            ServerWebExchangeFirewall firewall,
            @Nullable CorsConfiguration cors,
            RuleBook rules,
            Authenticator authenticator,
            RateLimits limits) {
        this.firewall = firewall;
        this.cors = cors;
        this.rules = rules;
        this.authenticator = authenticator;
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), MANAGEMENT)) {
            return chain.filter(exchange);
        }
        protect(exchange);
        return firewall.getFirewalledExchange(new RequestAlone(exchange))
                .flatMap(plain ->
                        enter(exchange.mutate().request(plain.getRequest()).build(), chain))
                // Behind everything, since a header is looked at when it is read.
                .onErrorMap(
                        ServerExchangeRejectedException.class,
                        tricks -> Problem.invalid(
                                "request", "has a path or a header with characters that are not allowed there"));
    }

    /**
     * What the firewall is shown: it would copy and search all headers of each answer too, and the server takes none with a
     * line break anyway.
     */
    private static final class RequestAlone extends ServerWebExchangeDecorator {

        RequestAlone(ServerWebExchange exchange) {
            super(exchange);
        }

        @Override
        public ServerHttpResponse getResponse() {
            return new ServerHttpResponseDecorator(getDelegate().getResponse()) {
                @Override
                public void beforeCommit(Supplier<? extends Mono<Void>> action) {
                    // Left out, see above.
                }
            };
        }
    }

    private static void protect(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("X-XSS-Protection", "0");
        // Addresses may carry a ticket.
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        if ("https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
        }
    }

    private Mono<Void> enter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (cors != null && (!corsProcessor.process(cors, exchange) || CorsUtils.isPreFlightRequest(request))) {
            return Mono.empty();
        }
        PathContainer path = request.getPath().pathWithinApplication();
        AccessRule rule = rules.find(request.getMethod(), path);
        if (rule != null
                && rule.role() == null
                && !(Authenticator.isWebSocket(request) && Authenticator.hasCredentials(request))) {
            return chain.filter(exchange).contextWrite(context -> context.put(Origin.class, Origin.of(exchange)));
        }
        return authenticator
                .authenticate(request)
                .flatMap(caller -> limits.admit(exchange, caller))
                .flatMap(caller -> {
                    if (rule == null) {
                        return noRule(exchange, path);
                    }
                    check(caller, rule);
                    return entered(exchange, caller.in(Origin.of(exchange)), chain);
                });
    }

    private Mono<Void> noRule(ServerWebExchange exchange, PathContainer path) {
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
        exchange.getAttributes().put(Caller.ATTRIBUTE, caller);
        return chain.filter(exchange.mutate().principal(Mono.just(caller)).build())
                .contextWrite(context -> context.put(Origin.class, Origin.of(caller)));
    }
}
