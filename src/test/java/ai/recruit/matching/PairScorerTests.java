package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through columns comes to the same numbers as the engine that explains, for every pair and in every detail. */
class PairScorerTests {

    private static final int PEOPLE = 60;
    private static final int JOBS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void comesToTheNumbersOfTheEngine(long seed) {
        RandomPairs random = new RandomPairs(seed);
        ScoringEngine engine = random.engine();
        RankingRows rows = new RankingRows(engine.relations(), Clock.systemUTC());
        List<ScoringEngine.Person> people = new ArrayList<>();
        List<ScoringEngine.Position> positions = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new ScoringEngine.Person(random.candidate()));
            rows.put(new UUID(0, i), new UUID(9, 9), people.get(i));
        }
        for (int i = 0; i < JOBS; i++) {
            positions.add(new ScoringEngine.Position(random.job()));
            rows.put(new UUID(0, i), positions.get(i));
        }
        rows.publish();
        CandidateSegment candidates = rows.candidates().segments().get(0);
        JobSegment jobs = rows.jobs().segments().get(0);
        PairNumbers numbers = new PairNumbers();
        for (int job = 0; job < JOBS; job++) {
            CandidateScorer scorer = rows.scorer(engine, positions.get(job));
            for (int person = 0; person < PEOPLE; person++) {
                ScoringEngine.Assessment expected = engine.assess(people.get(person), positions.get(job));
                scorer.score(candidates, person, numbers);
                assertSame(numbers, expected);
                assertThat(scorer.total(candidates, person, 0, numbers)).isEqualTo(expected.total());
                assertThat(scorer.total(candidates, person, expected.total(), numbers))
                        .isEqualTo(expected.total());
                assertThat(scorer.total(candidates, person, expected.total() + 1, numbers))
                        .isEqualTo(PairScorer.BELOW);
            }
        }
        for (int person = 0; person < PEOPLE; person++) {
            JobScorer scorer = rows.scorer(engine, people.get(person));
            for (int job = 0; job < JOBS; job++) {
                scorer.score(jobs, job, numbers);
                assertSame(numbers, engine.assess(people.get(person), positions.get(job)));
            }
        }
    }

    private static void assertSame(PairNumbers numbers, ScoringEngine.Assessment expected) {
        Score score = expected.explain();
        assertThat(numbers.total()).isEqualTo(score.total());
        for (ScorePart part : ScorePart.values()) {
            assertThat(numbers.score(part)).as("%s", part).isEqualTo(expected.score(part));
            assertThat(numbers.points[part.ordinal()])
                    .as("%s", part)
                    .isEqualTo(score.part(part).points());
        }
        List<Contribution> skills = score.part(ScorePart.SKILLS).contributions().stream()
                .filter(skill -> skill.required() != null)
                .toList();
        assertThat(numbers.asked()).isEqualTo(skills.size());
        for (int i = 0; i < skills.size(); i++) {
            assertThat(Verdict.of(numbers.credit(i))).isEqualTo(skills.get(i).verdict());
            Contribution.Evidence evidence = skills.get(i).evidence();
            assertThat(numbers.earnedBy(i)).isEqualTo(evidence == null ? null : evidence.value());
            assertThat(numbers.earnedHow(i)).isEqualTo(evidence == null ? null : evidence.relation());
            if (evidence != null && evidence.relation() != null) {
                assertThat(numbers.credit(i)).isEqualTo(evidence.relation().credit());
            }
        }
    }
}
