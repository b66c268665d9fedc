package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.LiveTopic;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What can be watched: a resume until its end, and a batch with all its resumes until its end. */
@Configuration(proxyBeanMethods = false)
class ResumeTopics {

    @Bean
    ResumeTopic resumeTopic(ResumeRepository resumes, TenantTransactions transactions) {
        return new ResumeTopic(resumes, transactions);
    }

    @Bean
    BatchTopic batchTopic(BatchRepository batches, TenantTransactions transactions) {
        return new BatchTopic(batches, transactions);
    }

    record ResumeTopic(ResumeRepository resumes, TenantTransactions transactions) implements LiveTopic {

        @Override
        public String prefix() {
            return "resume";
        }

        @Override
        public String endpoint() {
            return "/api/resumes/{id}/events";
        }

        @Override
        public Mono<Topic> open(Caller caller, String id) {
            UUID resumeId = IdKind.RESUME.get(id);
            String subject = IdKind.RESUME.format(resumeId);
            return find(caller.tenant(), resumeId)
                    .switchIfEmpty(Mono.error(() -> IdKind.RESUME.notFound(id)))
                    .map(resume -> new Topic(
                            Selection.of(subject),
                            Start.beginning(resume.createdAt()),
                            subject,
                            ResumeEvents::isEnd,
                            find(caller.tenant(), resumeId)
                                    .map(now -> now.state().isTerminal())
                                    .defaultIfEmpty(true)));
        }

        private Mono<Resume> find(Tenant tenant, UUID id) {
            return transactions.mono(tenant, () -> resumes.find(tenant, id));
        }
    }

    record BatchTopic(BatchRepository batches, TenantTransactions transactions) implements LiveTopic {

        @Override
        public String prefix() {
            return "batch";
        }

        @Override
        public String endpoint() {
            return "/api/resumes/batches/{id}/events";
        }

        @Override
        public Mono<Topic> open(Caller caller, String id) {
            UUID batchId = IdKind.BATCH.get(id);
            String subject = IdKind.BATCH.format(batchId);
            return find(caller.tenant(), batchId)
                    .switchIfEmpty(Mono.error(() -> IdKind.BATCH.notFound(id)))
                    .map(batch -> new Topic(
                            Selection.of(subject),
                            Start.beginning(batch.createdAt()),
                            subject,
                            event -> event.type().equals(ResumeEvents.BATCH_COMPLETED),
                            find(caller.tenant(), batchId)
                                    .map(now -> now.completedAt() != null)
                                    .defaultIfEmpty(true)));
        }

        private Mono<Batch> find(Tenant tenant, UUID id) {
            return transactions.mono(tenant, () -> batches.find(tenant, id));
        }
    }
}
