package ai.recruit.resume;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work on a resume that this process has claimed.
 *
 * @param worker names the claim: nobody else has it, and it ends when the lease is lost
 * @param stage the last stage that an earlier attempt has finished
 * @param attempt from 1
 * @param namedCandidateId whom the uploader named
 * @param candidateId whom an earlier attempt has found
 * @param receivedAt when it was uploaded
 */
record Job(
        UUID resumeId,
        UUID ownerId,
        UUID worker,
        Lane lane,
        int stage,
        int attempt,
        @Nullable UUID batchId,
        String blobKey,
        long size,
        String sha256,
        String source,
        @Nullable UUID namedCandidateId,
        @Nullable UUID candidateId,
        Instant receivedAt) {}
