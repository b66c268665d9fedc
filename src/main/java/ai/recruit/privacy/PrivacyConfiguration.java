package ai.recruit.privacy;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import ai.recruit.kernel.SupervisedLoop;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacyProperties.class)
class PrivacyConfiguration {

    private static final String READ = "privacy:read";
    private static final String WRITE = "privacy:write";
    private static final String ONE = "/api/v1/candidates/{candidate_id}";
    private static final String SELF = "/api/v1/self/profiles";
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SWEEP_BEAT = Duration.ofSeconds(30);

    @Bean
    AccessRules privacyAccess() {
        return AccessRules.of(
                read(ONE + "/consents"),
                write(HttpMethod.POST, ONE + "/consents"),
                write(HttpMethod.POST, ONE + "/consents/{consent_id}/withdraw"),
                read(ONE + "/personal-data"),
                write(HttpMethod.DELETE, ONE),
                // Whoever uploads may take back what came to nothing.
                own(HttpMethod.DELETE, "/api/resumes/{id}").orKeyWith(WRITE),
                write(HttpMethod.POST, ONE + "/erasure"),
                read(ONE + "/legal-hold"),
                write(HttpMethod.PUT, ONE + "/legal-hold"),
                write(HttpMethod.DELETE, ONE + "/legal-hold"),
                write(HttpMethod.POST, ONE + "/invitation"),
                write(HttpMethod.DELETE, ONE + "/invitation"),
                read("/api/v1/erasures"),
                read("/api/v1/erasures/{erasure_id}"),
                read("/api/v1/erasures/{erasure_id}/certificate"),
                read("/api/v1/retention"),
                write(HttpMethod.PUT, "/api/v1/retention"),
                write(HttpMethod.DELETE, "/api/v1/retention"),
                read("/api/v1/retention/due"),
                read("/api/v1/disputes"),
                write(HttpMethod.POST, "/api/v1/disputes/{dispute_id}/answer"));
    }

    /** For people about themselves: programs have no self. */
    @Bean
    AccessRules ownDataAccess() {
        return AccessRules.of(
                own(HttpMethod.GET, SELF),
                own(HttpMethod.POST, SELF),
                own(HttpMethod.GET, SELF + "/{candidate_id}"),
                own(HttpMethod.PATCH, SELF + "/{candidate_id}"),
                own(HttpMethod.POST, SELF + "/{candidate_id}/withdrawal"),
                own(HttpMethod.GET, SELF + "/{candidate_id}/consents"),
                own(HttpMethod.POST, SELF + "/{candidate_id}/consents"),
                own(HttpMethod.POST, SELF + "/{candidate_id}/consents/{consent_id}/withdraw"),
                own(HttpMethod.GET, SELF + "/{candidate_id}/disputes"),
                own(HttpMethod.POST, SELF + "/{candidate_id}/disputes"),
                own(HttpMethod.GET, "/api/v1/self/erasures/{erasure_id}/certificate"));
    }

    private static AccessRule read(String pattern) {
        return AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, pattern).orKeyWith(READ);
    }

    private static AccessRule write(HttpMethod method, String pattern) {
        return AccessRule.atLeast(Role.RECRUITER, method, pattern).orKeyWith(WRITE);
    }

    private static AccessRule own(HttpMethod method, String pattern) {
        return AccessRule.atLeast(Role.CANDIDATE, method, pattern);
    }

    @Bean
    SupervisedLoop erasureLoop(Erasures erasures) {
        return new SupervisedLoop(
                "erasures",
                SupervisedLoop.SERVES_REQUESTS,
                stop -> Flux.interval(BEAT).onBackpressureDrop().concatMap(tick -> erasures.proceed(), 0));
    }

    @Bean
    SupervisedLoop retentionSweepLoop(RetentionSweep retention) {
        return new SupervisedLoop(
                "retention-sweep",
                SupervisedLoop.SERVES_REQUESTS,
                stop -> Flux.interval(SWEEP_BEAT).onBackpressureDrop().concatMap(tick -> retention.sweep(), 0));
    }
}
