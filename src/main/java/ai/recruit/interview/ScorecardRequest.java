package ai.recruit.interview;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An interviewer's judgement: a draft that can be rewritten, or, once submitted, for good. */
record ScorecardRequest(
        @Schema(description = "At most 100; at least one to submit") @Nullable List<@Nullable Rating> ratings,

        @Schema(description = "`strong_yes`, `yes`, `no` or `strong_no`; needed to submit", example = "yes") @Nullable String recommendation,

        @Schema(example = "Solid engineer; would work with her.") @Nullable String summary,

        @Schema(description = "`draft` (without it) or `submitted`, which is final", example = "submitted") @Nullable String status) {

    static final String DRAFT = "draft";
    static final String SUBMITTED = "submitted";

    private static final List<String> RECOMMENDATIONS = List.of("strong_yes", "yes", "no", "strong_no");
    private static final Pattern QUESTION = Pattern.compile("q_([1-9]\\d{0,3})");
    private static final int MOST_RATINGS = 100;
    private static final int MOST_POINTS = 5;
    private static final int LONGEST_CRITERION = 100;
    private static final int LONGEST_COMMENT = 2000;
    private static final int LONGEST_SUMMARY = 10_000;

    boolean submitted() {
        return SUBMITTED.equals(status);
    }

    List<Rating> given() {
        return ratings == null
                ? List.of()
                : ratings.stream().map(java.util.Objects::requireNonNull).toList();
    }

    /**
     * @param questions how many the interview has
     * @throws ai.recruit.kernel.Problem naming each wrong field
     */
    ScorecardRequest checked(int questions) {
        FieldChecks checks = new FieldChecks();
        String state = status == null ? DRAFT : status.strip().toLowerCase(Locale.ROOT);
        if (!state.equals(DRAFT) && !state.equals(SUBMITTED)) {
            checks.reject("status", "must be draft or submitted");
        }
        List<Rating> clean = ratings(checks, questions);
        String word = checks.text("recommendation", recommendation, LONGEST_CRITERION);
        if (word != null) {
            word = word.toLowerCase(Locale.ROOT);
            if (!RECOMMENDATIONS.contains(word)) {
                checks.reject("recommendation", "must be one of " + String.join(", ", RECOMMENDATIONS));
            }
        }
        String text = checks.text("summary", summary, LONGEST_SUMMARY);
        if (state.equals(SUBMITTED)) {
            if (recommendation == null || recommendation.isBlank()) {
                checks.reject("recommendation", "is required to submit");
            }
            if (ratings == null || ratings.isEmpty()) {
                checks.reject("ratings", "must hold at least one rating to submit");
            }
        }
        checks.verify();
        return new ScorecardRequest(new ArrayList<>(clean), word, text, state);
    }

    private List<Rating> ratings(FieldChecks checks, int questions) {
        List<Rating> clean = new ArrayList<>();
        if (ratings == null) {
            return clean;
        }
        if (ratings.size() > MOST_RATINGS) {
            checks.reject("ratings", "must hold at most " + MOST_RATINGS);
            return clean;
        }
        Set<String> rated = new HashSet<>();
        for (int i = 0; i < ratings.size(); i++) {
            String field = "ratings[" + i + "]";
            Rating rating = ratings.get(i);
            if (rating == null) {
                checks.reject(field, "is required");
                continue;
            }
            String question = checks.text(field + ".question_id", rating.questionId(), LONGEST_CRITERION);
            String criterion = checks.text(field + ".criterion", rating.criterion(), LONGEST_CRITERION);
            if ((question == null) == (criterion == null)) {
                checks.reject(field, "must have either question_id or criterion");
            }
            if (question != null && !asked(question, questions)) {
                checks.reject(field + ".question_id", "is no question of this interview");
            }
            String what = question != null ? "q " + question : "c " + lower(criterion);
            if (!rated.add(what)) {
                checks.reject(field, "rates the same as an earlier one");
            }
            Integer score = rating.score();
            if (score == null || score < 1 || score > MOST_POINTS) {
                checks.reject(field + ".score", "must be a whole number from 1 to " + MOST_POINTS);
            }
            clean.add(new Rating(
                    question, criterion, score, checks.text(field + ".comment", rating.comment(), LONGEST_COMMENT)));
        }
        return clean;
    }

    private static boolean asked(String question, int questions) {
        Matcher number = QUESTION.matcher(question);
        return number.matches() && Integer.parseInt(number.group(1)) <= questions;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
