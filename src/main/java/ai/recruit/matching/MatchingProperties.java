package ai.recruit.matching;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How matches are made.
 *
 * @param minimum the least score, 0 to 1, that is stored as a match
 * @param threshold the score, 0 to 1, from which on a match is a good one
 * @param profile the weights that stored matches are made with: {@code matching}, {@code recruiter} or
 *     {@code marketplace}
 * @param weights what each part counts for in each profile
 * @param grading from which score on a match is called what
 * @param concurrency how many jobs one node matches at once
 * @param recent how long a match is left as it is by a rematch that is not forced
 */
@ConfigurationProperties("recruit.matching")
record MatchingProperties(
        @DefaultValue("0.30") BigDecimal minimum,
        @DefaultValue("0.70") BigDecimal threshold,
        @DefaultValue(WeightProfile.MATCHING) String profile,
        @DefaultValue Weights weights,
        @DefaultValue Grading grading,
        @DefaultValue("2") int concurrency,
        @DefaultValue("24h") Duration recent) {

    private static final String SALARY_BUDGET = "0.3";

    MatchingProperties {
        share("minimum", minimum);
        share("threshold", threshold);
    }

    private static void share(String name, BigDecimal value) {
        if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("recruit.matching." + name + " must be between 0 and 1");
        }
    }

    record Weights(
            @DefaultValue Shares matching,
            @DefaultValue Shares recruiter,
            @DefaultValue Shares marketplace) {}

    /** What each part counts for; they need not add up to 1, and one that is not given is as documented. */
    record Shares(
            @Nullable BigDecimal skills,
            @Nullable BigDecimal experience,
            @Nullable BigDecimal education,
            @Nullable BigDecimal salary,
            @Nullable BigDecimal location,
            @Nullable BigDecimal workingConditions) {

        private WeightProfile profile(String name, String... documented) {
            return WeightProfile.of(
                    name,
                    or(skills, documented[0]),
                    or(experience, documented[1]),
                    or(education, documented[2]),
                    or(salary, documented[3]),
                    or(location, documented[4]),
                    or(workingConditions, documented[5]));
        }

        /** Without a weight of its own, location has a third of the salary's (C09). */
        private WeightProfile marketplace() {
            if (location != null) {
                return profile(WeightProfile.MARKETPLACE, "0.4", "0.3", "0", "0.2", "0.1", "0");
            }
            int budget = or(salary, SALARY_BUDGET);
            int third = (int) Rounding.share(budget, 3);
            return WeightProfile.of(
                    WeightProfile.MARKETPLACE,
                    or(skills, "0.4"),
                    or(experience, "0.3"),
                    or(education, "0"),
                    budget - third,
                    third,
                    or(workingConditions, "0"));
        }

        private static int or(@Nullable BigDecimal share, String documented) {
            return basisPoints(share == null ? new BigDecimal(documented) : share);
        }
    }

    /** The three documented profiles. */
    List<WeightProfile> profiles() {
        return List.of(
                weights.matching().profile(WeightProfile.MATCHING, "0.4", "0.3", "0.1", "0", "0.2", "0"),
                weights.recruiter().profile(WeightProfile.RECRUITER, "0.4", "0.3", "0.1", "0", "0", "0.2"),
                weights.marketplace().marketplace());
    }

    int minimumBasisPoints() {
        return basisPoints(minimum);
    }

    int thresholdBasisPoints() {
        return basisPoints(threshold);
    }

    static int basisPoints(BigDecimal share) {
        return share.movePointRight(4).setScale(0, RoundingMode.HALF_UP).intValueExact();
    }
}
