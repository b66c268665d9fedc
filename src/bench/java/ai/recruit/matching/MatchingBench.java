package ai.recruit.matching;

import ai.recruit.parsing.SkillLexicon;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What the matcher does at scale.
 *
 * <ul>
 *   <li>full breakdowns a second on one core, against {@link ScoringEngine} on the same pairs;
 *   <li>the best 100 of 10 thousand, 100 thousand and 1 million candidates, and jobs: time and memory;
 *   <li>that all of it is equal: breakdowns of random pairs, and the best 100 with all pairs scored by the engine.
 * </ul>
 *
 * <pre>JAVA_OPTIONS=-Xmx3g src/bench/run MatchingBench [most rows] [rankings]</pre>
 */
public final class MatchingBench {

    private static final int BEST = 100;
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 5;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SkillLexicon lexicon = SkillLexicon.standard();
    private final ScoringEngine engine = new ScoringEngine(
            WeightProfile.of(WeightProfile.MATCHING, 4000, 3000, 1000, 0, 2000, 0),
            lexicon.version(),
            new LexiconRelations(lexicon));

    private MatchingBench() {}

    public static void main(String[] arguments) {
        int most = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rankings = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        MatchingBench bench = new MatchingBench();
        bench.equality();
        bench.pairs();
        for (int rows = 10_000; rows <= most; rows *= 10) {
            bench.candidates(rows, rankings);
        }
        for (int rows = 10_000; rows <= most; rows *= 10) {
            bench.jobs(rows, rankings);
        }
        System.exit(0);
    }

    /** Of all threads: what a ranking costs, however busy the machine is. */
    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private void equality() {
        SamplePairs sample = new SamplePairs(1, lexicon);
        RankingRows rows = new RankingRows(engine.relations(), Clock.systemUTC());
        List<ScoringEngine.Person> people = new ArrayList<>();
        List<ScoringEngine.Position> positions = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            people.add(new ScoringEngine.Person(sample.candidate()));
            rows.put(new UUID(0, i), new UUID(0, 1), people.get(i));
        }
        for (int i = 0; i < 500; i++) {
            positions.add(new ScoringEngine.Position(sample.job()));
        }
        rows.publish();
        List<CandidateSegment> segments = rows.candidates().segments();
        List<CandidateScorer> scorers = positions.stream()
                .map(position -> rows.scorer(engine, position))
                .toList();
        Random random = new Random(2);
        PairNumbers numbers = new PairNumbers();
        int equal = 0;
        int pairs = 10_000;
        for (int i = 0; i < pairs; i++) {
            int job = random.nextInt(positions.size());
            int person = random.nextInt(people.size());
            scorers.get(job).score(segments.get(person / Segment.SIZE), person % Segment.SIZE, numbers);
            if (same(numbers, engine.score(people.get(person), positions.get(job)))) {
                equal++;
            }
        }
        print("equal to the engine: %d of %d random pairs", equal, pairs);
    }

    private static boolean same(PairNumbers numbers, Score score) {
        boolean same = numbers.total() == score.total();
        for (ScorePart part : ScorePart.values()) {
            same &= numbers.score(part) == score.part(part).score()
                    && numbers.points[part.ordinal()] == score.part(part).points();
        }
        List<Contribution> skills = score.part(ScorePart.SKILLS).contributions();
        for (int i = 0; i < numbers.asked(); i++) {
            Contribution.Evidence evidence = skills.get(i).evidence();
            same &= Verdict.of(numbers.credit(i)) == skills.get(i).verdict()
                    && Objects.equals(numbers.earnedBy(i), evidence == null ? null : evidence.value())
                    && Objects.equals(numbers.earnedHow(i), evidence == null ? null : evidence.relation());
        }
        return same;
    }

    /** One thread, by its processor time, so that what else the machine does counts little. */
    private void pairs() {
        SamplePairs sample = new SamplePairs(3, lexicon);
        RankingRows rows = new RankingRows(engine.relations(), Clock.systemUTC());
        List<ScoringEngine.Person> people = new ArrayList<>();
        int count = 8 * Segment.SIZE;
        for (int i = 0; i < count; i++) {
            ScoringEngine.Person person = new ScoringEngine.Person(sample.candidate());
            rows.put(sample.id(), new UUID(0, 1), person);
            if (people.size() < 20_000) {
                people.add(person);
            }
        }
        rows.publish();
        List<ScoringEngine.Position> positions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            positions.add(new ScoringEngine.Position(sample.job()));
        }
        double[] ours = new double[ROUNDS];
        double[] reference = new double[ROUNDS];
        long sum = 0;
        for (int round = -2; round < ROUNDS; round++) {
            long began = THREADS.getCurrentThreadCpuTime();
            PairNumbers numbers = new PairNumbers();
            for (ScoringEngine.Position position : positions) {
                CandidateScorer scorer = rows.scorer(engine, position);
                for (CandidateSegment segment : rows.candidates().segments()) {
                    for (int row = 0; row < Segment.SIZE; row++) {
                        scorer.score(segment, row, numbers);
                        sum += numbers.total() + numbers.points[0] + numbers.credit(0, numbers.asked());
                    }
                }
            }
            long done = THREADS.getCurrentThreadCpuTime();
            for (ScoringEngine.Position position : positions) {
                for (ScoringEngine.Person person : people) {
                    sum += engine.assess(person, position).total();
                }
            }
            long end = THREADS.getCurrentThreadCpuTime();
            if (round >= 0) {
                ours[round] = 1e9 * positions.size() * count / (done - began);
                reference[round] = 1e9 * positions.size() * people.size() / (end - done);
            }
        }
        Arrays.sort(ours);
        Arrays.sort(reference);
        print(
                "full breakdowns on one core: %.2f million pairs/s (%.2f to %.2f); the engine without words: %.2f;"
                        + " ratio %.1f [%d]",
                ours[ROUNDS / 2] / 1e6,
                ours[0] / 1e6,
                ours[ROUNDS - 1] / 1e6,
                reference[ROUNDS / 2] / 1e6,
                ours[ROUNDS / 2] / reference[ROUNDS / 2],
                sum % 10);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void candidates(int count, int rankings) {
        SamplePairs sample = new SamplePairs(4, lexicon);
        long before = used();
        RankingRows rows = new RankingRows(engine.relations(), Clock.systemUTC());
        List<ScoringEngine.Person> people = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ScoringEngine.Person person = new ScoringEngine.Person(sample.candidate());
            UUID id = sample.id();
            rows.put(id, new UUID(0, 1), person);
            if (count == 10_000) {
                people.add(person);
                ids.add(id);
            }
        }
        rows.publish();
        long bytes = count == 10_000 ? rows.bytes() : used() - before;
        rank("candidates", count, rankings, ids, bytes, rows, any -> {
            ScoringEngine.Position position = new ScoringEngine.Position(sample.job());
            return new Case<>(
                    () -> new RankingScan<>(
                            rows.candidates(), rows.scorer(engine, position), (segment, row) -> true, BEST, 0),
                    person -> engine.assess(people.get(person), position).total());
        });
    }

    private void jobs(int count, int rankings) {
        SamplePairs sample = new SamplePairs(5, lexicon);
        long before = used();
        RankingRows rows = new RankingRows(engine.relations(), Clock.systemUTC());
        List<ScoringEngine.Position> positions = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ScoringEngine.Position position = new ScoringEngine.Position(sample.job());
            UUID id = sample.id();
            rows.put(id, position);
            if (count == 10_000) {
                positions.add(position);
                ids.add(id);
            }
        }
        rows.publish();
        long bytes = count == 10_000 ? rows.bytes() : used() - before;
        rank("jobs", count, rankings, ids, bytes, rows, any -> {
            ScoringEngine.Person person = new ScoringEngine.Person(sample.candidate());
            return new Case<>(
                    () -> new RankingScan<>(rows.jobs(), rows.scorer(engine, person), (segment, row) -> true, BEST, 0),
                    job -> engine.assess(person, positions.get(job)).total());
        });
    }

    /** One ranking: how it is made, and what the engine gives each row. */
    private record Case<S extends Segment>(Supplier<RankingScan<S>> scan, Total total) {}

    /** @param ids of the rows, where they are to be ranked by the engine too */
    private <S extends Segment> void rank(
            String what,
            int count,
            int rankings,
            List<UUID> ids,
            long bytes,
            RankingRows rows,
            IntFunction<Case<S>> cases) {
        List<Double> millis = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        int equal = 0;
        int compared = 0;
        for (int i = 0; i < rankings + WARM_UP; i++) {
            Case<S> ranked = cases.apply(i);
            long began = System.nanoTime();
            long spent = processorNanos();
            List<RankingScan.Hit<S>> hits =
                    Objects.requireNonNull(ranked.scan().get().run().block());
            if (i >= WARM_UP) {
                millis.add((System.nanoTime() - began) / 1e6);
                processor.add((processorNanos() - spent) / 1e6);
            }
            if (!ids.isEmpty() && i % 4 == 0) {
                compared++;
                List<String> found =
                        hits.stream().map(hit -> hit.total() + " " + hit.id()).toList();
                equal += found.equals(bruteForce(ids, ranked.total())) ? 1 : 0;
            }
        }
        report(what, count, millis, processor, bytes, rows);
        if (compared > 0) {
            print("    the best %d as the engine finds them: %d of %d rankings", BEST, equal, compared);
        }
    }

    private static void report(
            String what, int count, List<Double> millis, List<Double> processor, long bytes, RankingRows rows) {
        millis.sort(null);
        processor.sort(null);
        print(
                "best %d of %,d %s: median %.1f ms, p95 %.1f ms; processor time median %.1f ms, p95 %.1f ms; %.0f MB, %.0f bytes a row (by its own count %.0f MB)",
                BEST,
                count,
                what,
                millis.get(millis.size() / 2),
                millis.get((int) (millis.size() * 0.95)),
                processor.get(processor.size() / 2),
                processor.get((int) (processor.size() * 0.95)),
                bytes / 1e6,
                1.0 * bytes / count,
                rows.bytes() / 1e6);
    }

    private interface Total {
        int of(int row);
    }

    private static List<String> bruteForce(List<UUID> ids, Total total) {
        record Row(int total, UUID id) {}
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            all.add(new Row(total.of(i), ids.get(i)));
        }
        return all.stream()
                .sorted(Comparator.comparingInt(Row::total)
                        .reversed()
                        .thenComparing(row -> row.id().toString()))
                .limit(BEST)
                .map(row -> row.total() + " " + row.id())
                .toList();
    }
}
