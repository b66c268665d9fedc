package ai.recruit.matching;

import ai.recruit.candidate.Wishes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account says of its own person for matching.
 *
 * @param skills as the person words them
 * @param experienceMonths null when it is not told
 * @param createdAt of what is stored; null before
 * @param updatedAt of what is stored; null before
 */
record MatchingProfile(
        List<String> skills,
        @Nullable Integer experienceMonths,
        Wishes wishes,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {}
