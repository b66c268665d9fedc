package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.candidate.Access;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Education;
import ai.recruit.candidate.EducationLevel;
import ai.recruit.candidate.Wishes;
import ai.recruit.parsing.SkillLexicon;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds for every pair, tried on a thousand of them. */
class ScoringPropertiesTests {

    private static final int PAIRS = 1_000;

    private final RandomPairs pairs = new RandomPairs(20_261_122);

    @Test
    void thePointsOfAllContributionsAddUpToTheTotal() {
        for (int i = 0; i < PAIRS; i++) {
            ScoringEngine engine = pairs.engine();
            Score score = engine.score(pairs.candidate(), pairs.job());

            assertThat(score.total()).isBetween(0, 10_000);
            assertThat(score.contributions().stream()
                            .mapToInt(Contribution::points)
                            .sum())
                    .isEqualTo(score.total());
            assertThat(score.contributions().stream()
                            .mapToInt(Contribution::weight)
                            .sum())
                    .isEqualTo(10_000);
            for (Score.Part part : score.parts()) {
                assertThat(part.contributions().stream()
                                .mapToInt(Contribution::points)
                                .sum())
                        .isEqualTo(part.points());
                assertThat(part.points()).isBetween(0, part.weight());
                assertThat(part.contributions()).allSatisfy(one -> {
                    assertThat(one.points()).isNotNegative();
                    if (one.verdict() == Verdict.MISSING) {
                        assertThat(one.points()).isZero();
                    }
                });
            }
            assertThat(score.total())
                    .isEqualTo(engine.profile().mean(part -> score.part(part).score(), ScorePart.values()));
            assertThat(score.fit().wishes().stream()
                            .mapToInt(Contribution::points)
                            .sum())
                    .isEqualTo(
                            score.fit().jobForCandidate() == null
                                    ? 0
                                    : score.fit().jobForCandidate());
        }
    }

    @Test
    void addingARequiredSkillNeverLowersAndTakingOneAwayNeverRaises() {
        int added = 0;
        int taken = 0;
        for (int i = 0; i < PAIRS; i++) {
            ScoringEngine engine = pairs.engine();
            CandidateFacts candidate = pairs.candidate();
            JobFacts job = pairs.job();
            Score before = engine.score(candidate, job);
            List<String> asked = new ArrayList<>(job.requiredSkills());
            asked.addAll(job.preferredSkills());
            for (String skill : asked) {
                if (candidate.skills().contains(skill)) {
                    Score without = engine.score(
                            Change.removing(Change.SKILLS, List.of(skill)).applyTo(candidate), job);
                    assertThat(without.total()).isLessThanOrEqualTo(before.total());
                    assertThat(without.part(ScorePart.SKILLS).score())
                            .isLessThanOrEqualTo(before.part(ScorePart.SKILLS).score());
                    taken++;
                } else {
                    Score with = engine.score(
                            Change.adding(Change.SKILLS, List.of(skill)).applyTo(candidate), job);
                    assertThat(with.total()).isGreaterThanOrEqualTo(before.total());
                    assertThat(with.part(ScorePart.SKILLS).score())
                            .isGreaterThanOrEqualTo(
                                    before.part(ScorePart.SKILLS).score());
                    added++;
                }
            }
        }
        assertThat(added).isGreaterThan(PAIRS);
        assertThat(taken).isGreaterThan(PAIRS / 2);
    }

    @Test
    void everyCounterfactualCrossesWhenItIsAppliedAndNoPartOfItCanBeLeftOut() {
        int found = 0;
        int together = 0;
        for (int i = 0; i < PAIRS; i++) {
            ScoringEngine engine = pairs.engine();
            CandidateFacts candidate = pairs.candidate();
            JobFacts job = pairs.job();
            int before = engine.score(candidate, job).total();
            int threshold = Math.max(1, Math.min(10_000, before - 1_500 + pairs.below(3_000)));
            boolean above = before >= threshold;

            for (Counterfactual counterfactual : Counterfactuals.of(engine, candidate, job, threshold)) {
                List<Change> changes = counterfactual.changes();
                int total = engine.score(applied(candidate, changes), job).total();
                assertThat(total).isEqualTo(counterfactual.score());
                assertThat(total >= threshold).isNotEqualTo(above);
                for (List<Change> smaller : smaller(changes)) {
                    assertThat(engine.score(applied(candidate, smaller), job).total() >= threshold)
                            .as("%s instead of %s", smaller, changes)
                            .isEqualTo(above);
                }
                found++;
                together += changes.size() > 1 ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(PAIRS);
        assertThat(together).isGreaterThan(PAIRS / 20);
    }

    private static CandidateFacts applied(CandidateFacts candidate, List<Change> changes) {
        CandidateFacts facts = candidate;
        for (Change change : changes) {
            facts = change.applyTo(facts);
        }
        return facts;
    }

    /** The changes with one of them left out, with one skill less, or with one month less. */
    private static List<List<Change>> smaller(List<Change> changes) {
        List<List<Change>> all = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            List<Change> rest = new ArrayList<>(changes);
            rest.remove(i);
            all.add(rest);
            if (change.field().equals(Change.EXPERIENCE)) {
                int from = Integer.parseInt(String.valueOf(change.from()));
                int to = Integer.parseInt(String.valueOf(change.to()));
                List<Change> less = new ArrayList<>(changes);
                less.set(i, Change.setting(Change.EXPERIENCE, from, to + Integer.signum(from - to)));
                all.add(less);
            }
            if (change.field().equals(Change.SKILLS)) {
                for (String skill : change.add()) {
                    List<String> skills = new ArrayList<>(change.add());
                    skills.remove(skill);
                    List<Change> less = new ArrayList<>(changes);
                    less.set(i, Change.adding(Change.SKILLS, skills));
                    all.add(less);
                }
                for (String skill : change.remove()) {
                    List<String> skills = new ArrayList<>(change.remove());
                    skills.remove(skill);
                    List<Change> less = new ArrayList<>(changes);
                    less.set(i, Change.removing(Change.SKILLS, skills));
                    all.add(less);
                }
            }
        }
        return all;
    }

    @Test
    void swappingNameGenderBirthYearOrSchoolChangesNothing() {
        Scoring scoring = new Scoring(properties(), SkillLexicon.standard(), Clock.systemUTC());
        for (int i = 0; i < PAIRS; i++) {
            CandidateFacts facts = pairs.candidate();
            ScoringEngine.Position position = new ScoringEngine.Position(pairs.job());
            Candidate she = candidate(facts, "Айгүл", "Testova", "female", 1999, "Kyrgyzstan", "Small College");
            Candidate he = candidate(facts, "John", "Smith", "male", 1961, "United States", "Famous University");

            ScoringEngine.Person one = scoring.person(she);
            ScoringEngine.Person other = scoring.person(he);
            assertThat(one.text()).isEqualTo(other.text());
            for (String profile : List.of(WeightProfile.MATCHING, WeightProfile.RECRUITER, WeightProfile.MARKETPLACE)) {
                Score score = scoring.get(profile).score(one, position);
                assertThat(score).isEqualTo(scoring.get(profile).score(other, position));
                assertThat(score.hash())
                        .isEqualTo(scoring.get(profile).score(other, position).hash());
            }
        }
    }

    private static Candidate candidate(
            CandidateFacts facts, String first, String last, String gender, int born, String citizen, String school) {
        String mail = first + born + "@example.com";
        String resume = "{\"personal_info\":{\"name\":\"" + first + " " + last + "\",\"gender\":\"" + gender
                + "\",\"birth_year\":" + born + ",\"citizenship\":\"" + citizen
                + "\",\"marital_status\":\"married\",\"photo\":\"" + gender + ".jpg\"}}";
        return new Candidate(
                new UUID(born, 1),
                new UUID(1, 1),
                first,
                last,
                mail,
                "+1" + born,
                facts.location(),
                facts.title(),
                gender + ", born in " + born,
                facts.skills(),
                facts.experienceMonths(),
                new Education("Degree of " + school, "Any", school, facts.education()),
                "initial_screening",
                born,
                gender,
                null,
                resume,
                null,
                Instant.ofEpochSecond(born),
                Instant.ofEpochSecond(born),
                born,
                Wishes.NONE,
                Wishes.NONE,
                Set.of(),
                Access.OWN);
    }

    @Test
    void theEngineHasNoFieldForWhatMustNotCount() {
        Set<String> fields = new TreeSet<>();
        for (Class<?> type :
                List.of(CandidateFacts.class, CandidateFacts.Wishes.class, JobFacts.class, Language.class)) {
            for (RecordComponent field : type.getRecordComponents()) {
                fields.add(field.getName());
            }
        }
        // Whoever adds a field decides here, in sight of this test, that it has to do with work.
        assertThat(fields)
                .containsExactly(
                        "availableInDays",
                        "currency",
                        "education",
                        "employmentType",
                        "employmentTypes",
                        "experienceMonths",
                        "languages",
                        "level",
                        "location",
                        "locations",
                        "minExperienceMonths",
                        "name",
                        "preferredSkills",
                        "relocates",
                        "requiredSkills",
                        "salary",
                        "salaryMax",
                        "salaryMin",
                        "skills",
                        "startsInDays",
                        "title",
                        "wishes",
                        "workMode",
                        "workModes");
        // The only name is that of a language.
        assertThat(Arrays.stream(CandidateFacts.class.getRecordComponents()).map(RecordComponent::getName))
                .doesNotContain("name");
        assertThat(CandidateFacts.class.getRecordComponents()[3].getType()).isEqualTo(EducationLevel.class);
    }

    @Test
    void theSameFactsGiveTheSameHashInAnyOrderOfSkills() {
        for (int i = 0; i < PAIRS; i++) {
            ScoringEngine engine = pairs.engine();
            CandidateFacts candidate = pairs.candidate();
            JobFacts job = pairs.job();
            List<String> reversed = new ArrayList<>(candidate.skills());
            java.util.Collections.reverse(reversed);
            CandidateFacts same = new CandidateFacts(
                    reversed,
                    candidate.title(),
                    candidate.experienceMonths(),
                    candidate.education(),
                    candidate.location(),
                    candidate.wishes());
            assertThat(engine.score(same, job).hash())
                    .isEqualTo(engine.score(candidate, job).hash());
            assertThat(Facts.read(Facts.write(candidate), CandidateFacts.class)).isEqualTo(candidate);
            assertThat(Facts.read(Facts.write(job), JobFacts.class)).isEqualTo(job);
        }
    }

    private static MatchingProperties properties() {
        MatchingProperties.Shares documented = new MatchingProperties.Shares(null, null, null, null, null, null);
        return new MatchingProperties(
                new BigDecimal("0.3"),
                new BigDecimal("0.7"),
                WeightProfile.MATCHING,
                new MatchingProperties.Weights(documented, documented, documented),
                GradingTests.DOCUMENTED,
                1,
                Duration.ofDays(1));
    }
}
