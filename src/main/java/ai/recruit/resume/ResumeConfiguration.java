package ai.recruit.resume;

import ai.recruit.access.AccessRule;
import ai.recruit.access.AccessRules;
import ai.recruit.access.Role;
import ai.recruit.events.Work;
import ai.recruit.events.WorkHandler;
import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.web.OwnTransactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class ResumeConfiguration {

    private static final String READ = "resumes:read";
    private static final String WRITE = "resumes:write";

    /** A candidate uploads and sees their own resumes; batches are for those who recruit. */
    /** A file is fetched, stored and parsed meanwhile; the same bytes again are the same resume. */
    @Bean
    OwnTransactions resumeOwnTransactions() {
        return OwnTransactions.of("/api/v1/resume/parse");
    }

    @Bean
    AccessRules resumeAccessRules() {
        return AccessRules.of(
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/resumes/upload")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/v1/resumes/parse")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/v1/resume/parse")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.POST, "/api/resumes/bulk-upload")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/resumes/{id}/status")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/resumes/{id}/data")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/resumes/{id}/download")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/resumes/{id}/events")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.CANDIDATE, HttpMethod.POST, "/api/resumes/{id}/retry")
                        .orKeyWith(WRITE),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/resumes/batches/{id}")
                        .orKeyWith(READ),
                AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/resumes/batches/{id}/events")
                        .orKeyWith(READ));
    }

    @Bean
    WorkHandler interactiveResumeWork(ResumeProcessing processing, ResumeProperties properties) {
        return new LaneHandler(Lane.INTERACTIVE, properties.concurrency(Lane.INTERACTIVE), processing);
    }

    @Bean
    WorkHandler bulkResumeWork(ResumeProcessing processing, ResumeProperties properties) {
        return new LaneHandler(Lane.BULK, properties.concurrency(Lane.BULK), processing);
    }

    @Bean
    SupervisedLoop resumeReaperLoop(Reaper reaper) {
        return new SupervisedLoop("resume-reaper", SupervisedLoop.TAKES_WORK, stopping -> reaper.reaping());
    }

    /** A queue of its own, so that a slow model keeps nobody waiting; without a model there is none. */
    @Bean
    @Conditional(ModelConfigured.class)
    WorkHandler enrichmentWork(ResumeEnrichment enrichment) {
        return new WorkHandler() {

            @Override
            public String queue() {
                return ResumeEnrichment.QUEUE;
            }

            @Override
            public int concurrency() {
                return ResumeEnrichment.CONCURRENCY;
            }

            @Override
            public Mono<Void> handle(Work work) {
                return enrichment.enrich(work);
            }
        };
    }

    /** Whether there is a key for a language model. */
    static final class ModelConfigured implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment()
                    .getProperty("recruit.enrichment.api-key", "")
                    .isBlank();
        }
    }

    private record LaneHandler(Lane lane, int concurrency, ResumeProcessing processing) implements WorkHandler {

        @Override
        public String queue() {
            return lane.queue();
        }

        @Override
        public Mono<Void> handle(Work work) {
            return processing.process(lane, work);
        }
    }
}
