package ai.recruit.interview;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an interviewer thinks of one answer or in one respect.
 *
 * @param questionId of the interview's questions; null for a criterion
 * @param criterion in the interviewer's words; null for a question
 */
record Rating(
        @Schema(example = "q_1") @Nullable String questionId,
        @Schema(example = "Systems thinking") @Nullable String criterion,

        @Schema(description = "1 (poor) to 5 (excellent)", example = "4") @Nullable Integer score,

        @Schema(example = "Named the trade-offs before being asked.") @Nullable String comment) {}
