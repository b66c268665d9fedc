package ai.recruit.events;

import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.tenancy.Tenant;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one reader of new events in this process. However many followers there are, each event is read from the database
 * once, put into the {@link Ring}, and the followers are told.
 */
@Component
class LogTail implements DisposableBean {

    private static final int PAGE = 1_000;
    private static final Duration FIRST_LOOK_AGAIN = Duration.ofMillis(2);
    private static final Duration LAST_LOOK_AGAIN = Duration.ofMillis(100);

    private final LogRepository repository;
    private final Bell bell;
    private final JsonMapper json;
    private final Duration poll;
    private final Ring ring;
    private final Sinks.Many<Boolean> work = Sinks.many().multicast().directBestEffort();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Scheduler telling = Schedulers.newSingle("log-followers", true);
    private final AtomicBoolean toldSoon = new AtomicBoolean();

    LogTail(LogRepository repository, Bell bell, EventsProperties properties, JsonMapper json) {
        this.json = json;
        this.repository = repository;
        this.bell = bell;
        this.poll = properties.poll();
        this.ring = new Ring(properties.ring());
    }

    Ring ring() {
        return ring;
    }

    /** A signal whenever an event has come that is work for a queue. */
    Flux<Boolean> work() {
        return work.asFlux();
    }

    void add(Follower follower) {
        followers.add(follower);
    }

    void remove(Follower follower) {
        followers.remove(follower);
    }

    int followers() {
        return followers.size();
    }

    Flux<Void> reading() {
        return Flux.merge(bell.strokes(), Flux.interval(Duration.ZERO, poll).map(tick -> true))
                .onBackpressureLatest()
                .concatMap(stroke -> readAll(FIRST_LOOK_AGAIN), 0);
    }

    /**
     * Reads until nothing is left. Rows that wait for an older transaction to end are looked for again soon, since the
     * end of that transaction rings no bell unless it appended something itself.
     */
    private Mono<Void> readAll(Duration lookAgain) {
        Cursor head = ring.head();
        Mono<LogPage> next = head == null
                ? repository
                        .read(Tenant.system(), Selection.of(""), Cursor.START, 1)
                        .doOnNext(page -> ring.begin(page.upTo()))
                : repository
                        .read(Tenant.system(), Selection.everything(), head, PAGE)
                        .doOnNext(this::publish);
        return next.flatMap(page -> {
            if (page.rows().size() == PAGE) {
                return readAll(FIRST_LOOK_AGAIN);
            }
            if (!page.pending() || lookAgain.compareTo(LAST_LOOK_AGAIN) > 0) {
                return Mono.empty();
            }
            return Mono.delay(lookAgain).then(Mono.defer(() -> readAll(lookAgain.multipliedBy(2))));
        });
    }

    private void publish(LogPage page) {
        ring.add(page.rows().stream().map(LogPage.Row::event).toList(), page.upTo());
        page.rows().stream()
                .map(LogPage.Row::event)
                .filter(event -> event.type().equals(LogErasure.ERASED))
                .forEach(this::empty);
        if (page.rows().isEmpty()) {
            return;
        }
        tell();
        if (page.rows().stream().anyMatch(row -> !row.queue().isEmpty())) {
            work.emitNext(true, Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /** Does in memory what was done in the database. */
    private void empty(Event erasure) {
        Set<String> subjects = new HashSet<>();
        json.readTree(erasure.data()).path("subjects").forEach(subject -> subjects.add(subject.asString()));
        ring.change(event ->
                subjects.contains(event.subject()) || event.parent() != null && subjects.contains(event.parent())
                        ? event.emptied(json)
                        : event);
    }

    /** Lets every follower look, on a thread of its own, so that a crowd of followers does not hold up the reading. */
    private void tell() {
        if (toldSoon.compareAndSet(false, true)) {
            telling.schedule(() -> {
                toldSoon.set(false);
                followers.forEach(Follower::drain);
            });
        }
    }

    @Override
    public void destroy() {
        telling.dispose();
    }

    @Configuration(proxyBeanMethods = false)
    static class Loops {

        @Bean
        SupervisedLoop logTailLoop(LogTail tail) {
            return new SupervisedLoop("log-tail", SupervisedLoop.SERVES_REQUESTS, stop -> tail.reading());
        }
    }
}
