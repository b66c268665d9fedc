package ai.recruit.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What each part of a score counts for (table 1.R of the requirements, C09 and C11). Three profiles are documented:
 *
 * <ul>
 *   <li>{@value #MATCHING}: skills 0.4, experience 0.3, education 0.1, location 0.2;
 *   <li>{@value #RECRUITER}: skills 0.4, experience 0.3, education 0.1, working conditions 0.2;
 *   <li>{@value #MARKETPLACE}: skills 0.4, experience 0.3, salary 0.2, location 0.1.
 * </ul>
 *
 * @param weights basis points in the order of {@link ScorePart}; they add up to 10000
 */
record WeightProfile(String name, List<Integer> weights) {

    static final String MATCHING = "matching";
    static final String RECRUITER = "recruiter";
    static final String MARKETPLACE = "marketplace";

    private static final int WHOLE = 10_000;
    private static final ScorePart[] PARTS = ScorePart.values();

    WeightProfile {
        weights = List.copyOf(weights);
        if (weights.size() != PARTS.length
                || weights.stream().anyMatch(weight -> weight < 0)
                || weights.stream().mapToInt(Integer::intValue).sum() != WHOLE) {
            throw new IllegalArgumentException("Weights must be six, not negative, and add up to 10000: " + weights);
        }
    }

    /** A profile out of weights of any scale, in the order of {@link ScorePart}. They are brought to the sum of 10000. */
    static WeightProfile of(String name, int... shares) {
        long sum = 0;
        for (int share : shares) {
            if (share < 0) {
                throw new IllegalArgumentException("A weight of the profile " + name + " is negative");
            }
            sum += share;
        }
        if (sum == 0) {
            throw new IllegalArgumentException("At least one weight of the profile " + name + " must be above 0");
        }
        List<Integer> weights = new ArrayList<>(shares.length);
        long before = 0;
        int given = 0;
        for (int share : shares) {
            before += share;
            int until = (int) Rounding.share(before * WHOLE, sum);
            weights.add(until - given);
            given = until;
        }
        return new WeightProfile(name, weights);
    }

    /** Reads what {@link #version()} wrote. */
    static WeightProfile parse(String version) {
        int colon = version.indexOf(':');
        String[] numbers = version.substring(colon + 1).split("-", -1);
        int[] weights = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            weights[i] = Integer.parseInt(numbers[i]);
        }
        return of(version.substring(0, colon), weights);
    }

    /** Name and weights, for example {@code matching:4000-3000-1000-0-2000-0}. */
    String version() {
        return name + ":"
                + String.join("-", weights.stream().map(String::valueOf).toList());
    }

    int weight(ScorePart part) {
        return weights.get(part.ordinal());
    }

    /** The weighted mean of some parts in basis points, rounded half up; 0 when none of them counts. */
    int mean(ToIntFunction<ScorePart> scores, ScorePart... parts) {
        long sum = 0;
        long whole = 0;
        for (ScorePart part : parts) {
            sum += (long) weight(part) * scores.applyAsInt(part);
            whole += weight(part);
        }
        return whole == 0 ? 0 : (int) Rounding.share(sum, whole);
    }

    /** The weights that count, by the words of their parts. */
    Map<String, Integer> byPart() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (ScorePart part : PARTS) {
            weights.put(part.word(), weight(part));
        }
        return weights;
    }
}
