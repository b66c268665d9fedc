package ai.recruit.interview;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scorecard on the wire. */
record Scorecard(
        @Schema(example = "usr_0192f0c1a2b37c4d8e5f60718293a4b9")
        String interviewer,

        @Schema(description = "`draft` or `submitted`", example = "submitted")
        String status,

        List<Rating> ratings,
        @Schema(example = "yes") @Nullable String recommendation,
        @Nullable String summary,
        Instant updatedAt,
        @Nullable Instant submittedAt) {}
