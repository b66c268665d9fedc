package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.recruit.candidate.EducationLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringEngineTests {

    private final ScoringEngine engine =
            new ScoringEngine(new ScoringEngine.Weights(4000, 3000, 1000, 2000), "lexicon");

    private static ScoringEngine.Person person(
            List<String> skills, int months, @Nullable EducationLevel education, @Nullable String location) {
        return new ScoringEngine.Person(skills, "Software Engineer", months, education, location);
    }

    private static ScoringEngine.Position position(
            List<String> skills,
            @Nullable Integer months,
            @Nullable EducationLevel education,
            @Nullable String location) {
        return new ScoringEngine.Position("Senior Software Engineer", skills, months, education, location);
    }

    @Test
    void weighsItsFourParts() {
        Score score = engine.score(
                person(List.of("Python", "FastAPI", "Docker"), 60, EducationLevel.BACHELOR, "Berlin, Germany"),
                position(List.of("Python", "FastAPI", "AWS"), 36, EducationLevel.BACHELOR, "Berlin"));

        assertThat(score)
                .isEqualTo(new Score(
                        8_017,
                        6_667,
                        8_500,
                        8_000,
                        10_000,
                        List.of("Python", "FastAPI"),
                        List.of("AWS"),
                        "Skills: 2 of 3 (Python, FastAPI); missing AWS. Experience: 5 years, 3 years asked for. "
                                + "Education: bachelor, bachelor asked for. Location: the same."));
    }

    @Test
    void reproducesTheDocumentedExperienceAndDegree() {
        Score score = engine.score(
                person(List.of(), 60, EducationLevel.BACHELOR, null),
                position(List.of(), 36, EducationLevel.BACHELOR, null));

        assertThat(score.experience()).isEqualTo(8_500);
        assertThat(score.education()).isEqualTo(8_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 36, 0",
        "18, 36, 3500",
        "35, 36, 6806",
        "36, 36, 7000",
        "42, 36, 7375",
        "84, 36, 10000",
        "600, 36, 10000",
        "0, 0, 7000",
        "0, , 7000",
        "48, , 10000"
    })
    void countsExperience(int months, @Nullable Integer asked, int expected) {
        assertThat(engine.score(person(List.of(), months, null, null), position(List.of(), asked, null, null))
                        .experience())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "BACHELOR, BACHELOR, 8000",
        "MASTER, BACHELOR, 10000",
        "SPECIALIST, BACHELOR, 9000",
        "ASSOCIATE, BACHELOR, 5000",
        "VOCATIONAL, BACHELOR, 2500",
        "SECONDARY, BACHELOR, 0",
        ", BACHELOR, 0",
        ", , 8000",
        "DOCTOR, , 8000"
    })
    void comparesEducation(@Nullable EducationLevel has, @Nullable EducationLevel asked, int expected) {
        assertThat(engine.score(person(List.of(), 0, has, null), position(List.of(), null, asked, null))
                        .education())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Berlin, Germany     | Berlin              | 10000
                    г. Москва           | Moscow, Russia      | 10000
                    Бишкек, Кыргызстан  | Bishkek, Kyrgyzstan | 10000
                    Hamburg, Germany    | Berlin, Germany     | 5000
                    Hamburg, Германия   | Germany             | 10000
                    Hamburg             | Berlin              | 0
                                        | Berlin              | 5000
                    Hamburg             |                     | 7500
                    Hamburg             | Remote              | 10000
                    Hamburg             | Remote (Germany)    | 10000
                    Ош                  | Удалённо            | 10000
                    Hamburg             | - , -               | 7500
                    """)
    void comparesPlaces(@Nullable String has, @Nullable String asked, int expected) {
        assertThat(engine.score(person(List.of(), 0, null, has), position(List.of(), null, null, asked))
                        .location())
                .isEqualTo(expected);
    }

    @Test
    void fallsBackToTheTitleWhenAJobNamesNoSkill() {
        Score score = engine.score(
                new ScoringEngine.Person(List.of("Cooking"), "Pastry chef", 12, null, null),
                new ScoringEngine.Position("Senior Pastry Chef", List.of(), null, null, null));

        assertThat(score.skills()).isEqualTo(10_000);
        assertThat(score.matchingSkills()).isEmpty();
    }

    @Test
    void doesNotCareHowSkillsAreCapitalised() {
        assertThat(engine.score(
                                person(List.of("POSTGRESQL"), 0, null, null),
                                position(List.of("PostgreSQL"), null, null, null))
                        .skills())
                .isEqualTo(10_000);
    }

    @Test
    void givesTheSameScoreEveryTime() {
        ScoringEngine.Person person = person(List.of("Java", "SQL"), 31, EducationLevel.MASTER, "Osh");
        ScoringEngine.Position position = position(List.of("SQL", "Java", "Go"), 48, null, "Osh");

        assertThat(engine.score(person, position)).isEqualTo(engine.score(person, position));
    }

    @Test
    void namesItsRulesWeightsAndLexicon() {
        assertThat(engine.version()).isEqualTo("1/4000-3000-1000-2000/lexicon");
    }

    @Test
    void takesWeightsThatDoNotAddUp() {
        ScoringEngine skillsAlone = new ScoringEngine(new ScoringEngine.Weights(3, 0, 0, 0), "lexicon");

        assertThat(skillsAlone
                        .score(person(List.of("Java"), 0, null, null), position(List.of("Java", "Go"), 60, null, "Osh"))
                        .total())
                .isEqualTo(5_000);
        assertThatIllegalArgumentException().isThrownBy(() -> new ScoringEngine.Weights(0, 0, 0, 0));
    }
}
