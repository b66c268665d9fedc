package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import ai.recruit.parsing.SkillLexicon;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fictitious candidates and jobs as they are in life: a few skills that many have and many that few have, some that the
 * lexicon does not know, and wishes that only some declare. The same in every run.
 */
final class SamplePairs {

    private static final List<String> TITLES = List.of(
            "Software Engineer",
            "Senior Java Developer",
            "Data Analyst",
            "Project Manager",
            "Бухгалтер",
            "Повар",
            "Frontend Developer",
            "DevOps Engineer",
            "Sales Manager",
            "Системный аналитик");
    private static final List<String> COUNTRIES =
            List.of("Kyrgyzstan", "Казахстан", "Germany", "Россия", "USA", "Spain");
    private static final List<String> MODES = List.of("remote", "hybrid", "onsite");
    private static final List<String> TYPES = List.of("full_time", "part_time", "contract");
    private static final List<String> TONGUES = List.of("English", "Russian", "Kyrgyz", "German", "Spanish", "Kazakh");
    private static final List<String> CURRENCIES = List.of("KGS", "USD", "EUR");
    private static final List<EducationLevel> LEVELS = List.of(EducationLevel.values());
    private static final List<Language.Level> SPOKEN = Arrays.asList(Language.Level.values());

    private final Random random;
    private final List<String> skills;

    SamplePairs(long seed, SkillLexicon lexicon) {
        this.random = new Random(seed);
        this.skills = lexicon.entries().stream()
                .map(SkillLexicon.Entry::name)
                .sorted()
                .toList();
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private boolean oneIn(int share) {
        return random.nextInt(share) == 0;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> @Nullable T maybe(List<T> all) {
        return oneIn(3) ? null : any(all);
    }

    private <T> List<T> some(List<T> all, int most) {
        Set<T> some = new LinkedHashSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(any(all));
        }
        return List.copyOf(some);
    }

    /** The first ones most often. */
    private List<String> skills(int least, int most) {
        Set<String> chosen = new LinkedHashSet<>();
        int count = least + random.nextInt(most - least + 1);
        while (chosen.size() < count) {
            if (oneIn(25)) {
                chosen.add("Own skill " + random.nextInt(5_000));
            } else {
                double skewed = Math.pow(random.nextDouble(), 3);
                chosen.add(skills.get((int) (skewed * skills.size())));
            }
        }
        return List.copyOf(chosen);
    }

    private String place() {
        return oneIn(12)
                ? "Remote"
                : "City " + (char) ('A' + random.nextInt(26)) + random.nextInt(40) + ", " + any(COUNTRIES);
    }

    private List<Language> languages() {
        return some(TONGUES, 3).stream()
                .map(name -> new Language(name, maybe(SPOKEN)))
                .toList();
    }

    CandidateFacts candidate() {
        CandidateFacts.Wishes wishes = oneIn(2)
                ? CandidateFacts.Wishes.NONE
                : new CandidateFacts.Wishes(
                        oneIn(2) ? null : 500L * (1 + random.nextInt(400)),
                        any(CURRENCIES),
                        some(MODES, 2),
                        some(TYPES, 2),
                        languages(),
                        oneIn(3) ? random.nextInt(7) * 15 : null,
                        maybe(List.of(true, false)),
                        oneIn(4) ? List.of(place()) : List.of());
        return new CandidateFacts(
                skills(4, 24),
                any(TITLES) + (oneIn(2) ? "" : " " + random.nextInt(3_000)),
                random.nextInt(300),
                maybe(LEVELS),
                oneIn(10) ? null : place(),
                wishes);
    }

    JobFacts job() {
        return new JobFacts(
                any(TITLES),
                oneIn(50) ? List.of() : skills(3, 10),
                oneIn(2) ? List.of() : skills(1, 4),
                oneIn(4) ? null : 12 * random.nextInt(9),
                maybe(LEVELS),
                maybe(List.of(place())),
                oneIn(2) ? null : 500L * (1 + random.nextInt(400)),
                null,
                any(CURRENCIES),
                maybe(MODES),
                maybe(TYPES),
                oneIn(2) ? List.of() : languages(),
                oneIn(3) ? random.nextInt(60) : null);
    }
}
