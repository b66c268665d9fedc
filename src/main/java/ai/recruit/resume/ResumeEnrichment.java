package ai.recruit.resume;

import ai.recruit.enrichment.Enrichment;
import ai.recruit.enrichment.EnrichmentFailed;
import ai.recruit.enrichment.Enrichments;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.Work;
import ai.recruit.kernel.IdKind;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives completed resumes the texts of a language model, where one is configured. A resume is completed without it; when
 * there is no text to be had, nothing else changes.
 */
@Component
class ResumeEnrichment {

    static final String QUEUE = "resume-enrichment";
    static final int CONCURRENCY = 4;

    private static final Logger log = LoggerFactory.getLogger(ResumeEnrichment.class);

    private final Enrichments enrichments;
    private final EnrichmentRepository repository;
    private final TenantTransactions transactions;
    private final Events events;
    private final Inbox inbox;
    private final ResumeMetrics metrics;
    private final JsonMapper json;

    ResumeEnrichment(
            Enrichments enrichments,
            EnrichmentRepository repository,
            TenantTransactions transactions,
            Events events,
            Inbox inbox,
            ResumeMetrics metrics,
            JsonMapper json) {
        this.enrichments = enrichments;
        this.repository = repository;
        this.transactions = transactions;
        this.events = events;
        this.inbox = inbox;
        this.metrics = metrics;
        this.json = json;
    }

    /** Does one piece of work, whose subject is the resume. */
    Mono<Void> enrich(Work work) {
        return Mono.justOrEmpty(IdKind.RESUME.parse(work.subject()))
                .flatMap(resumeId -> transactions
                        .mono(Tenant.system(), () -> repository.source(Tenant.system(), resumeId))
                        .flatMap(source -> text(source)
                                .flatMap(text -> text.map(found -> store(work, resumeId, source, found))
                                        .orElseGet(() -> done(work)))
                                .thenReturn(true)))
                // Gone meanwhile, or no longer completed.
                .switchIfEmpty(Mono.defer(() -> done(work).thenReturn(false)))
                .then();
    }

    /** The model is asked outside of any transaction. */
    private Mono<Optional<Enrichment>> text(EnrichmentRepository.Source source) {
        return Mono.fromCallable(() -> json.readValue(source.document(), ParsedResume.class))
                .flatMap(enrichments::describe)
                .doOnNext(text -> metrics.enrichment("completed"))
                .map(Optional::of)
                .onErrorResume(EnrichmentFailed.class, failure -> {
                    metrics.enrichment(failure.reason().word());
                    log.info("A resume stays without the texts of a model: {}", failure.getMessage());
                    return Mono.just(Optional.empty());
                });
    }

    private Mono<Void> store(Work work, UUID resumeId, EnrichmentRepository.Source source, Enrichment text) {
        return transactions.mono(
                Tenant.account(source.ownerId()),
                () -> repository
                        .save(resumeId, source, text)
                        .flatMap(saved -> saved
                                ? events.append(ResumeEvents.enriched(source.ownerId(), resumeId, text.model()))
                                : Mono.empty())
                        .then(Mono.defer(() -> inbox.record(work)))
                        .then());
    }

    private Mono<Void> done(Work work) {
        return transactions.mono(Tenant.system(), () -> inbox.record(work)).then();
    }
}
