package ai.recruit.interview;

import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The answer to a request for questions (requirements R286 to R294, and what is additive). */
record GeneratedInterview(
        @Schema(example = "int_0192f0c1a2b37c4d8e5f60718293a4b7")
        String interviewId,

        @Schema(example = "cand_0192f0c1a2b37c4d8e5f60718293a4b5")
        String candidateId,

        @Schema(example = "pos_0192f0c1a2b37c4d8e5f60718293a4b6")
        String positionId,

        List<Question> questions,
        Instant generatedAt,

        @Schema(description = "Fewer than asked for when the areas or the time give no more", example = "5")
        int totalQuestions,

        @Schema(example = "29") int totalEstimatedDurationMinutes,
        @Schema(example = "generated") String status,
        @Schema(example = "intermediate") String difficultyLevel,
        List<String> focusAreas,
        @Schema(example = "en") String language,

        @Schema(description = "Send it again to get the same questions", example = "42")
        long seed) {

    static GeneratedInterview of(NewInterview interview, Instant at) {
        QuestionSelection.Wanted wanted = interview.wanted();
        return new GeneratedInterview(
                IdKind.INTERVIEW.format(interview.id()),
                IdKind.CANDIDATE.format(interview.candidateId()),
                IdKind.position(interview.positionId()),
                interview.questions(),
                at.truncatedTo(ChronoUnit.MILLIS),
                interview.questions().size(),
                interview.totalMinutes(),
                InterviewStatus.GENERATED.word(),
                wanted.difficulty().word(),
                wanted.areas().stream().map(FocusArea::word).toList(),
                wanted.tongue().word(),
                wanted.seed());
    }
}
