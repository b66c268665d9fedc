package ai.recruit.interview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.kernel.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class QuestionSelectionTests {

    private static final Words POSITION = Words.same("Backend Engineer");
    private static final List<FocusArea> DOCUMENTED =
            List.of(FocusArea.TECHNICAL_SKILLS, FocusArea.PROBLEM_SOLVING, FocusArea.COMMUNICATION);

    private static final List<Evidence> EVIDENCE = List.of(
            skill(EvidenceKind.MISSING_REQUIREMENT, "Kafka"),
            skill(EvidenceKind.UNDATED_SKILL, "Docker"),
            Evidence.of(
                    EvidenceKind.EMPLOYMENT_GAP,
                    0,
                    Map.of("period", new Words("May 2019 to March 2020", "05.2019 — 03.2020")),
                    Words.same("a gap")),
            Evidence.of(
                    EvidenceKind.RECENT_JOB,
                    0,
                    Map.of("company", Words.same("Example Corp"), "role", Words.same("Engineer")),
                    Words.same("a job")));

    private final QuestionSelection selection = new QuestionSelection(QuestionBank.load());

    private static Evidence skill(EvidenceKind kind, String name) {
        return Evidence.of(kind, 0, Map.of("skill", Words.same(name)), Words.same("a skill"));
    }

    private static QuestionSelection.Wanted wanted(int count, List<FocusArea> areas, long seed) {
        return new QuestionSelection.Wanted(count, Difficulty.INTERMEDIATE, areas, seed, Tongue.EN, null);
    }

    private List<Question> select(QuestionSelection.Wanted wanted) {
        return selection.select(wanted, EVIDENCE, POSITION);
    }

    private static List<String> ids(List<Question> questions) {
        return questions.stream().map(Question::templateId).toList();
    }

    @Test
    void givesTheSameQuestionsForTheSameSeedWhateverTheMachine() {
        List<Question> once = select(wanted(20, DOCUMENTED, 42));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG", "ru-RU", "th-TH-u-ca-buddhist")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                assertThat(new QuestionSelection(QuestionBank.load())
                                .select(wanted(20, DOCUMENTED, 42), EVIDENCE, POSITION))
                        .isEqualTo(once);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        // Written down, so that another version of Java, of the bank or of the choice is noticed.
        assertThat(ids(select(wanted(6, DOCUMENTED, 42))))
                .isEqualTo(ids(once).subList(0, 6))
                .containsExactly(
                        "tech-missing-learned-similar",
                        "solve-gap-project",
                        "comm-job-news",
                        "tech-undated-went-wrong",
                        "solve-borrowed",
                        "comm-numbers");
    }

    @Test
    void doesNotDependOnTheOrderOfWhatIsKnown() {
        List<Evidence> shuffled = new ArrayList<>(EVIDENCE);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(shuffled, new Random(i));
            assertThat(selection.select(wanted(15, DOCUMENTED, 7), shuffled, POSITION))
                    .isEqualTo(select(wanted(15, DOCUMENTED, 7)));
        }
    }

    @Test
    void givesOtherQuestionsForOtherSeeds() {
        long different = IntStream.range(0, 50)
                .mapToObj(seed -> ids(select(wanted(5, DOCUMENTED, seed))))
                .distinct()
                .count();
        assertThat(different).isGreaterThan(40);
    }

    @Test
    void letsTheAreasTakeTurnsInTheirOrder() {
        List<Question> questions = select(wanted(6, DOCUMENTED, 1));
        assertThat(questions)
                .extracting(Question::category)
                .containsExactly(
                        "technical_skills",
                        "problem_solving",
                        "communication",
                        "technical_skills",
                        "problem_solving",
                        "communication");
        assertThat(questions).extracting(Question::id).containsExactly("q_1", "q_2", "q_3", "q_4", "q_5", "q_6");
        assertThat(questions).extracting(Question::difficulty).containsOnly("intermediate");
    }

    @Test
    void asksAboutWhatIsKnownOfTheCandidateFirst() {
        for (long seed = 0; seed < 50; seed++) {
            List<Question> questions = select(wanted(5, DOCUMENTED, seed));
            assertThat(questions.get(0).evidence().kind()).isIn("missing_requirement", "undated_skill");
            assertThat(questions.get(0).question()).containsAnyOf("Kafka", "Docker");
            assertThat(questions.stream()
                            .filter(one -> !one.evidence().kind().equals("general"))
                            .count())
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void repeatsNoQuestionAndLeavesNoPlaceholder() {
        for (Tongue tongue : Tongue.values()) {
            for (Difficulty difficulty : Difficulty.values()) {
                List<Question> questions = selection.select(
                        new QuestionSelection.Wanted(
                                50, difficulty, Arrays.asList(FocusArea.values()), 3, tongue, null),
                        EVIDENCE,
                        POSITION);
                assertThat(questions).hasSize(50);
                assertThat(questions).extracting(Question::question).doesNotHaveDuplicates();
                assertThat(questions).extracting(Question::templateId).doesNotHaveDuplicates();
                assertThat(questions).extracting(Question::question).noneMatch(text -> text.contains("{"));
            }
        }
    }

    @Test
    void givesFiftyQuestionsOfTheDocumentedAreasEvenWhenNothingIsKnown() {
        assertThat(selection.select(wanted(50, DOCUMENTED, 1), List.of(), POSITION))
                .hasSize(50);
    }

    @Test
    void givesFewerWhenAnAreaHasNoMore() {
        List<Question> questions = selection.select(wanted(50, List.of(FocusArea.TEAMWORK), 1), List.of(), POSITION);
        assertThat(questions).hasSizeBetween(20, 49);
        assertThat(questions).extracting(Question::category).containsOnly("teamwork");
    }

    @Test
    void staysWithinTheTime() {
        for (int minutes : new int[] {5, 12, 30, 45, 90}) {
            for (long seed = 0; seed < 20; seed++) {
                QuestionSelection.Wanted wanted =
                        new QuestionSelection.Wanted(50, Difficulty.ADVANCED, DOCUMENTED, seed, Tongue.EN, minutes);
                int sum = select(wanted).stream()
                        .mapToInt(Question::estimatedDurationMinutes)
                        .sum();
                assertThat(sum).isLessThanOrEqualTo(minutes).isGreaterThan(minutes - 5);
            }
        }
    }

    @Test
    void choosesTheSameQuestionsInEitherLanguage() {
        List<Question> english = select(wanted(10, DOCUMENTED, 5));
        List<Question> russian = selection.select(
                new QuestionSelection.Wanted(10, Difficulty.INTERMEDIATE, DOCUMENTED, 5, Tongue.RU, null),
                EVIDENCE,
                POSITION);
        assertThat(ids(russian)).isEqualTo(ids(english));
        assertThat(russian).extracting(Question::question).allMatch(text -> text.matches("(?s).*\\p{IsCyrillic}.*"));
    }

    @Test
    void putsValuesInAsTheyAre() {
        List<Question> questions = selection.select(
                wanted(1, List.of(FocusArea.TECHNICAL_SKILLS), 1),
                List.of(skill(EvidenceKind.MISSING_REQUIREMENT, "$1 {position} \\E")),
                POSITION);
        assertThat(questions.get(0).question()).contains("$1 {position} \\E");
    }

    @Test
    void understandsTheWordsOfOthersForADifficulty() {
        assertThat(Difficulty.parse(" Medium ")).contains(Difficulty.INTERMEDIATE);
        assertThat(Difficulty.parse("senior")).contains(Difficulty.ADVANCED);
        assertThat(Difficulty.parse("BEGINNER")).contains(Difficulty.BEGINNER);
        assertThat(Difficulty.parse("wizard")).isEmpty();
    }

    @Test
    void takesAsManyAsFitWhenOnlyTheTimeIsGiven() {
        GenerateRequest request = new GenerateRequest("cand_1", "pos_1", null, null, null, null, null, 30);
        assertThat(request.checked(new HttpHeaders()).wanted().count()).isEqualTo(50);
        GenerateRequest nothing = new GenerateRequest("cand_1", "pos_1", null, null, null, null, null, null);
        QuestionSelection.Wanted wanted = nothing.checked(new HttpHeaders()).wanted();
        assertThat(wanted.count()).isEqualTo(5);
        assertThat(wanted.difficulty()).isEqualTo(Difficulty.INTERMEDIATE);
        assertThat(wanted.areas()).containsExactly(FocusArea.values());
        assertThat(wanted.seed()).isBetween(0L, (long) Integer.MAX_VALUE);
    }

    @Test
    void namesEachWrongField() {
        GenerateRequest request =
                new GenerateRequest(null, null, 51, "wizard", List.of("teamwork", "astrology"), -1L, "de", 4);
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                Problem.class, () -> request.checked(new HttpHeaders()))
                        .details())
                .extracting(detail -> detail.field())
                .containsExactlyInAnyOrder(
                        "candidate_id",
                        "question_count",
                        "difficulty_level",
                        "focus_areas[1]",
                        "seed",
                        "language",
                        "duration_minutes");
    }
}
