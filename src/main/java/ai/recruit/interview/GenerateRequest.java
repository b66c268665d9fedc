package ai.recruit.interview;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * For which questions somebody asks (requirements R281 to R285, and what is additive).
 *
 * @param positionId without it, the position that the candidate is at
 * @param questionCount without it 5, or as many as fit into {@code durationMinutes}
 */
record GenerateRequest(
        @Schema(example = "cand_0192f0c1a2b37c4d8e5f60718293a4b5") @Nullable String candidateId,

        @Schema(example = "pos_0192f0c1a2b37c4d8e5f60718293a4b6") @Nullable String positionId,

        @Schema(description = "1 to 50", example = "5") @Nullable Integer questionCount,

        @Schema(description = "`beginner`, `intermediate` or `advanced`", example = "intermediate") @Nullable String difficultyLevel,

        @Schema(
                description =
                        "Of `technical_skills`, `problem_solving`, `communication`, `career_history`, `teamwork`,"
                                + " `ownership`, `motivation`, `adaptability`, `leadership`, `customer_focus`; all of them without",
                example = "[\"technical_skills\", \"problem_solving\", \"communication\"]")
        @Nullable List<@Nullable String> focusAreas,

        @Schema(description = "The same seed gives the same questions; without one, one is drawn", example = "42")
        @Nullable Long seed,

        @Schema(description = "`en` or `ru`; without it as Accept-Language prefers", example = "en") @Nullable String language,

        @Schema(description = "5 to 480: all questions together take no longer", example = "45") @Nullable Integer durationMinutes) {

    static final int MOST_QUESTIONS = 50;
    /** Greatest integer that JavaScript reads exactly. */
    static final long MOST_SEED = 9_007_199_254_740_991L;

    private static final int USUAL_QUESTIONS = 5;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 480;
    private static final int LONGEST_ID = 100;

    /** The request once checked; {@code positionId} null for the candidate's own. */
    record Checked(String candidateId, @Nullable String positionId, QuestionSelection.Wanted wanted) {}

    /** @throws ai.recruit.kernel.Problem naming each wrong field */
    Checked checked(HttpHeaders headers) {
        FieldChecks checks = new FieldChecks();
        String candidate = checks.required("candidate_id", candidateId, LONGEST_ID);
        String position = checks.text("position_id", positionId, LONGEST_ID);
        if (questionCount != null && (questionCount < 1 || questionCount > MOST_QUESTIONS)) {
            checks.reject("question_count", "must be between 1 and " + MOST_QUESTIONS);
        }
        if (durationMinutes != null && (durationMinutes < SHORTEST || durationMinutes > LONGEST)) {
            checks.reject("duration_minutes", "must be between " + SHORTEST + " and " + LONGEST);
        }
        if (seed != null && (seed < 0 || seed > MOST_SEED)) {
            checks.reject("seed", "must be between 0 and " + MOST_SEED);
        }
        Difficulty difficulty = Difficulty.INTERMEDIATE;
        if (difficultyLevel != null) {
            difficulty = Difficulty.parse(difficultyLevel).orElse(null);
            if (difficulty == null) {
                checks.reject("difficulty_level", "must be beginner, intermediate or advanced");
                difficulty = Difficulty.INTERMEDIATE;
            }
        }
        Tongue tongue = Tongue.of(headers);
        if (language != null) {
            Tongue named = Tongue.parse(language).orElse(null);
            if (named == null) {
                checks.reject("language", "must be en or ru");
            } else {
                tongue = named;
            }
        }
        List<FocusArea> areas = areas(checks);
        checks.verify();
        int count = questionCount != null ? questionCount : durationMinutes != null ? MOST_QUESTIONS : USUAL_QUESTIONS;
        return new Checked(
                candidate,
                position,
                new QuestionSelection.Wanted(
                        count,
                        difficulty,
                        areas,
                        seed != null ? seed : ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE),
                        tongue,
                        durationMinutes));
    }

    private List<FocusArea> areas(FieldChecks checks) {
        List<FocusArea> all = Arrays.asList(FocusArea.values());
        if (focusAreas == null || focusAreas.isEmpty()) {
            return all;
        }
        if (focusAreas.size() > all.size()) {
            checks.reject("focus_areas", "must hold at most " + all.size() + " words");
            return all;
        }
        Set<FocusArea> areas = new LinkedHashSet<>();
        for (int i = 0; i < focusAreas.size(); i++) {
            String word = focusAreas.get(i);
            FocusArea area = word == null ? null : FocusArea.parse(word).orElse(null);
            if (area == null) {
                checks.reject("focus_areas[" + i + "]", "must be one of " + FocusArea.words());
            } else {
                areas.add(area);
            }
        }
        return areas.isEmpty() ? all : List.copyOf(areas);
    }
}
