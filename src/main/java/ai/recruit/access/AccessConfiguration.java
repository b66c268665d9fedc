package ai.recruit.access;

import ai.recruit.kernel.SupervisedLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.cors.CorsConfiguration;
import reactor.core.publisher.Flux;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Duration MAINTENANCE = Duration.ofSeconds(20);

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    Secrets secrets(AccessProperties properties, Environment environment, Clock clock) {
        return new Secrets(
                clock, SecretKey.resolve(properties.secretKey(), environment), properties.secretKeyPrevious());
    }

    @Bean
    @Order(-100)
    AccessFilter accessFilter(
            RuleBook rules, Authenticator authenticator, RateLimits limits, AccessProperties properties) {
        return new AccessFilter(
                firewall(),
                properties.corsOrigins().isEmpty() ? null : corsOf(properties.corsOrigins()),
                rules,
                authenticator,
                limits);
    }

    /** As strict as it is by default, without a regular expression for each header of each request. */
    private static ServerWebExchangeFirewall firewall() {
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

    private static CorsConfiguration corsOf(List<String> origins) {
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
        return configuration;
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
