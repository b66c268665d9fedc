package ai.recruit.matching;

/**
 * One side of many pairs, made ready so that a row of the other side is scored by looking numbers up. It comes to the same
 * numbers as {@link ScoringEngine} for every pair. May be used by several threads, each with {@link PairNumbers} of its own.
 *
 * @param <S> the columns of the other side
 */
abstract class PairScorer<S extends Segment> {

    /** Tables hold this where nothing has been looked up yet; threads that look up the same write the same. */
    static final int UNKNOWN = 0;

    /** A pair that does not reach the score that was asked for. */
    static final int BELOW = -1;

    private static final int SKILLS = ScorePart.SKILLS.ordinal();
    private static final int SALARY = ScorePart.SALARY.ordinal();
    private static final int LOCATION = ScorePart.LOCATION.ordinal();
    private static final int CONDITIONS = ScorePart.WORKING_CONDITIONS.ordinal();

    private final int[] weights;
    private final boolean salaryCounts;
    private final boolean conditionsCount;

    PairScorer(WeightProfile profile) {
        this.weights = profile.weights().stream().mapToInt(Integer::intValue).toArray();
        this.salaryCounts = profile.weight(ScorePart.SALARY) > 0;
        this.conditionsCount = profile.weight(ScorePart.WORKING_CONDITIONS) > 0;
    }

    /** Sets the scores of experience and education. */
    abstract void facts(S segment, int row, PairNumbers into);

    abstract int salary(S segment, int row);

    abstract Place place(S segment, int row);

    /** @param place of the pair */
    abstract int conditions(S segment, int row, Place place);

    /** Sets the credit of each skill, or word of a title, that is asked for; gives back the score of the part. */
    abstract int skills(S segment, int row, PairNumbers into);

    /** All numbers of a pair. */
    final void score(S segment, int row, PairNumbers into) {
        facts(segment, row, into);
        Place place = place(segment, row);
        into.scores[LOCATION] = place.score();
        into.scores[SALARY] = salary(segment, row);
        into.scores[CONDITIONS] = conditions(segment, row, place);
        into.scores[SKILLS] = skills(segment, row, into);
        into.total(PartScores.total(weights, into.scores, into.points));
    }

    /**
     * The total of a pair, or {@link #BELOW} when it is under {@code least}: then the skills may not have been looked at.
     * The other numbers are not complete: what does not count is not looked at either.
     */
    final int total(S segment, int row, int least, PairNumbers into) {
        facts(segment, row, into);
        Place place = place(segment, row);
        into.scores[LOCATION] = place.score();
        if (salaryCounts) {
            into.scores[SALARY] = salary(segment, row);
        }
        if (conditionsCount) {
            into.scores[CONDITIONS] = conditions(segment, row, place);
        }
        into.scores[SKILLS] = PartScores.FULL;
        if (PartScores.total(weights, into.scores) < least) {
            return BELOW;
        }
        into.scores[SKILLS] = skills(segment, row, into);
        int total = PartScores.total(weights, into.scores);
        return total < least ? BELOW : total;
    }
}
