package ai.recruit.matching;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MatchingProperties.class, RankingProperties.class})
class MatchingConfiguration {

    @Bean
    AccessRules matchingAccess() {
        return AccessRules.of(
                // A person may see the matches of the profile that they own; which those are is for the rows to say.
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/matching/candidates/{id}/matches")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/matching/jobs/{id}/matches")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/matching/candidates/{id}/ranking")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/matching/jobs/{id}/ranking")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/matching/matches/{id}")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/matching/matches/{id}/counterfactuals")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/matching/matches/{id}/replay")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.PUT, "/api/matching/matches/{id}/viewed")
                        .orKeyWith("matches:write"),
                AccessRule.atLeast(Role.ADMIN, HttpMethod.DELETE, "/api/matching/matches/{id}"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/matching/candidates/{id}/rematch")
                        .orKeyWith("matches:write"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/matching/jobs/{id}/rematch")
                        .orKeyWith("matches:write"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/matching/rematches/{task_id}")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/matching/rematches/{task_id}/events")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/matching/stats/candidate/{id}")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/matching/stats/job/{id}")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/candidates/{candidate_id}/score")
                        .orKeyWith("candidates:write"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/Mismatch/match")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/v1/matching/jobs")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/matching/jobs")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/matching/profile")
                        .orKeyWith("matches:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.PUT, "/api/v1/matching/profile")
                        .orKeyWith("profile:write"));
    }
}
