package ai.recruit.matching;

import org.jspecify.annotations.Nullable;

/**
 * Matches counted.
 *
 * @param good those at or above the threshold
 * @param viewed those that somebody has looked at
 * @param best the highest score in basis points; null without matches
 */
record MatchStatistics(
        long total,
        long high,
        long medium,
        long low,
        long good,
        long viewed,
        @Nullable Integer best) {}
