package ai.recruit.candidate;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class CandidateConfiguration {

    /** A candidate sees what their own account owns: their own profile. */
    @Bean
    AccessRules candidateAccessRules() {
        return AccessRules.of(
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/candidates/{candidate_id}")
                        .orKeyWith("candidates:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/candidates/{candidate_id}/wishes")
                        .orKeyWith("candidates:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.PUT, "/api/v1/candidates/{candidate_id}/wishes")
                        .orKeyWith("candidates:write"));
    }
}
