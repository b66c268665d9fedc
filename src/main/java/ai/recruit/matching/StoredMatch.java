package ai.recruit.matching;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A match as it was stored. Matches of older rules have no hashes and no facts.
 *
 * @param score basis points
 * @param candidateText the facts that it was made from, as hashed
 * @param jobText the facts that it was made from, as hashed
 * @param viewedAt in the public spelling, as the other times
 */
record StoredMatch(
        UUID id,
        UUID candidateId,
        UUID jobId,
        int score,
        String explanation,
        String engineVersion,
        @Nullable String lexiconHash,
        @Nullable String inputsHash,
        @Nullable String scoreHash,
        @Nullable String candidateText,
        @Nullable String jobText,
        @Nullable String viewedAt,
        String createdAt,
        String updatedAt) {}
