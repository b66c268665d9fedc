package ai.recruit.interview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionBankTests {

    /** What a recruiter must not ask about, however it is wrapped. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(how old|your age|birth|married|marriage|husband|wife|spouse|child|children|pregnan|family|religio|church"
                    + "|pray|nationalit|citizen|native country|ethnic|race|disab|illness|sick|health|doctor|sexual"
                    + "|gender|union|politic|military)"
                    + "|возраст|сколько вам лет|рожден|замуж|женат|супруг|дети|детей|ребён|беремен|семь|семей|религи"
                    + "|вероиспов|национальност|гражданств|этнич|инвалид|болезн|больничн|здоров|пол\\b|профсоюз|полити"
                    + "|армии",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final List<QuestionTemplate> templates = QuestionBank.load().templates();

    private static List<QuestionTemplate> read(String text) throws Exception {
        return QuestionBank.read(
                "test", FocusArea.TEAMWORK, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void holdsAtLeastThreeHundredQuestionsInBothLanguages() {
        assertThat(templates).hasSizeGreaterThanOrEqualTo(300);
        assertThat(templates).allSatisfy(template -> {
            assertThat(template.text().en()).hasSizeBetween(20, 400);
            assertThat(template.text().ru()).hasSizeBetween(20, 400);
            assertThat(template.text().en()).matches(".*[.?!]");
            assertThat(template.text().ru()).matches(".*[.?!]");
        });
        assertThat(templates).extracting(QuestionTemplate::id).doesNotHaveDuplicates();
    }

    @Test
    void coversEveryAreaAtEveryDifficultyAndEveryKindOfEvidence() {
        for (FocusArea area : FocusArea.values()) {
            for (Difficulty difficulty : Difficulty.values()) {
                assertThat(templates)
                        .as(area + " " + difficulty)
                        .filteredOn(one -> one.area() == area && one.difficulty() == difficulty)
                        .hasSizeGreaterThanOrEqualTo(6)
                        .anyMatch(one -> one.about() == EvidenceKind.GENERAL);
            }
        }
        assertThat(templates.stream().map(QuestionTemplate::about).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(EvidenceKind.values());
    }

    @Test
    void asksNothingThatTheLawForbidsToAsk() {
        assertThat(templates).allSatisfy(template -> {
            assertThat(FORBIDDEN.matcher(template.text().en()).find())
                    .as(template.text().en())
                    .isFalse();
            assertThat(FORBIDDEN.matcher(template.text().ru()).find())
                    .as(template.text().ru())
                    .isFalse();
        });
    }

    @Test
    void asksNoTwoQuestionsThatAreAlmostTheSame() {
        for (Tongue tongue : Tongue.values()) {
            List<Set<String>> words = templates.stream()
                    .map(template -> words(template.text().in(tongue)))
                    .toList();
            for (int i = 0; i < words.size(); i++) {
                for (int j = i + 1; j < words.size(); j++) {
                    Set<String> shared = new HashSet<>(words.get(i));
                    shared.retainAll(words.get(j));
                    Set<String> all = new HashSet<>(words.get(i));
                    all.addAll(words.get(j));
                    assertThat((double) shared.size() / all.size())
                            .as(templates.get(i).id() + " and "
                                    + templates.get(j).id())
                            .isLessThan(0.6);
                }
            }
        }
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
                .filter(word -> word.length() > 2)
                .collect(Collectors.toSet());
    }

    @Test
    void takesLongerForHarderQuestions() {
        double[] minutes = Arrays.stream(Difficulty.values())
                .mapToDouble(difficulty -> templates.stream()
                        .filter(one -> one.difficulty() == difficulty)
                        .mapToInt(QuestionTemplate::minutes)
                        .average()
                        .orElse(0))
                .toArray();
        assertThat(minutes).isSorted();
        assertThat(minutes[0]).isBetween(3.0, 5.0);
        assertThat(minutes[2]).isBetween(6.0, 9.0);
    }

    @Test
    void readsABlock() throws Exception {
        assertThat(read("# remark\nteam-x beginner 4 used_skill\nWhy {skill}?\nПочему {skill}?\n\n"))
                .containsExactly(new QuestionTemplate(
                        "team-x",
                        FocusArea.TEAMWORK,
                        Difficulty.BEGINNER,
                        4,
                        EvidenceKind.USED_SKILL,
                        new Words("Why {skill}?", "Почему {skill}?")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team-x beginner 4 general\nWhy?",
                "team-x beginner 4 general\nWhy?\nПочему?\nWarum?",
                "TeamX beginner 4 general\nWhy?\nПочему?",
                "team-x simple 4 general\nWhy?\nПочему?",
                "team-x beginner 1 general\nWhy?\nПочему?",
                "team-x beginner 21 general\nWhy?\nПочему?",
                "team-x beginner many general\nWhy?\nПочему?",
                "team-x beginner 4 gossip\nWhy?\nПочему?",
                "team-x beginner 4\nWhy?\nПочему?",
                "team-x beginner 4 used_skill\nWhy {skill}?\nПочему?",
                "team-x beginner 4 used_skill\nWhy?\nПочему?",
                "team-x beginner 4 used_skill\nWhy {company}?\nПочему {company}?",
                "team-x beginner 4 general\nПочему?\nWhy?",
            })
    void refusesABlockThatIsWrong(String block) {
        assertThatThrownBy(() -> read(block)).isInstanceOf(IllegalStateException.class);
    }
}
