package ai.recruit.interview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A question of an interview, as it is stored and sent (requirements R289 to R293, and what is additive).
 *
 * @param id within the interview, for example {@code q_1}
 * @param estimatedDurationMinutes question and answer
 * @param templateId additive: which question of the bank it is made from
 * @param evidence additive: why it is asked
 * @param followUp additive: a question to ask after the answer, where a language model has written one
 */
record Question(
        @Schema(example = "q_1") String id,

        @Schema(example = "You list Kafka, but no dated job names it. Where did you use it, and what for?")
        String question,

        @Schema(example = "technical_skills") String category,
        @Schema(example = "intermediate") String difficulty,
        @Schema(example = "5") int estimatedDurationMinutes,
        @Schema(example = "tech-undated-where") String templateId,
        Reason evidence,

        @Schema(description = "Only where a language model has written one")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String followUp) {

    /** The same question with a follow-up; without one when there is none. */
    Question with(@Nullable String text) {
        return new Question(id, question, category, difficulty, estimatedDurationMinutes, templateId, evidence, text);
    }

    /**
     * Why a question is asked.
     *
     * @param kind for example {@code undated_skill} or {@code general}
     * @param reason one sentence in the language of the questions
     */
    record Reason(
            @Schema(example = "undated_skill") String kind,

            @Schema(example = "The profile claims Kafka; no dated job names it")
            String reason) {}
}
