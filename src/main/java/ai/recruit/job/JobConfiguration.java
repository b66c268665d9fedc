package ai.recruit.job;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import ai.recruit.web.OwnTransactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    @Bean
    AccessRules jobAccess() {
        return AccessRules.of(
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/ingestion/jobs")
                        .orKeyWith("jobs:write"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/positions")
                        .orKeyWith("positions:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/positions/{id}")
                        .orKeyWith("positions:read"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/positions")
                        .orKeyWith("positions:write"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.PATCH, "/api/v1/positions/{id}")
                        .orKeyWith("positions:write"),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.DELETE, "/api/v1/positions/{id}")
                        .orKeyWith("positions:write"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/jobs")
                        .orKeyWith("jobs:read"),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/v1/jobs/{id}")
                        .orKeyWith("jobs:read"));
    }

    /** Jobs are taken in by batches; taken in again, each replaces itself. */
    @Bean
    OwnTransactions jobOwnTransactions() {
        return OwnTransactions.of("/api/v1/ingestion/jobs");
    }
}
