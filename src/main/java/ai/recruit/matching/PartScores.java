package ai.recruit.matching;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of each part, out of plain numbers: the formulas that {@link ScoringEngine} documents, in the one place where
 * both the engine, which explains, and the rankings, which go through a million rows, take them from.
 */
final class PartScores {

    static final int FULL = 10_000;
    static final int NEUTRAL = 7_500;
    static final int HALF = 5_000;

    /** Stands for what is not known or not asked for, where no null can. */
    static final int NONE = -1;

    private static final int REQUIRED = 8_000;
    private static final int PREFERRED = 2_000;
    private static final int YEAR = 12;
    private static final int MONTH_OF_DAYS = 30;
    private static final String HYBRID_MODE = "hybrid";

    private PartScores() {}

    /** What a skill counts for beside the others: whole numbers in the proportion of required to preferred. */
    static long unit(boolean isRequired, int required, int preferred) {
        if (required == 0 || preferred == 0) {
            return 1;
        }
        return isRequired ? (long) REQUIRED * preferred : (long) PREFERRED * required;
    }

    /**
     * @param required how many required skills there are
     * @param requiredCredit what they have earned together
     * @param preferred how many preferred skills there are
     * @param preferredCredit what they have earned together
     */
    static int skills(int required, long requiredCredit, int preferred, long preferredCredit) {
        if (required + preferred == 0) {
            return 0;
        }
        long ofRequired = unit(true, required, preferred);
        long ofPreferred = unit(false, required, preferred);
        return (int) Rounding.share(
                ofRequired * requiredCredit + ofPreferred * preferredCredit,
                ofRequired * required + ofPreferred * preferred);
    }

    /** @param least the months that are asked for, 0 when none are */
    static int experience(int months, int least) {
        if (months < least) {
            return (int) Rounding.share(7000L * months, least);
        }
        int more = Math.min(months - least, 100 * YEAR);
        return Math.min(FULL, 7000 + more / YEAR * 750 + more % YEAR * 750 / YEAR);
    }

    /**
     * @param has the ordinal of the level, or {@link #NONE}
     * @param asked the ordinal of the level, or {@link #NONE}
     */
    static int education(int has, int asked) {
        if (asked == NONE) {
            return 8000;
        }
        if (has == NONE) {
            return 0;
        }
        int above = has - asked;
        return switch (above) {
            case -1 -> HALF;
            case -2 -> 2500;
            default -> above < 0 ? 0 : Math.min(FULL, 8000 + above * 1000);
        };
    }

    /** Of amounts that can be compared; {@link #NEUTRAL} where they cannot. */
    static int salary(long wanted, long offer) {
        if (offer >= wanted) {
            return FULL;
        }
        long lacking = Rounding.share(2L * FULL * (wanted - offer), wanted);
        return (int) Math.max(0, FULL - lacking);
    }

    /** The mean of what declared conditions have earned. */
    static int conditions(long credit, int count) {
        return count == 0 ? NEUTRAL : (int) Rounding.share(credit, count);
    }

    static int workMode(List<String> accepted, String mode) {
        boolean halfway = mode.equals(HYBRID_MODE) || accepted.contains(HYBRID_MODE);
        return accepted.contains(mode) ? FULL : halfway ? HALF : 0;
    }

    static int employmentType(List<String> accepted, String type) {
        return accepted.contains(type) ? FULL : 0;
    }

    /** What one spoken language earns where another, or the same, is asked for. */
    static int language(Language has, Language asked) {
        if (!has.name().equalsIgnoreCase(asked.name())) {
            return 0;
        }
        boolean enough =
                asked.level() == null || has.level() != null && has.level().compareTo(asked.level()) >= 0;
        return enough ? FULL : HALF;
    }

    /** What the best of the spoken languages earns. */
    static int language(List<Language> spoken, Language asked) {
        int best = 0;
        for (Language has : spoken) {
            best = Math.max(best, language(has, asked));
        }
        return best;
    }

    static int availability(int available, int start) {
        int late = available - start;
        return late <= 0 ? FULL : late <= MONTH_OF_DAYS ? HALF : 0;
    }

    static int relocation(boolean moves) {
        return moves ? FULL : 0;
    }

    static int ordinal(@Nullable Enum<?> level) {
        return level == null ? NONE : level.ordinal();
    }

    /**
     * Cuts the total into what each part adds to it.
     *
     * @param weights in the order of {@link ScorePart}; they add up to 10000
     * @param scores in the same order
     * @param points is filled
     * @return the total, which is the weighted mean rounded half up
     */
    static int total(int[] weights, int[] scores, int[] points) {
        long before = 0;
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            before += (long) weights[i] * scores[i];
            int until = (int) Rounding.share(before, FULL);
            points[i] = until - given;
            given = until;
        }
        return given;
    }

    /** The total alone: the weighted mean, rounded half up. */
    static int total(int[] weights, int[] scores) {
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (long) weights[i] * scores[i];
        }
        return (int) Rounding.share(sum, FULL);
    }
}
