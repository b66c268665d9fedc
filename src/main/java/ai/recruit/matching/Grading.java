package ai.recruit.matching;

import java.math.BigDecimal;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From which score on a match is called what (table 1.R of the requirements, C39). All are 0 to 1.
 *
 * @param high the least score of the tier {@code high}
 * @param medium the least score of the tier {@code medium}; below it is {@code low}
 * @param strongRecommend the least score of {@code STRONG_RECOMMEND}
 * @param recommend the least score of {@code RECOMMEND}
 * @param consider the least score of {@code CONSIDER}; below it is {@code NOT_RECOMMEND}
 */
record Grading(
        @DefaultValue("0.80") BigDecimal high,
        @DefaultValue("0.60") BigDecimal medium,
        @DefaultValue("0.90") BigDecimal strongRecommend,
        @DefaultValue("0.75") BigDecimal recommend,
        @DefaultValue("0.60") BigDecimal consider) {

    private static final String PREFIX = "recruit.matching.grading.";

    Grading {
        descending("high", high, "medium", medium);
        descending("strong-recommend", strongRecommend, "recommend", recommend);
        descending("recommend", recommend, "consider", consider);
    }

    private static void descending(String upper, BigDecimal above, String lower, BigDecimal below) {
        if (below.signum() < 0 || above.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(PREFIX + upper + " and " + PREFIX + lower + " must be between 0 and 1");
        }
        if (above.compareTo(below) <= 0) {
            throw new IllegalArgumentException(PREFIX + upper + " must be above " + PREFIX + lower);
        }
    }

    /** @param score basis points */
    String tier(int score) {
        return score >= basisPoints(high) ? "high" : score >= basisPoints(medium) ? "medium" : "low";
    }

    /** @param score basis points; judged as shown, out of 100 and rounded half up */
    Recommendation recommendation(int score) {
        int shown = (int) Rounding.share(score, 100) * 100;
        return shown >= basisPoints(strongRecommend)
                ? Recommendation.STRONG_RECOMMEND
                : shown >= basisPoints(recommend)
                        ? Recommendation.RECOMMEND
                        : shown >= basisPoints(consider) ? Recommendation.CONSIDER : Recommendation.NOT_RECOMMEND;
    }

    private static int basisPoints(BigDecimal share) {
        return MatchingProperties.basisPoints(share);
    }
}
