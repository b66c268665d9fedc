package ai.recruit.interview;

import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** The questions of an interview (requirements R295 to R298). */
record InterviewQuestions(
        @Schema(example = "int_0192f0c1a2b37c4d8e5f60718293a4b7")
        String interviewId,

        List<Question> questions,
        @Schema(example = "5") int totalQuestions,
        @Schema(example = "30") int totalEstimatedDurationMinutes) {

    static InterviewQuestions of(UUID id, List<Question> questions) {
        return new InterviewQuestions(
                IdKind.INTERVIEW.format(id),
                questions,
                questions.size(),
                questions.stream().mapToInt(Question::estimatedDurationMinutes).sum());
    }
}
