package ai.recruit.events;

import ai.recruit.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

@Component
class EventLog implements Events {

    private final LogRepository repository;
    private final LogTail tail;
    private final Bell bell;

    EventLog(LogRepository repository, LogTail tail, Bell bell, MeterRegistry meters) {
        this.repository = repository;
        this.tail = tail;
        this.bell = bell;
        meters.gauge("recruit.log.followers", tail, LogTail::followers);
    }

    @Override
    public Mono<Void> append(List<NewEvent> events) {
        if (events.isEmpty()) {
            return Mono.empty();
        }
        return TransactionSynchronizationManager.forCurrentTransaction()
                .onErrorMap(
                        NoTransactionException.class,
                        none -> new IllegalStateException("Events are appended in the transaction of the change", none))
                .doOnNext(transaction -> transaction.registerSynchronization(new RingAfterCommit()))
                .then(repository.append(events));
    }

    @Override
    public Flux<LogSignal> follow(Tenant viewer, Selection selection, Start start) {
        return Flux.create(
                sink -> new Follower(repository, tail, viewer, selection, start, sink).begin(),
                FluxSink.OverflowStrategy.ERROR);
    }

    @Override
    public Mono<Event> latest(Tenant viewer, String subject) {
        return repository.latest(viewer, subject);
    }

    @Override
    public Mono<Cursor> now() {
        return repository
                .read(Tenant.system(), Selection.of(""), Cursor.START, 1)
                .map(LogPage::upTo);
    }

    private final class RingAfterCommit implements TransactionSynchronization {

        @Override
        public Mono<Void> afterCommit() {
            return Mono.fromRunnable(bell::ring);
        }
    }
}
