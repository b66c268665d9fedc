package ai.recruit.interview;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an interview ended. */
record CompleteRequest(
        @Schema(description = "`passed`, `failed`, `undecided` or `no_show`", example = "passed") @Nullable String outcome,

        @Schema(example = "Strong in design, honest about what is missing.") @Nullable String summary) {

    private static final List<String> OUTCOMES = List.of("passed", "failed", "undecided", "no_show");
    private static final int LONGEST_SUMMARY = 10_000;

    /** @throws ai.recruit.kernel.Problem naming each wrong field */
    CompleteRequest checked() {
        FieldChecks checks = new FieldChecks();
        String word = checks.required("outcome", outcome, 100).toLowerCase(Locale.ROOT);
        if (!word.isEmpty() && !OUTCOMES.contains(word)) {
            checks.reject("outcome", "must be one of " + String.join(", ", OUTCOMES));
        }
        String text = checks.text("summary", summary, LONGEST_SUMMARY);
        checks.verify();
        return new CompleteRequest(word, text);
    }
}
