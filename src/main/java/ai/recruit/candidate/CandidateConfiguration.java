package ai.recruit.candidate;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.web.OwnTransactions;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;

@Configuration(proxyBeanMethods = false)
class CandidateConfiguration {

    private static final String READ = "candidates:read";
    private static final String WRITE = "candidates:write";
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    /** A candidate sees what their own account owns: their own profile. */
    @Bean
    AccessRules candidateAccessRules() {
        return AccessRules.of(
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/candidates")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/candidates")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/candidates/{candidate_id}")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.PATCH, "/api/v1/candidates/{candidate_id}")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidates/{candidate_id}/status-changes")
                        .orKeyWith(READ),
                AccessRule.atLeast(
                                Role.RECRUITER,
                                HttpMethod.POST,
                                "/api/v1/candidates/{candidate_id}/status-changes/{move_id}/undo")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/candidates/{candidate_id}/wishes")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.PUT, "/api/v1/candidates/{candidate_id}/wishes")
                        .orKeyWith(WRITE));
    }

    @Bean
    AccessRules importAccessRules() {
        return AccessRules.of(
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/candidates/import")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidate-imports")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidate-imports/{import_id}")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidate-imports/{import_id}/rows")
                        .orKeyWith(READ));
    }

    /** A file is read in pieces, each of which is a transaction of its own. */
    @Bean
    OwnTransactions importTransactions() {
        return OwnTransactions.of("/api/v1/candidates/import");
    }

    @Bean
    AccessRules recruiterDatabaseAccessRules() {
        return AccessRules.of(
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/resumes/candidates")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/resumes/candidates/{candidate_id}")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.PUT, "/api/resumes/candidates/{candidate_id}/status")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/resumes/candidates/{candidate_id}/activity")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/resumes/candidates/{candidate_id}/notes")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/resumes/candidates/{candidate_id}/notes")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(
                                Role.RECRUITER,
                                HttpMethod.PATCH,
                                "/api/resumes/candidates/{candidate_id}/notes/{note_id}")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(
                                Role.RECRUITER,
                                HttpMethod.DELETE,
                                "/api/resumes/candidates/{candidate_id}/notes/{note_id}")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/resumes/candidates/{candidate_id}/tags")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(
                                Role.RECRUITER, HttpMethod.DELETE, "/api/resumes/candidates/{candidate_id}/tags/{tag}")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/resumes/admin/candidates"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.POST, "/api/resumes/admin/candidates/share"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/resumes/admin/candidates/share"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.DELETE, "/api/resumes/admin/candidates/share/{share_id}"));
    }

    @Bean
    AccessRules mergeAccessRules() {
        return AccessRules.of(
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/candidates/{candidate_id}/merge")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidates/duplicates")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidates/{candidate_id}/duplicates")
                        .orKeyWith(READ),
                AccessRule.atLeast(
                                Role.RECRUITER, HttpMethod.POST, "/api/v1/candidates/duplicates/{duplicate_id}/dismiss")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/candidates/{candidate_id}/merges")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/candidates/merges/{merge_id}/undo")
                        .orKeyWith(WRITE));
    }

    @Bean
    SupervisedLoop shareExpiry(Shares shares) {
        return new SupervisedLoop(
                "share-expiry",
                SupervisedLoop.SERVES_REQUESTS,
                stop -> Flux.interval(EXPIRY).onBackpressureDrop().concatMap(tick -> shares.expire()));
    }
}
