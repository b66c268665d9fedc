package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.LogSignal;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.tenancy.Tenant;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * This node's candidates and active jobs in memory, for rankings. It is read from the database in chunks, beside all else
 * that the node does, and then follows the event log: whatever an event says, the row that it is about is read again. So
 * it is behind the database by as much as the log's readers are, which is milliseconds, or a second when a bell is lost.
 */
@Component
class RankingIndex {

    private static final Logger log = LoggerFactory.getLogger(RankingIndex.class);

    private static final Tenant ALL = Tenant.system();
    private static final Selection SELECTION = Selection.ofTypes(Set.of(
            "candidate.created",
            "candidate.updated",
            "candidate.removed",
            "job.created",
            "job.updated",
            "job.removed"));

    private static final int CHUNK = 1_000;
    private static final int BATCH = 500;
    private static final Duration GATHER = Duration.ofMillis(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration RETRY_MUCH_LATER = Duration.ofHours(1);

    private final Candidates candidates;
    private final Jobs jobs;
    private final Events events;
    private final Scoring scoring;
    private final RankingProperties properties;
    private final Clock clock;
    private final Timer delay;
    private final Sinks.Empty<Void> loaded = Sinks.empty();

    private volatile @Nullable RankingRows rows;
    /** Up to where the rows follow the log; null when they must be loaded first. */
    private volatile @Nullable Cursor position;

    private volatile boolean full;

    RankingIndex(
            Candidates candidates,
            Jobs jobs,
            Events events,
            Scoring scoring,
            RankingProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.candidates = candidates;
        this.jobs = jobs;
        this.events = events;
        this.scoring = scoring;
        this.properties = properties;
        this.clock = clock;
        this.delay = Timer.builder("recruit.ranking.delay")
                .description("From an event to the rows that rankings go through")
                .register(meters);
        gauge(meters, "recruit.ranking.candidates", found -> found.candidates().live());
        gauge(meters, "recruit.ranking.jobs", found -> found.jobs().live());
        gauge(meters, "recruit.ranking.bytes", found -> found.bytes());
    }

    private void gauge(MeterRegistry meters, String name, Function<RankingRows, Number> value) {
        Gauge.builder(name, () -> {
                    RankingRows present = rows;
                    return present == null ? 0 : value.apply(present);
                })
                .register(meters);
    }

    /** More rows than this node may hold. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The rows, once they are loaded.
     *
     * @throws Problem {@code SERVICE_UNAVAILABLE} when they are not within the time that is set, or not at all
     */
    Mono<RankingRows> rows() {
        return Mono.defer(() -> {
            if (!properties.enabled() || full) {
                return Mono.error(Problem.unavailable(
                        full ? "There are more rows than this node may rank" : "This node makes no rankings",
                        RETRY_MUCH_LATER,
                        null));
            }
            RankingRows present = rows;
            return present != null
                    ? Mono.just(present)
                    : loaded.asMono()
                            .timeout(
                                    properties.patience(),
                                    Mono.error(() -> Problem.unavailable(
                                            "The rows that rankings are made from are still being loaded",
                                            RETRY_AFTER,
                                            null)))
                            .then(Mono.defer(this::rows));
        });
    }

    /** Loads and follows, until something fails or the place in the log has expired; to be called again then. */
    Mono<Void> keeping() {
        return Mono.defer(() -> {
                    RankingRows present = rows;
                    Cursor here = position;
                    return present == null || here == null ? load() : follow(present, here);
                })
                .onErrorResume(TooMany.class, tooMany -> {
                    log.warn(
                            "More than {} candidates or jobs: this node ranks no more; see recruit.ranking.max-rows",
                            properties.maxRows());
                    full = true;
                    rows = null;
                    return Mono.never();
                });
    }

    private Mono<Void> load() {
        // The place in the log is taken first, so that nothing falls between it and what is read.
        return events.now().flatMap(here -> {
            RankingRows fresh = new RankingRows(scoring.relations(), clock);
            return chunks(after -> candidates.chunk(ALL, after, CHUNK), Candidate::id)
                    .doOnNext(chunk -> {
                        chunk.forEach(candidate -> put(fresh, candidate));
                        publish(fresh);
                    })
                    .thenMany(chunks(after -> jobs.chunk(after, CHUNK), JobProfile::id))
                    .doOnNext(chunk -> {
                        chunk.forEach(job -> fresh.put(job.id(), scoring.position(job)));
                        publish(fresh);
                    })
                    .then(Mono.fromRunnable(() -> begin(fresh, here)))
                    .then(Mono.defer(() -> follow(fresh, here)));
        });
    }

    private void begin(RankingRows fresh, Cursor here) {
        rows = fresh;
        position = here;
        var unused = loaded.tryEmitEmpty();
        log.info(
                "Rankings can be made of {} candidates and {} jobs",
                fresh.candidates().live(),
                fresh.jobs().live());
    }

    private static <T> Flux<List<T>> chunks(Function<@Nullable UUID, Mono<List<T>>> read, Function<T, UUID> id) {
        return read.apply(null)
                .expand(chunk ->
                        chunk.size() < CHUNK ? Mono.empty() : read.apply(id.apply(chunk.get(chunk.size() - 1))))
                .publishOn(Schedulers.parallel(), 1);
    }

    private Mono<Void> follow(RankingRows present, Cursor here) {
        return events.follow(ALL, SELECTION, Start.after(here))
                .bufferTimeout(BATCH, GATHER, true)
                .concatMap(signals -> apply(present, signals), 1)
                .takeWhile(goesOn -> goesOn)
                .then();
    }

    /** Reads again what the events are about; false when there is a gap in them, so that all must be loaded again. */
    private Mono<Boolean> apply(RankingRows present, List<LogSignal> signals) {
        Set<UUID> people = new LinkedHashSet<>();
        Set<UUID> positions = new LinkedHashSet<>();
        for (LogSignal signal : signals) {
            if (signal instanceof LogSignal.Resync) {
                // The old rows are ranked until the new ones are there.
                position = null;
                return Mono.just(false);
            }
            if (signal instanceof Event event) {
                boolean person = event.type().startsWith("candidate.");
                IdKind kind = person ? IdKind.CANDIDATE : IdKind.JOB;
                kind.parse(event.subject()).ifPresent((person ? people : positions)::add);
            }
        }
        return Mono.zip(
                        people.isEmpty() ? Mono.just(List.<Candidate>of()) : candidates.list(ALL, people),
                        positions.isEmpty() ? Mono.just(List.<JobProfile>of()) : jobs.profiles(List.copyOf(positions)))
                .publishOn(Schedulers.parallel())
                .map(read -> {
                    Set<UUID> gone = new HashSet<>(people);
                    read.getT1().forEach(candidate -> {
                        put(present, candidate);
                        gone.remove(candidate.id());
                    });
                    gone.forEach(present::removeCandidate);
                    gone.clear();
                    gone.addAll(positions);
                    read.getT2().stream().filter(JobProfile::active).forEach(job -> {
                        present.put(job.id(), scoring.position(job));
                        gone.remove(job.id());
                    });
                    gone.forEach(present::removeJob);
                    publish(present);
                    position = signals.get(signals.size() - 1).cursor();
                    if (signals.get(0) instanceof Event first) {
                        delay.record(Duration.between(first.at(), clock.instant()));
                    }
                    return true;
                });
    }

    private void put(RankingRows to, Candidate candidate) {
        to.put(candidate.id(), candidate.ownerId(), scoring.person(candidate));
    }

    private void publish(RankingRows changed) {
        changed.publish();
        if (changed.candidates().live() > properties.maxRows() || changed.jobs().live() > properties.maxRows()) {
            throw new TooMany();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Loops {

        @Bean
        SupervisedLoop rankingIndexLoop(RankingIndex index, RankingProperties properties) {
            return new SupervisedLoop(
                    "ranking-index",
                    SupervisedLoop.SERVES_REQUESTS,
                    stop -> properties.enabled() ? index.keeping() : Mono.never());
        }
    }
}
