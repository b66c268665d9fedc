package ai.recruit.access;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.SupervisedLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.CacheControlServerHttpHeadersWriter;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StrictTransportSecurityServerHttpHeadersWriter;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebFluxConfigurer {

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

    /** Those that Spring Security sends by default, and the policy; as two writers, since each looks through the headers. */
    private static final ServerHttpHeadersWriter HEADERS = new CompositeServerHttpHeadersWriter(
            new CacheControlServerHttpHeadersWriter(),
            new StrictTransportSecurityServerHttpHeadersWriter(),
            StaticServerHttpHeadersWriter.builder()
                    .header("X-Content-Type-Options", "nosniff")
                    .header("X-Frame-Options", "DENY")
                    .header("X-XSS-Protection", "0")
                    // Addresses may carry a ticket.
                    .header("Referrer-Policy", "no-referrer")
                    .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .build());

    private static final Duration MAINTENANCE = Duration.ofSeconds(20);

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new CallerResolver());
    }

    @Bean
    Secrets secrets(AccessProperties properties, Environment environment, Clock clock) {
        return new Secrets(
                clock, SecretKey.resolve(properties.secretKey(), environment), properties.secretKeyPrevious());
    }

    @Bean
    SecurityWebFilterChain accessChain(
            ServerHttpSecurity http,
            RuleBook rules,
            Authenticator authenticator,
            RateLimits limits,
            AccessProperties properties) {
        return http.securityMatcher(notManagement())
                .csrf(CsrfSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .cors(cors -> {
                    if (properties.corsOrigins().isEmpty()) {
                        cors.disable();
                    } else {
                        cors.configurationSource(corsOf(properties.corsOrigins()));
                    }
                })
                .headers(HeaderSpec::disable)
                .addFilterAt(new HttpHeaderWriterWebFilter(HEADERS), SecurityWebFiltersOrder.HTTP_HEADERS_WRITER)
                .addFilterAt(new AccessFilter(rules, authenticator, limits), SecurityWebFiltersOrder.AUTHORIZATION)
                .build();
    }

    /** Requests are observed as a whole; observing each filter of this chain besides costs more than the filters. */
    @Bean
    SecurityObservationSettings filtersUnobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** As strict as it is by default, without a regular expression for each header of each request. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderNames(AccessConfiguration::isPlain);
        firewall.setAllowedHeaderValues(AccessConfiguration::isPlain);
        return firewall;
    }

    /** Whether a text has neither control characters nor such as Unicode does not know. */
    private static boolean isPlain(@Nullable String text) {
        if (text == null) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F && !isPlain(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int codePoint) {
        return Character.isDefined(codePoint) && !Character.isISOControl(codePoint);
    }

    /** A path with tricks in it is told so in the shape of all errors. */
    @Bean
    ServerExchangeRejectedHandler rejectedRequests() {
        return (exchange, rejection) -> Mono.error(
                Problem.invalid("request", "has a path or a header with characters that are not allowed there"));
    }

    /** The management port has its own door: it is not to be reached from outside. */
    private static ServerWebExchangeMatcher notManagement() {
        return exchange ->
                WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")
                        ? MatchResult.notMatch()
                        : MatchResult.match();
    }

    private static CorsConfigurationSource corsOf(List<String> origins) {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOriginPatterns(origins);
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        configuration.setExposedHeaders(List.of(
                "X-Request-Id",
                "Retry-After",
                "Location",
                "Link",
                "ETag",
                "Content-Language",
                "Idempotency-Replayed",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset",
                "RateLimit",
                "RateLimit-Policy"));
        configuration.setMaxAge(Duration.ofHours(1));
        return exchange -> configuration;
    }

    @Bean
    AccessRules accessRules() {
        return AccessRules.of(
                AccessRule.anonymous(HttpMethod.POST, "/api/v1/auth/login"),
                AccessRule.anonymous(HttpMethod.POST, "/api/v1/auth/refresh"),
                AccessRule.anonymous(HttpMethod.POST, "/api/v1/auth/register"),
                AccessRule.anonymous(HttpMethod.GET, "/.well-known/jwks.json"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/v1/auth/logout"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/auth/me"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/v1/auth/stream-ticket"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.POST, "/api/v1/accounts"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/v1/accounts"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/v1/accounts/{id}"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.PATCH, "/api/v1/accounts/{id}"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.POST, "/api/v1/api-keys"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/v1/api-keys"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/v1/api-keys/{id}"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.PATCH, "/api/v1/api-keys/{id}"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.POST, "/api/v1/api-keys/{id}/rotate"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.DELETE, "/api/v1/api-keys/{id}"));
    }

    /** Follows what is revoked on other nodes. It begins by reading everything, so it may begin again at any time. */
    @Bean
    SupervisedLoop accessFollowing(AccessFollower follower) {
        return new SupervisedLoop("access-follower", SupervisedLoop.SERVES_REQUESTS, stop -> follower.follow());
    }

    @Bean
    SupervisedLoop accessMaintenance(SigningKeys keys, ApiKeys apiKeys, SessionCleaner cleaner) {
        return new SupervisedLoop(
                "access-maintenance",
                SupervisedLoop.SERVES_REQUESTS,
                stop -> Flux.interval(MAINTENANCE)
                        .onBackpressureDrop()
                        .concatMap(tick -> keys.maintain()
                                .then(apiKeys.recordUse())
                                .then(apiKeys.endOverlaps())
                                .then(cleaner.clean())));
    }

    @Bean
    SupervisedLoop rateMaintenance(RateLimits limits) {
        return new SupervisedLoop(
                "rate-limits",
                SupervisedLoop.SERVES_REQUESTS,
                stop -> Flux.interval(RateLimits.GRACE).onBackpressureDrop().concatMap(tick -> limits.maintain()));
    }
}
