package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Candidates, jobs and weights that nobody thought of, the same in every run. */
final class RandomPairs {

    static final List<String> SKILLS = List.of(
            "Java",
            "Spring",
            "Spring WebFlux",
            "Reactor",
            "Kafka",
            "SQL",
            "PostgreSQL",
            "Python",
            "FastAPI",
            "Docker",
            "Kubernetes",
            "Cooking",
            "Бухгалтерский учёт",
            "Excel",
            "Go");

    private static final List<String> PLACES = List.of(
            "Osh, Kyrgyzstan", "Bishkek, Kyrgyzstan", "Berlin, Germany", "Germany", "Remote", "Москва", "Berlin");

    private static final List<String> MODES = List.of("remote", "hybrid", "onsite");
    private static final List<String> TYPES = List.of("full_time", "part_time", "contract");
    private static final List<String> TITLES = List.of("Software Engineer", "Повар", "Data Analyst", "Senior Cook");

    /** Half of the names that share a first letter are close, and Spring WebFlux is a kind of Spring. */
    static final SkillRelations RELATIONS = (asked, has) -> {
        if (asked.equals(has)) {
            return SkillRelations.Relation.SAME;
        }
        if (has.startsWith(asked + " ")) {
            return SkillRelations.Relation.CHILD;
        }
        if (asked.startsWith(has + " ")) {
            return SkillRelations.Relation.PARENT;
        }
        return asked.charAt(0) == has.charAt(0) ? SkillRelations.Relation.SIBLING : SkillRelations.Relation.NONE;
    };

    private final Random random;

    RandomPairs(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private <T> @Nullable T maybe(List<T> all) {
        return random.nextInt(3) == 0 ? null : all.get(random.nextInt(all.size()));
    }

    private <T> List<T> some(List<T> all, int most) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, random.nextInt(Math.min(most, all.size()) + 1)));
    }

    private @Nullable Integer maybeNumber(int bound) {
        return random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(bound));
    }

    private @Nullable Long maybeAmount() {
        return random.nextInt(3) == 0 ? null : Long.valueOf(1 + random.nextInt(300_000));
    }

    private List<Language> languages() {
        return some(List.of("English", "Russian", "Kyrgyz"), 2).stream()
                .map(name -> new Language(name, maybe(Arrays.asList(Language.Level.values()))))
                .toList();
    }

    WeightProfile weights() {
        int[] shares = random.ints(6, 0, 5).toArray();
        shares[random.nextInt(6)]++;
        return WeightProfile.of("any", shares);
    }

    ScoringEngine engine() {
        return new ScoringEngine(weights(), "lexicon", random.nextBoolean() ? RELATIONS : SkillRelations.NONE);
    }

    CandidateFacts candidate() {
        CandidateFacts.Wishes wishes = random.nextInt(3) == 0
                ? CandidateFacts.Wishes.NONE
                : new CandidateFacts.Wishes(
                        maybeAmount(),
                        maybe(List.of("KGS", "KGS", "USD")),
                        some(MODES, 2),
                        some(TYPES, 2),
                        languages(),
                        maybeNumber(90),
                        maybe(List.of(true, false)),
                        some(PLACES, 2));
        return new CandidateFacts(
                some(SKILLS, 8),
                maybe(TITLES),
                random.nextInt(200),
                maybe(Arrays.asList(EducationLevel.values())),
                maybe(PLACES),
                wishes);
    }

    JobFacts job() {
        return new JobFacts(
                TITLES.get(random.nextInt(TITLES.size())),
                some(SKILLS, 7),
                some(SKILLS, 4),
                maybeNumber(120),
                maybe(Arrays.asList(EducationLevel.values())),
                maybe(PLACES),
                maybeAmount(),
                maybeAmount(),
                maybe(List.of("KGS", "KGS", "USD")),
                maybe(MODES),
                maybe(TYPES),
                languages(),
                maybeNumber(60));
    }
}
