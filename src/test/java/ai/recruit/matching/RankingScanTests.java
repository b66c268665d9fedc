package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Rankings hold the best of all rows there are, whatever was written, replaced or taken out before. */
class RankingScanTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UUID OWNER = new UUID(1, 1);
    private static final UUID COLLEAGUE = new UUID(2, 2);
    private static final int ROWS = 2 * Segment.SIZE + 500;

    private final RandomPairs random = new RandomPairs(42);
    private final ScoringEngine engine = random.engine();
    private final RankingRows rows = new RankingRows(engine.relations(), Clock.systemUTC());
    /** What should be among the rows. */
    private final Map<UUID, ScoringEngine.Person> people = new HashMap<>();

    private final Map<UUID, UUID> owners = new HashMap<>();

    private static UUID id(int number) {
        // Neither in the order of the rows nor all on the same side of zero.
        return new UUID(number * 0x9E3779B97F4A7C15L, number);
    }

    private void put(UUID id, UUID owner) {
        ScoringEngine.Person person = new ScoringEngine.Person(random.candidate());
        rows.put(id, owner, person);
        people.put(id, person);
        owners.put(id, owner);
    }

    private void remove(UUID id) {
        rows.removeCandidate(id);
        people.remove(id);
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private List<String> best(ScoringEngine.Position position, UUID owner, int limit, int least) {
        RankingTable.Snapshot<CandidateSegment> snapshot = rows.candidates();
        int number = rows.owner(owner);
        return Objects.requireNonNull(new RankingScan<>(
                                snapshot,
                                rows.scorer(engine, position),
                                (segment, row) -> segment.owner(row) == number,
                                limit,
                                least)
                        .run()
                        .block(PATIENCE))
                .stream()
                .map(hit -> hit.total() + " " + hit.id())
                .toList();
    }

    /** All pairs, scored by the engine one by one. */
    private List<String> bruteForce(ScoringEngine.Position position, UUID owner, int limit, int least) {
        record Row(UUID id, int total) {}
        return people.entrySet().stream()
                .filter(person -> Objects.equals(owners.get(person.getKey()), owner))
                .map(person -> new Row(
                        person.getKey(),
                        engine.assess(person.getValue(), position).total()))
                .filter(row -> row.total() >= least)
                .sorted(Comparator.comparingInt(Row::total)
                        .reversed()
                        .thenComparing(row -> row.id().toString()))
                .limit(limit)
                .map(row -> row.total() + " " + row.id())
                .toList();
    }

    private void assertSame() {
        for (int i = 0; i < 4; i++) {
            ScoringEngine.Position position = new ScoringEngine.Position(random.job());
            assertThat(best(position, OWNER, 100, 0)).isEqualTo(bruteForce(position, OWNER, 100, 0));
            assertThat(best(position, COLLEAGUE, 3_000, 4_000))
                    .isEqualTo(bruteForce(position, COLLEAGUE, 3_000, 4_000));
        }
    }

    @Test
    void findsWhatScoringAllPairsFinds() {
        for (int i = 0; i < ROWS; i++) {
            put(id(i), random.below(3) == 0 ? OWNER : COLLEAGUE);
        }
        rows.publish();
        assertSame();

        for (int i = 0; i < 1_000; i++) {
            put(id(random.below(ROWS)), OWNER);
            remove(id(random.below(ROWS)));
        }
        rows.publish();
        assertSame();
        assertThat(rows.candidates().live()).isEqualTo(people.size());

        // More dead rows than living ones: those that live move together.
        for (int i = 0; i < ROWS; i++) {
            put(id(i), OWNER);
            if (i % 5 == 0) {
                remove(id(i));
            }
        }
        rows.publish();
        assertThat(rows.candidates().rows()).isEqualTo(people.size());
        assertSame();
        put(id(0), COLLEAGUE);
        remove(id(1));
        rows.publish();
        assertSame();
    }

    @Test
    void keepsASnapshotAsItWas() {
        ScoringEngine.Position position = new ScoringEngine.Position(random.job());
        put(id(1), OWNER);
        put(id(2), OWNER);
        rows.publish();
        RankingTable.Snapshot<CandidateSegment> before = rows.candidates();

        remove(id(1));
        put(id(2), COLLEAGUE);
        put(id(3), OWNER);
        rows.publish();

        StepVerifier.create(
                        new RankingScan<>(before, rows.scorer(engine, position), (segment, row) -> true, 10, 0).run())
                .assertNext(hits ->
                        assertThat(hits).extracting(RankingScan.Hit::id).containsExactlyInAnyOrder(id(1), id(2)))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(before.live()).isEqualTo(2);
    }

    @Test
    void stopsWhenNobodyWantsItAnyMore() {
        for (int i = 0; i < Segment.SIZE; i++) {
            put(id(i), OWNER);
        }
        rows.publish();
        ScoringEngine.Position position = new ScoringEngine.Position(random.job());
        AtomicInteger looked = new AtomicInteger();
        Sinks.Empty<Void> gone = Sinks.empty();
        RankingScan.Visible<CandidateSegment> leaving = (segment, row) -> {
            if (looked.incrementAndGet() == 100) {
                gone.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            }
            return true;
        };

        StepVerifier.create(new RankingScan<>(rows.candidates(), rows.scorer(engine, position), leaving, 10, 0)
                        .run()
                        .takeUntilOther(gone.asMono()))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(looked).hasValueLessThan(200);
    }

    @Test
    void countsTheDaysOfTheCalendar() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        ScoringEngine recruiters =
                new ScoringEngine(WeightProfile.of("any", 0, 0, 0, 0, 0, 1), "lexicon", SkillRelations.NONE);
        RankingRows kept = new RankingRows(SkillRelations.NONE, clock(now));
        CandidateFacts.Wishes inSixtyDays =
                new CandidateFacts.Wishes(null, null, List.of(), List.of(), List.of(), 60, null, List.of());
        kept.put(
                id(1),
                OWNER,
                new ScoringEngine.Person(new CandidateFacts(List.of(), null, 0, null, null, inSixtyDays)));
        kept.publish();
        ScoringEngine.Position startsInTenDays = new ScoringEngine.Position(new JobFacts(
                "Cook", List.of("Cooking"), List.of(), null, null, null, null, null, null, null, null, List.of(), 10));
        PairNumbers numbers = new PairNumbers();

        kept.scorer(recruiters, startsInTenDays)
                .score(kept.candidates().segments().get(0), 0, numbers);
        assertThat(numbers.total()).isZero();

        // A month later it is 30 days until they are available.
        now.set(Instant.parse("2026-03-31T10:00:00Z"));
        kept.scorer(recruiters, startsInTenDays)
                .score(kept.candidates().segments().get(0), 0, numbers);
        assertThat(numbers.total()).isEqualTo(PartScores.HALF);

        now.set(Instant.parse("2027-03-31T10:00:00Z"));
        kept.scorer(recruiters, startsInTenDays)
                .score(kept.candidates().segments().get(0), 0, numbers);
        assertThat(numbers.total()).isEqualTo(PartScores.FULL);
    }
}
