package ai.recruit.interview;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class InterviewConfiguration {

    private static final String READ = "interviews:read";
    private static final String WRITE = "interviews:write";
    private static final String ONE = "/api/v1/interviews/{interview_id}";

    @Bean
    AccessRules interviewAccess() {
        return AccessRules.of(
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/v1/interviews/generate-questions")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/v1/interviews")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, ONE).orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, ONE + "/questions")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, ONE + "/follow-ups")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, ONE + "/schedule")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, ONE + "/complete")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, ONE + "/cancel")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, ONE + "/scorecards")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, ONE + "/scorecards/mine")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.PUT, ONE + "/scorecards/mine")
                        .orKeyWith(WRITE));
    }

    /** Read once, when the service starts: a bank that is wrong does not start. */
    @Bean
    QuestionBank questionBank() {
        return QuestionBank.load();
    }
}
