package ai.recruit.matching;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How matches are made.
 *
 * @param minimum the least score, 0 to 1, that is stored as a match
 * @param weights what each part counts for; they need not add up to 1
 * @param concurrency how many jobs one node matches at once
 */
@ConfigurationProperties("recruit.matching")
record MatchingProperties(
        @DefaultValue("0.30") BigDecimal minimum,
        @DefaultValue Weights weights,
        @DefaultValue("2") int concurrency) {

    MatchingProperties {
        if (minimum.signum() < 0 || minimum.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("recruit.matching.minimum must be between 0 and 1");
        }
    }

    /** The profile of the matching API: skills 0.4, experience 0.3, education 0.1, location 0.2. */
    record Weights(
            @DefaultValue("0.4") BigDecimal skills,
            @DefaultValue("0.3") BigDecimal experience,
            @DefaultValue("0.1") BigDecimal education,
            @DefaultValue("0.2") BigDecimal location) {

        ScoringEngine.Weights basisPoints() {
            return new ScoringEngine.Weights(
                    MatchingProperties.basisPoints(skills),
                    MatchingProperties.basisPoints(experience),
                    MatchingProperties.basisPoints(education),
                    MatchingProperties.basisPoints(location));
        }
    }

    int minimumBasisPoints() {
        return basisPoints(minimum);
    }

    static int basisPoints(BigDecimal share) {
        return share.movePointRight(4).setScale(0, RoundingMode.HALF_UP).intValueExact();
    }
}
