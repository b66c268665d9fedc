package ai.recruit.events;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class EventLogTests extends IntegrationTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private Events events;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private EventsProperties properties;

    @Autowired
    private LogInbox inbox;

    @Autowired
    private MeterRegistry meters;

    private final UUID owner = UUID.randomUUID();
    private final Tenant tenant = Tenant.account(owner);
    private final String subject = "res_" + UUID.randomUUID();

    @Test
    void refusesToAppendOutsideOfATransaction() {
        StepVerifier.create(events.append(event(1)))
                .expectError(IllegalStateException.class)
                .verify(SOON);
    }

    @Test
    void forgetsWhatATransactionThatFailedHadAppended() {
        StepVerifier.create(transactions.mono(
                        tenant, () -> events.append(event(1)).then(Mono.error(new IllegalArgumentException("no")))))
                .expectError(IllegalArgumentException.class)
                .verify(SOON);
        StepVerifier.create(history()).expectNextCount(0).expectComplete().verify(SOON);
    }

    @Test
    void deliversHistoryThenMarkerThenWhatComes() {
        StepVerifier.create(events.follow(tenant, Selection.of(subject), Start.beginning(Instant.now()))
                        .map(EventLogTests::word))
                .expectSubscription()
                .expectNext("caught-up")
                .then(() -> append(1, 2).block())
                .expectNext("n1", "n2")
                .thenCancel()
                .verify(SOON);
        StepVerifier.create(events.follow(tenant, Selection.of(subject), Start.beginning(Instant.now()))
                        .map(EventLogTests::word))
                .expectNext("n1", "n2", "caught-up")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void deliversTheEventOfATransactionThatCommitsLateAndSkipsNothing() {
        Sinks.Empty<Void> commit = Sinks.empty();
        Sinks.Empty<Void> appended = Sinks.empty();
        Mono<Void> late = transactions.mono(
                tenant,
                () -> events.append(event(1))
                        .doOnSuccess(done -> appended.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST))
                        .then(commit.asMono()));
        StepVerifier.create(Flux.merge(
                                late.thenMany(Flux.<LogSignal>empty()),
                                events.follow(tenant, Selection.of(subject), Start.beginning(Instant.now())))
                        .map(EventLogTests::word))
                .expectNext("caught-up")
                .then(() -> appended.asMono().then(append(2)).block())
                .expectNoEvent(Duration.ofMillis(700))
                .then(() -> commit.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST))
                .expectNext("n1", "n2")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void resumesExactlyWhereAReaderLeftHoweverOftenItIsCut() {
        int total = 1_000;
        Flux<Void> writing = Flux.range(1, total).concatMap(this::append);
        Random random = new Random(7);
        List<String> seen = new ArrayList<>();
        Mono<Cursor> reading = Mono.just(Cursor.START)
                .expand(place -> seen.size() >= total
                        ? Mono.empty()
                        : events.follow(
                                        tenant,
                                        Selection.of(subject),
                                        place.equals(Cursor.START)
                                                ? Start.beginning(Instant.now())
                                                : Start.after(place))
                                .ofType(Event.class)
                                .take(1 + random.nextInt(60))
                                .doOnNext(event -> seen.add(word(event)))
                                .takeUntil(event -> seen.size() >= total)
                                .map(Event::cursor)
                                .last())
                .last();
        StepVerifier.create(Mono.when(writing, reading)).expectComplete().verify(Duration.ofSeconds(60));
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, total).mapToObj(n -> "n" + n).toList());
    }

    @Test
    void givesASlowReaderEverythingAtItsOwnPace() {
        StepVerifier.create(append(IntStream.rangeClosed(1, 700).toArray()))
                .expectComplete()
                .verify(SOON);
        List<String> seen = new ArrayList<>();
        StepVerifier.create(
                        events.follow(tenant, Selection.of(subject), Start.beginning(Instant.now()))
                                .map(EventLogTests::word)
                                .doOnNext(seen::add),
                        0)
                .thenRequest(1)
                .expectNext("n1")
                .expectNoEvent(Duration.ofMillis(200))
                .thenRequest(298)
                .expectNextCount(298)
                .expectNoEvent(Duration.ofMillis(200))
                .thenRequest(402)
                .thenConsumeWhile(word -> !word.equals("n700"))
                .expectNext("n700", "caught-up")
                .thenCancel()
                .verify(SOON);
        assertThat(seen).hasSize(701).doesNotHaveDuplicates();
    }

    @Test
    void hidesAnotherAccountsEventsAndTheServicesOwn() {
        StepVerifier.create(transactions.mono(
                        tenant,
                        () -> events.append(List.of(event(1), NewEvent.internal("test.done", subject, Map.of())))))
                .expectComplete()
                .verify(SOON);
        Tenant stranger = Tenant.account(UUID.randomUUID());
        StepVerifier.create(words(stranger))
                .expectNext("caught-up")
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(words(Tenant.admin(UUID.randomUUID())))
                .expectNext("n1", "caught-up")
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(words(Tenant.system()))
                .expectNext("n1", "test.done", "caught-up")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void tellsAReaderWhoseCursorHasExpired() {
        Cursor old = new Cursor(1, 1);
        StepVerifier.create(append(1)).expectComplete().verify(SOON);
        Retention later =
                new Retention(transactions, database, properties, Clock.offset(Clock.systemUTC(), Duration.ofDays(8)));
        StepVerifier.create(later.expire())
                .assertNext(removed -> assertThat(removed).isPositive())
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(events.follow(tenant, Selection.of(subject), Start.after(old))
                        .map(EventLogTests::word))
                .expectNext("resync", "caught-up")
                .then(() -> append(2).block())
                .expectNext("n2")
                .thenCancel()
                .verify(SOON);
        StepVerifier.create(events.follow(
                                tenant,
                                Selection.of(subject),
                                Start.beginning(Instant.now().minus(Duration.ofDays(1))))
                        .map(EventLogTests::word))
                .expectNext("resync", "n2", "caught-up")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void tellsAReaderWhoseCursorIsOfAnotherDatabase() {
        Cursor beyond = new Cursor(Long.MAX_VALUE / 2, 1);
        StepVerifier.create(events.follow(tenant, Selection.of(subject), Start.after(beyond))
                        .map(EventLogTests::word))
                .expectNext("resync", "caught-up")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void readsTheLogOnceForAllLiveReaders() {
        int readers = 500;
        int appended = 50;
        Flux<Long> crowd = Flux.range(0, readers)
                .flatMap(
                        n -> events.follow(tenant, Selection.of(subject), Start.now())
                                .ofType(Event.class)
                                .take(appended)
                                .count(),
                        readers);
        double before = reads();
        StepVerifier.create(crowd)
                .expectSubscription()
                .then(() -> Flux.range(1, appended).concatMap(this::append).blockLast())
                .thenConsumeWhile(count -> count == appended)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
        assertThat(reads() - before).isLessThan(readers);
    }

    @Test
    void recordsWorkOnce() {
        Work work = new Work(Math.abs(new Random().nextLong()), "test", "test.done", subject, "{}");
        Mono<Boolean> record = transactions.mono(Tenant.system(), () -> inbox.record(work));
        StepVerifier.create(Flux.concat(record, record))
                .expectNext(true, false)
                .expectComplete()
                .verify(SOON);
    }

    private double reads() {
        return meters.get("recruit.log.reads").counter().count();
    }

    private NewEvent event(int number) {
        return NewEvent.owned(owner, "test.happened", subject, Map.of("n", number));
    }

    private Mono<Void> append(int... numbers) {
        return transactions.mono(
                tenant,
                () -> events.append(IntStream.of(numbers).mapToObj(this::event).toList()));
    }

    private Flux<String> history() {
        return words(tenant).filter(word -> !word.equals("caught-up"));
    }

    private Flux<String> words(Tenant viewer) {
        return events.follow(viewer, Selection.of(subject), Start.beginning(Instant.now()))
                .map(EventLogTests::word)
                .takeUntil("caught-up"::equals);
    }

    private static String word(LogSignal signal) {
        if (signal instanceof Event event) {
            return event.type().equals("test.happened") ? "n" + event.data().replaceAll("\\D", "") : event.type();
        }
        return signal instanceof LogSignal.Resync ? "resync" : "caught-up";
    }
}
