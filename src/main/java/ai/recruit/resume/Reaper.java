package ai.recruit.resume;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds work that nobody is working on any more, because its worker crashed, gave it back or is cut off, and asks for it
 * again; what has been begun too often it ends as failed.
 */
@Component
class Reaper {

    private static final Logger log = LoggerFactory.getLogger(Reaper.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int TICKS_TO_COUNT = 5;
    private static final int TICKS_TO_SEEK = 60;
    /** Requests are kept in the log and in Kafka, both of which are durable: this is for the loss of the latter. */
    private static final Duration LOST_AFTER = Duration.ofMinutes(15);

    private static final int AT_ONCE = 100;

    private final ProcessingRepository jobs;
    private final Finishing finishing;
    private final TenantTransactions transactions;
    private final Events events;
    private final ResumeMetrics metrics;
    private final int mostAttempts;

    Reaper(
            ProcessingRepository jobs,
            Finishing finishing,
            TenantTransactions transactions,
            Events events,
            ResumeMetrics metrics,
            ResumeProperties properties) {
        this.jobs = jobs;
        this.finishing = finishing;
        this.transactions = transactions;
        this.events = events;
        this.metrics = metrics;
        this.mostAttempts = properties.attempts();
    }

    Flux<Void> reaping() {
        return Flux.interval(EVERY).onBackpressureDrop().concatMap(this::tick, 1);
    }

    private Mono<Void> tick(long number) {
        Mono<Void> work = reap();
        if (number % TICKS_TO_SEEK == TICKS_TO_SEEK - 1) {
            work = work.then(Mono.defer(this::seek));
        }
        return number % TICKS_TO_COUNT == 0 ? work.then(Mono.defer(this::count)) : work;
    }

    /** Takes up what is due now. */
    Mono<Void> reap() {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> jobs.due(Tenant.system(), AT_ONCE).collectList().flatMap(due -> {
                            List<Job> again = due.stream()
                                    .filter(job -> job.attempt() < mostAttempts)
                                    .toList();
                            List<Job> over = due.stream()
                                    .filter(job -> job.attempt() >= mostAttempts)
                                    .toList();
                            return requestAgain(again)
                                    .thenMany(Flux.fromIterable(over))
                                    .concatMap(this::giveUp)
                                    .then(Mono.just(again.size()));
                        }))
                .doOnNext(metrics::retaken)
                .then();
    }

    private Mono<Void> requestAgain(List<Job> again) {
        if (again.isEmpty()) {
            return Mono.empty();
        }
        List<NewEvent> requests = again.stream()
                .map(job -> ResumeEvents.requested(job.resumeId(), job.lane()))
                .toList();
        return jobs.queueAgain(
                        Tenant.system(), again.stream().map(Job::resumeId).toArray(UUID[]::new))
                .then(Mono.defer(() -> events.append(requests)));
    }

    private Mono<Void> giveUp(Job job) {
        String message = Finishing.givenUp(job.attempt());
        return jobs.giveUp(Tenant.system(), job.resumeId(), Finishing.PROCESSING_FAILED, message)
                .then(Mono.defer(() -> finishing.failed(job, job.candidateId(), Finishing.PROCESSING_FAILED, message)))
                .doOnSuccess(done -> log.warn("{} is given up", IdKind.RESUME.format(job.resumeId())));
    }

    private Mono<Void> seek() {
        return transactions.mono(
                Tenant.system(),
                () -> jobs.lost(Tenant.system(), LOST_AFTER, AT_ONCE)
                        .collectList()
                        .flatMap(this::requestAgain));
    }

    private Mono<Void> count() {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> jobs.waiting(Tenant.system())
                                .collectMap(ProcessingRepository.Waiting::lane, ProcessingRepository.Waiting::count))
                .doOnNext(metrics::waiting)
                .then();
    }
}
