package ai.recruit.resume;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resume with the state of its processing.
 *
 * @param sha256 of its bytes, in hexadecimal digits
 * @param step the last stage that is behind it
 * @param progress 0 to 100
 * @param errorCode why it failed, for example {@code no_text_layer}; null unless it has failed
 */
record Resume(
        UUID id,
        UUID ownerId,
        @Nullable UUID batchId,
        @Nullable UUID candidateId,
        String filename,
        String mediaType,
        long size,
        String sha256,
        String blobKey,
        UUID jobId,
        State state,
        String step,
        int progress,
        int attempts,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        Instant createdAt,
        Instant updatedAt) {}
