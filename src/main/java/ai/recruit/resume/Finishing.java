package ai.recruit.resume;

import ai.recruit.enrichment.Enrichments;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The end of a resume: its last event and the count of its batch, in the transaction that the subscriber runs in. */
@Component
class Finishing {

    /** The reason of a failure that is not the document's. */
    static final String PROCESSING_FAILED = "processing_failed";

    private final BatchRepository batches;
    private final Events events;
    private final ResumeMetrics metrics;
    private final Enrichments enrichments;

    Finishing(BatchRepository batches, Events events, ResumeMetrics metrics, Enrichments enrichments) {
        this.batches = batches;
        this.events = events;
        this.metrics = metrics;
        this.enrichments = enrichments;
    }

    static String givenUp(int attempts) {
        return "The resume could not be processed in " + attempts + " attempts. Retry it later.";
    }

    /** Ends resumes of one account well; the events before their last ones are given. */
    Mono<Void> completed(UUID ownerId, Map<Job, UUID> candidates, List<NewEvent> before) {
        List<NewEvent> all = new ArrayList<>(before);
        Map<UUID, Integer> counts = new TreeMap<>();
        candidates.forEach((job, candidateId) -> {
            NewEvent completed = ResumeEvents.completed(ownerId, job.resumeId(), job.batchId(), candidateId);
            all.add(enrichments.enabled() ? completed.queuedTo(ResumeEnrichment.QUEUE) : completed);
            if (job.batchId() != null) {
                counts.merge(job.batchId(), 1, Integer::sum);
            }
        });
        // Batches are locked in the order of their ids, so two transactions never wait for each other.
        return events.append(all)
                .thenMany(Flux.fromIterable(counts.entrySet()))
                .concatMap(count -> batches.count(ownerId, count.getKey(), count.getValue(), 0)
                        .flatMap(counted -> events.append(ResumeEvents.batch(ownerId, count.getKey(), counted))))
                .then()
                .doOnSuccess(done -> candidates.keySet().forEach(job -> metrics.outcome("completed")));
    }

    Mono<Void> failed(Job job, @Nullable UUID candidateId, String code, String message) {
        return events.append(
                        ResumeEvents.failed(job.ownerId(), job.resumeId(), job.batchId(), candidateId, code, message))
                .then(Mono.defer(() -> count(job, 0, 1)))
                .doOnSuccess(done -> metrics.outcome(code));
    }

    private Mono<Void> count(Job job, int completed, int failed) {
        UUID batchId = job.batchId();
        if (batchId == null) {
            return Mono.empty();
        }
        return batches.count(job.ownerId(), batchId, completed, failed)
                .flatMap(counted -> events.append(ResumeEvents.batch(job.ownerId(), batchId, counted)));
    }
}
