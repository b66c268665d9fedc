package ai.recruit.resume;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that came in one request.
 *
 * @param total how many files there were
 * @param accepted how many of them were taken in
 * @param completed of those taken in, with those that had been there before
 * @param queued how many wait, and {@code processing} how many are being worked on
 */
record Batch(
        UUID id,
        int total,
        int accepted,
        int completed,
        int failed,
        int queued,
        int processing,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt) {

    int progress() {
        return progress(total, accepted, completed, failed);
    }

    /** Percent, rounded down, of files that have come to their end; those refused at the door have. */
    static int progress(int total, int accepted, int completed, int failed) {
        return total == 0 ? 100 : (int) (100L * (total - accepted + completed + failed) / total);
    }

    /** One file of a batch: a resume, or a refusal with code and message. */
    record Item(
            int position,
            String filename,
            @Nullable UUID resumeId,
            boolean duplicate,
            @Nullable String state,
            @Nullable String code,
            @Nullable String message) {}
}
