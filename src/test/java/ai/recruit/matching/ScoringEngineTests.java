package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import ai.recruit.candidate.EducationLevel;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.SkillLexicon;
import ai.recruit.parsing.TextExtractor;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringEngineTests {

    private static final WeightProfile MATCHING =
            WeightProfile.of(WeightProfile.MATCHING, 4000, 3000, 1000, 0, 2000, 0);

    private static final Grading GRADING = GradingTests.DOCUMENTED;

    private final ScoringEngine engine = new ScoringEngine(MATCHING, "lexicon", SkillRelations.NONE);

    private static ScoringEngine.Person person(
            List<String> skills, int months, @Nullable EducationLevel education, @Nullable String location) {
        return new ScoringEngine.Person(new CandidateFacts(
                skills, "Software Engineer", months, education, location, CandidateFacts.Wishes.NONE));
    }

    private static ScoringEngine.Position position(
            List<String> skills,
            @Nullable Integer months,
            @Nullable EducationLevel education,
            @Nullable String location) {
        return new ScoringEngine.Position(
                job("Senior Software Engineer", skills, List.of(), months, education, location));
    }

    private static JobFacts job(
            String title,
            List<String> required,
            List<String> preferred,
            @Nullable Integer months,
            @Nullable EducationLevel education,
            @Nullable String location) {
        return new JobFacts(
                title, required, preferred, months, education, location, null, null, null, null, null, List.of(), null);
    }

    @Test
    void weighsItsFourParts() {
        Score score = engine.score(
                person(List.of("Python", "FastAPI", "Docker"), 60, EducationLevel.BACHELOR, "Berlin, Germany"),
                position(List.of("Python", "FastAPI", "AWS"), 36, EducationLevel.BACHELOR, "Berlin"));

        assertThat(score.total()).isEqualTo(8_017);
        assertThat(score.parts())
                .extracting(Score.Part::score)
                .containsExactly(6_667, 8_500, 8_000, 7_500, 10_000, 7_500);
        assertThat(score.parts()).extracting(Score.Part::points).containsExactly(2_667, 2_550, 800, 0, 2_000, 0);
        assertThat(score.matchingSkills()).containsExactly("Python", "FastAPI");
        assertThat(score.missingSkills()).containsExactly("AWS");
        assertThat(Wording.of(score))
                .isEqualTo(new Wording(
                        "Skills: 2 of 3 (Python, FastAPI); missing AWS. Experience: 5 years, 3 years asked for. "
                                + "Education: bachelor, bachelor asked for. Location: the same.",
                        "Навыки: 2 из 3 (Python, FastAPI); нет: AWS. Опыт: 5 лет, требуется 3 года. "
                                + "Образование: бакалавр, требуется бакалавр. Место: совпадает."));
    }

    @Test
    void reproducesTheDocumentedExperienceAndDegree() {
        Score score = engine.score(
                person(List.of(), 60, EducationLevel.BACHELOR, null),
                position(List.of(), 36, EducationLevel.BACHELOR, null));

        assertThat(score.part(ScorePart.EXPERIENCE).score()).isEqualTo(8_500);
        assertThat(score.part(ScorePart.EDUCATION).score()).isEqualTo(8_000);
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
                        .part(ScorePart.EXPERIENCE)
                        .score())
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
                        .part(ScorePart.EDUCATION)
                        .score())
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
                        .part(ScorePart.LOCATION)
                        .score())
                .isEqualTo(expected);
    }

    @Test
    void fallsBackToTheTitleWhenAJobNamesNoSkill() {
        Score score = engine.score(
                new CandidateFacts(List.of("Cooking"), "Pastry chef", 12, null, null, CandidateFacts.Wishes.NONE),
                job("Senior Pastry Chef", List.of(), List.of(), null, null, null));

        assertThat(score.part(ScorePart.SKILLS).score()).isEqualTo(10_000);
        assertThat(score.matchingSkills()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Официант, Официантка",
        "Учитель, Учительница",
        "Продавщица, Продавщик",
        "Журналист, Журналистка",
        "Медсестра, Медбрат",
        "Salesperson, Saleswoman",
        "Waiter, Waitress"
    })
    void readsATitleAlikeInEitherGender(String one, String other) {
        for (String asked : List.of(one, other)) {
            for (String has : List.of(one, other)) {
                Score score = engine.score(
                        new CandidateFacts(List.of(), has, 12, null, null, CandidateFacts.Wishes.NONE),
                        job(asked, List.of(), List.of(), null, null, null));
                assertThat(score.part(ScorePart.SKILLS).score()).isEqualTo(10_000);
            }
        }
    }

    @Test
    void doesNotCareHowSkillsAreCapitalised() {
        assertThat(engine.score(
                                person(List.of("POSTGRESQL"), 0, null, null),
                                position(List.of("PostgreSQL"), null, null, null))
                        .part(ScorePart.SKILLS)
                        .score())
                .isEqualTo(10_000);
    }

    @Test
    void givesTheSameScoreEveryTime() {
        ScoringEngine.Person person = person(List.of("Java", "SQL"), 31, EducationLevel.MASTER, "Osh");
        ScoringEngine.Position position = position(List.of("SQL", "Java", "Go"), 48, null, "Osh");

        assertThat(engine.score(person, position)).isEqualTo(engine.score(person, position));
    }

    @Test
    void namesItsRulesAndWeights() {
        assertThat(engine.version()).isEqualTo("3/matching:4000-3000-1000-0-2000-0");
        assertThat(WeightProfile.parse("matching:4000-3000-1000-0-2000-0")).isEqualTo(MATCHING);
    }

    @Test
    void bringsWeightsToOneSum() {
        assertThat(WeightProfile.of("any", 1, 1, 1, 0, 0, 0).weights()).containsExactly(3_333, 3_334, 3_333, 0, 0, 0);
        ScoringEngine skillsAlone =
                new ScoringEngine(WeightProfile.of("any", 3, 0, 0, 0, 0, 0), "lexicon", SkillRelations.NONE);
        assertThat(skillsAlone
                        .score(person(List.of("Java"), 0, null, null), position(List.of("Java", "Go"), 60, null, "Osh"))
                        .total())
                .isEqualTo(5_000);
        assertThatIllegalArgumentException().isThrownBy(() -> WeightProfile.of("any", 0, 0, 0, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> WeightProfile.of("any", 1, -1, 0, 0, 0, 0));
    }

    @Test
    void aSkillThatIsAskedForIsNoStandInForItsSibling() {
        ScoringEngine related = new ScoringEngine(MATCHING, "lexicon", new LexiconRelations(SkillLexicon.standard()));
        Score both = related.score(
                person(List.of("Docker"), 0, null, null), position(List.of("Docker", "Kubernetes"), null, null, null));
        Score one = related.score(
                person(List.of("Docker"), 0, null, null), position(List.of("Kubernetes"), null, null, null));

        assertThat(both.part(ScorePart.SKILLS).score()).isEqualTo(5_000);
        assertThat(both.missingSkills()).containsExactly("Kubernetes");
        assertThat(both.partialSkills()).isEmpty();
        assertThat(one.part(ScorePart.SKILLS).score()).isEqualTo(4_000);
    }

    @Test
    void reproducesTheSampleOfTheRecruiterApi() {
        ScoringEngine recruiter = new ScoringEngine(
                WeightProfile.of(WeightProfile.RECRUITER, 4000, 3000, 1000, 0, 0, 2000),
                SkillLexicon.standard().version(),
                new LexiconRelations(SkillLexicon.standard()));
        Score score = recruiter.score(
                new CandidateFacts(
                        List.of("Python", "PostgreSQL", "Docker"),
                        null,
                        60,
                        EducationLevel.BACHELOR,
                        null,
                        CandidateFacts.Wishes.NONE),
                job(
                        "Engineer",
                        List.of("Python", "PostgreSQL"),
                        List.of("Docker", "Kubernetes"),
                        36,
                        EducationLevel.BACHELOR,
                        null));

        assertThat(score.part(ScorePart.SKILLS).score()).isEqualTo(9_000);
        assertThat(score.part(ScorePart.EXPERIENCE).score()).isEqualTo(8_500);
        assertThat(score.part(ScorePart.EDUCATION).score()).isEqualTo(8_000);
        // What the document prints for cultural_fit has no input, so it is put in the place of the neutral value.
        assertThat(score.part(ScorePart.WORKING_CONDITIONS).score()).isEqualTo(7_500);
        assertThat(score.part(ScorePart.WORKING_CONDITIONS).assessed()).isFalse();
        int printed = recruiter
                .profile()
                .mean(
                        part -> part == ScorePart.WORKING_CONDITIONS
                                ? 8_800
                                : score.part(part).score(),
                        ScorePart.values());
        assertThat(printed).isEqualTo(8_710);
        assertThat(Rounding.share(printed, 100)).isEqualTo(87);
        assertThat(GRADING.recommendation(printed)).isEqualTo(Recommendation.RECOMMEND);
        assertThat(score.total()).isEqualTo(8_450);
    }

    @ParameterizedTest
    @CsvSource({
        "8950, STRONG_RECOMMEND",
        "8949, RECOMMEND",
        "7450, RECOMMEND",
        "7449, CONSIDER",
        "5950, CONSIDER",
        "5949, NOT_RECOMMEND"
    })
    void recommendsByTheScoreAsShown(int score, Recommendation expected) {
        assertThat(GRADING.recommendation(score)).isEqualTo(expected);
    }

    @Test
    void readsTheMonthsOfAResumeInclusively() throws Exception {
        ParsedResume resume = new ResumeParser()
                .parse(
                        new TextExtractor().extract("""
                                Anna Testova
                                anna.testova@example.com

                                Experience
                                Software Engineer
                                Example Corp
                                Jan 2016 - Dec 2020
                                """.getBytes(StandardCharsets.UTF_8), ParsingLimits.defaults()),
                        LocalDate.of(2024, 1, 15));

        assertThat(resume.totalExperienceMonths()).isEqualTo(60);
        assertThat(engine.score(
                                person(List.of(), resume.totalExperienceMonths(), null, null),
                                position(List.of(), 36, null, null))
                        .part(ScorePart.EXPERIENCE)
                        .score())
                .isEqualTo(8_500);
    }

    @Test
    void givesRelatedSkillsAPart() {
        SkillRelations relations = (asked, has) -> asked.equals("Spring") && has.equals("Spring WebFlux")
                ? SkillRelations.Relation.CHILD
                : asked.equals("Reactor") && has.equals("Spring WebFlux")
                        ? SkillRelations.Relation.SIBLING
                        : SkillRelations.Relation.NONE;
        Score score = new ScoringEngine(MATCHING, "lexicon", relations)
                .score(
                        person(List.of("Spring WebFlux", "Java"), 0, null, null),
                        position(List.of("Java", "Spring", "Reactor", "Kafka"), null, null, null));

        // 1 + 0.9 + 0.4 + 0 of 4
        assertThat(score.part(ScorePart.SKILLS).score()).isEqualTo(5_750);
        assertThat(score.matchingSkills()).containsExactly("Java");
        assertThat(score.missingSkills()).containsExactly("Spring", "Reactor", "Kafka");
        assertThat(score.partialSkills())
                .extracting(skill -> skill.required() + " by " + skill.evidence())
                .containsExactly(
                        "Spring by Evidence[field=skills, value=Spring WebFlux, relation=CHILD]",
                        "Reactor by Evidence[field=skills, value=Spring WebFlux, relation=SIBLING]");
        assertThat(Wording.of(score).ru())
                .startsWith("Навыки: 1 из 4 (Java); частично Spring ← Spring WebFlux, Reactor ← Spring WebFlux;"
                        + " нет: Kafka.");
    }

    @Test
    void takesRelationsOutOfTheLexicon() {
        SkillRelations relations = new LexiconRelations(SkillLexicon.standard());

        assertThat(relations.between("Spring", "Spring")).isEqualTo(SkillRelations.Relation.SAME);
        assertThat(relations.between("Spring", "Spring Boot")).isEqualTo(SkillRelations.Relation.CHILD);
        assertThat(relations.between("Spring Boot", "Spring")).isEqualTo(SkillRelations.Relation.PARENT);
        assertThat(relations.between("React", "Vue.js")).isEqualTo(SkillRelations.Relation.SIBLING);
        assertThat(relations.between("React", "Accounting")).isEqualTo(SkillRelations.Relation.NONE);
        assertThat(relations.between("No such skill", "React")).isEqualTo(SkillRelations.Relation.NONE);
        assertThat(relations.between("No such skill", "No such skill")).isEqualTo(SkillRelations.Relation.SAME);
    }

    @Test
    void findsNothingInCommonInARelatedSkillAlone() {
        ScoringEngine related = new ScoringEngine(MATCHING, "lexicon", RandomPairs.RELATIONS);
        ScoringEngine.Position position = position(List.of("Spring", "Kafka"), null, null, null);

        assertThat(related.assess(person(List.of("Spring WebFlux"), 0, null, null), position)
                        .inCommon())
                .isFalse();
        assertThat(related.assess(person(List.of("Spring WebFlux", "Kafka"), 0, null, null), position)
                        .inCommon())
                .isTrue();
    }

    private static JobFacts conditions(
            @Nullable Long salary, @Nullable String mode, @Nullable String type, List<Language> languages) {
        return new JobFacts(
                "Cook",
                List.of("Cooking"),
                List.of(),
                null,
                null,
                "Osh, Kyrgyzstan",
                null,
                salary,
                "KGS",
                mode,
                type,
                languages,
                14);
    }

    @ParameterizedTest
    @CsvSource({"100000, 100000, 10000", "90000, 100000, 8000", "40000, 100000, 0", ", 100000, 7500", "90000, , 7500"})
    void comparesSalaries(@Nullable Long offer, @Nullable Long wish, int expected) {
        CandidateFacts.Wishes wishes =
                new CandidateFacts.Wishes(wish, "KGS", List.of(), List.of(), List.of(), null, null, List.of());
        Score.Part salary = engine.score(
                        new CandidateFacts(List.of("Cooking"), null, 0, null, null, wishes),
                        conditions(offer, null, null, List.of()))
                .part(ScorePart.SALARY);

        assertThat(salary.score()).isEqualTo(expected);
        assertThat(salary.assessed()).isEqualTo(offer != null && wish != null);
    }

    @Test
    void comparesWhatBothSidesHaveDeclaredInBothDirections() {
        CandidateFacts.Wishes wishes = new CandidateFacts.Wishes(
                100_000L,
                "KGS",
                List.of("hybrid"),
                List.of("full_time", "contract"),
                List.of(new Language("Kyrgyz", Language.Level.NATIVE), new Language("English", Language.Level.B1)),
                30,
                false,
                List.of("Bishkek, Kyrgyzstan"));
        Score score = engine.score(
                new CandidateFacts(List.of("Cooking"), null, 0, null, "Bishkek", wishes),
                conditions(90_000L, "onsite", "full_time", List.of(new Language("English", Language.Level.C1))));

        Score.Part part = score.part(ScorePart.WORKING_CONDITIONS);
        // Half for hybrid, whole for full time, half for English below C1, half for sixteen days late, none for moving.
        assertThat(part.score()).isEqualTo(5_000);
        assertThat(part.assessed()).isTrue();
        assertThat(part.contributions())
                .extracting(Contribution::kind, Contribution::verdict)
                .containsExactly(
                        tuple(Contribution.Kind.WORK_MODE, Verdict.PARTIAL),
                        tuple(Contribution.Kind.EMPLOYMENT_TYPE, Verdict.MATCHED),
                        tuple(Contribution.Kind.LANGUAGE, Verdict.PARTIAL),
                        tuple(Contribution.Kind.AVAILABILITY, Verdict.PARTIAL),
                        tuple(Contribution.Kind.RELOCATION, Verdict.MISSING));
        // Salary 0.8, place 0.5 (the country), mode 0.5, type 1, start 0.5, moving 0.
        assertThat(score.fit().jobForCandidate()).isEqualTo(5_500);
        assertThat(score.fit().wishes())
                .extracting(Contribution::points)
                .satisfies(points -> assertThat(
                                points.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(5_500));
        // (0.4 * 1 + 0.3 * 0.7 + 0.1 * 0.8 + 0.2 * 0) / 1
        assertThat(score.fit().candidateForJob()).isEqualTo(6_900);
    }

    @Test
    void knowsNoneOfTheWishesOfThoseWhoDeclaredNone() {
        Score score = engine.score(
                person(List.of("Cooking"), 0, null, "Osh"),
                new ScoringEngine.Position(conditions(90_000L, "onsite", "full_time", List.of())));

        assertThat(score.fit().jobForCandidate()).isNull();
        assertThat(score.part(ScorePart.WORKING_CONDITIONS).score()).isEqualTo(7_500);
        assertThat(score.part(ScorePart.WORKING_CONDITIONS).assessed()).isFalse();
    }

    @Test
    void hashesTheSameFactsAlikeAndOthersOtherwise() {
        ScoringEngine.Person one = person(List.of("Java", "SQL"), 31, EducationLevel.MASTER, "Osh");
        ScoringEngine.Person same = person(List.of("SQL", "Java", "Java"), 31, EducationLevel.MASTER, "Osh");
        ScoringEngine.Person other = person(List.of("SQL", "Java"), 32, EducationLevel.MASTER, "Osh");

        assertThat(one.text())
                .isEqualTo("{\"education\":\"MASTER\",\"experience_months\":31,\"location\":\"Osh\","
                        + "\"skills\":[\"Java\",\"SQL\"],\"title\":\"Software Engineer\",\"wishes\":{}}");
        assertThat(one.hash()).isEqualTo(same.hash()).matches("[0-9a-f]{32}").isNotEqualTo(other.hash());
        assertThat(Facts.read(one.text(), CandidateFacts.class)).isEqualTo(one.facts());
        JobFacts job = conditions(5L, "remote", null, List.of(new Language("English", null)));
        assertThat(Facts.read(Facts.write(job), JobFacts.class)).isEqualTo(job);
    }
}
