package ai.recruit.interview;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interview on the wire; times are ISO 8601 in UTC. It is read from the row that lists give, so both are the same.
 *
 * @param candidateName as it was when the questions were made
 * @param myScorecard {@code open} or {@code submitted}; null for who is no interviewer
 * @param outcome with {@code summary} and {@code cancelReason} null to an interviewer whose scorecard is open, unless the
 *     words are their own
 */
record InterviewResponse(
        @Schema(example = "int_0192f0c1a2b37c4d8e5f60718293a4b7")
        String interviewId,

        @Schema(example = "cand_0192f0c1a2b37c4d8e5f60718293a4b5")
        String candidateId,

        @Schema(example = "Anna Testova") @Nullable String candidateName,

        @Schema(example = "pos_0192f0c1a2b37c4d8e5f60718293a4b6")
        String positionId,

        @Schema(example = "Software Engineer") String positionTitle,

        @Schema(description = "`generated`, `scheduled`, `completed` or `cancelled`", example = "scheduled")
        String status,

        @Schema(example = "usr_0192f0c1a2b37c4d8e5f60718293a4b8")
        String ownerId,

        @Schema(example = "intermediate") String difficultyLevel,

        @Schema(example = "[\"technical_skills\", \"communication\"]")
        List<String> focusAreas,

        @Schema(example = "en") String language,
        @Schema(example = "42") long seed,
        @Schema(example = "5") int totalQuestions,
        @Schema(example = "29") int totalEstimatedDurationMinutes,

        @Schema(example = "2026-12-01T09:00:00.000Z") @Nullable String scheduledAt,

        @Schema(example = "60") @Nullable Integer durationMinutes,
        @Schema(example = "Asia/Bishkek") @Nullable String timeZone,
        @Schema(example = "Room 4") @Nullable String location,

        @Schema(example = "https://meet.example.com/4f2a") @Nullable
        String url,

        @Schema(example = "[\"usr_0192f0c1a2b37c4d8e5f60718293a4b9\"]")
        List<String> interviewers,

        @Schema(example = "open") @Nullable String myScorecard,

        @Schema(description = "`passed`, `failed`, `undecided` or `no_show`") @Nullable String outcome,

        @Nullable String summary,
        @Nullable String cancelReason,
        @Schema(example = "2026-11-24T11:00:00.000Z") String generatedAt,
        @Schema(example = "2026-11-24T11:05:00.000Z") String updatedAt,
        @Schema(example = "2") long version) {

    String tag() {
        return StoredInterview.tag(version, myScorecard);
    }
}
