package ai.recruit.matching;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to match a candidate or a job anew.
 *
 * @param id the task id that clients know it by
 * @param ownerId the account that asked
 * @param everybody whether a job is matched with the candidates of all accounts
 * @param forced whether recent matches are made anew too
 * @param status {@code queued}, {@code running}, {@code completed} or {@code failed}
 * @param estimated how many pairs there were to look at
 * @param processed how many have been looked at
 * @param matches how many matches there were at the end; null before
 */
record Rematch(
        UUID id,
        UUID ownerId,
        @Nullable UUID candidateId,
        @Nullable UUID jobId,
        boolean everybody,
        boolean forced,
        String status,
        long estimated,
        long processed,
        @Nullable Long matches,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    boolean isOver() {
        return status.equals("completed") || status.equals("failed");
    }

    /** 0 to 100. */
    int progress() {
        return status.equals("completed") ? 100 : estimated == 0 ? 0 : (int) Math.min(99, processed * 100 / estimated);
    }
}
