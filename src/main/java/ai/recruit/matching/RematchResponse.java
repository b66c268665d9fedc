package ai.recruit.matching;

import ai.recruit.kernel.IdKind;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a request to match anew stands.
 *
 * @param taskId a UUID, version 4 (table 1.R of the requirements, C20)
 * @param estimatedMatches how many pairs there were to look at when it was asked for: jobs that share a skill with the
 *     candidate or ask for none, or candidates in the caller's pool. There cannot be more matches
 * @param progress 0 to 100
 * @param processed how many pairs have been looked at
 * @param matches how many matches there were at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RematchResponse(
        boolean success,
        String taskId,

        @Schema(allowableValues = {"queued", "running", "completed", "failed"})
        String status,

        @Nullable String candidateId,
        @Nullable String jobId,
        boolean force,
        long estimatedMatches,
        int progress,
        long processed,
        @Nullable Long matches,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String eventsUrl) {

    /** For the API description. */
    static final String EXAMPLE = """
            {"success": true, "task_id": "6f1c1b0e-52b1-4c6e-9d0a-3c2f6b8f1a90", "status": "queued",
             "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b5", "force": false, "estimated_matches": 128,
             "progress": 0, "processed": 0, "created_at": "2026-01-15T10:30:00.000Z",
             "events_url": "/api/matching/rematches/6f1c1b0e-52b1-4c6e-9d0a-3c2f6b8f1a90/events"}""";

    static RematchResponse of(Rematch rematch) {
        return new RematchResponse(
                true,
                rematch.id().toString(),
                rematch.status(),
                rematch.candidateId() == null ? null : IdKind.CANDIDATE.format(rematch.candidateId()),
                rematch.jobId() == null ? null : IdKind.JOB.format(rematch.jobId()),
                rematch.forced(),
                rematch.estimated(),
                rematch.progress(),
                rematch.processed(),
                rematch.matches(),
                rematch.createdAt().truncatedTo(ChronoUnit.MILLIS),
                millis(rematch.startedAt()),
                millis(rematch.finishedAt()),
                "/api/matching/rematches/" + rematch.id() + "/events");
    }

    private static @Nullable Instant millis(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
