package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The matches of a candidate or a job in numbers (requirements R062, R063, R458 to R460; table 1.R, C39).
 *
 * @param totalMatches active matches that the caller sees
 * @param highMatches those of the tier high; see {@link Grading}
 * @param bestScore the highest score, 0 to 1
 * @param evaluated of a candidate: the active jobs, all of which are compared
 * @param goodMatches of a candidate: the matches at or above the threshold
 * @param matchRate of a candidate: what part of the evaluated jobs those are, percent with two decimals
 * @param viewedMatches of a job: the matches that somebody has looked at
 * @param viewRate of a job: what part of all matches those are, percent with two decimals
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatisticsResponse(
        boolean success,
        @Nullable String candidateId,
        @Nullable String jobId,
        long totalMatches,
        long highMatches,
        long mediumMatches,
        long lowMatches,
        @Nullable BigDecimal bestScore,
        @Nullable Long evaluated,
        @Nullable Long goodMatches,
        @Nullable BigDecimal matchRate,
        @Nullable Long viewedMatches,
        @Nullable BigDecimal viewRate) {

    static StatisticsResponse ofCandidate(String candidateId, MatchStatistics found, long evaluated) {
        return new StatisticsResponse(
                true,
                candidateId,
                null,
                found.total(),
                found.high(),
                found.medium(),
                found.low(),
                best(found),
                evaluated,
                found.good(),
                percent(found.good(), evaluated),
                null,
                null);
    }

    static StatisticsResponse ofJob(String jobId, MatchStatistics found) {
        return new StatisticsResponse(
                true,
                null,
                jobId,
                found.total(),
                found.high(),
                found.medium(),
                found.low(),
                best(found),
                null,
                null,
                null,
                found.viewed(),
                percent(found.viewed(), found.total()));
    }

    private static @Nullable BigDecimal best(MatchStatistics found) {
        return found.best() == null ? null : MatchResponse.share(found.best());
    }

    static BigDecimal percent(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO.setScale(2)
                : BigDecimal.valueOf(part).movePointRight(2).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP);
    }
}
