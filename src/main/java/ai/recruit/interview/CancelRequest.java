package ai.recruit.interview;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why an interview does not take place. */
record CancelRequest(
        @Schema(example = "The position is filled.") @Nullable String reason) {

    private static final int LONGEST_REASON = 2000;

    /** @throws ai.recruit.kernel.Problem naming each wrong field */
    CancelRequest checked() {
        FieldChecks checks = new FieldChecks();
        String text = checks.text("reason", reason, LONGEST_REASON);
        checks.verify();
        return new CancelRequest(text);
    }
}
