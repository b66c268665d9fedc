package ai.recruit.matching;

import java.util.List;

/** How the place of a job and that of a candidate go together. */
enum Place {
    NONE_ASKED(PartScores.NEUTRAL, Verdict.NOT_ASSESSED),
    REMOTE(PartScores.FULL, Verdict.MATCHED),
    SAME(PartScores.FULL, Verdict.MATCHED),
    WISHED(PartScores.FULL, Verdict.MATCHED),
    MOVES(PartScores.NEUTRAL, Verdict.PARTIAL),
    REGION(PartScores.HALF, Verdict.PARTIAL),
    UNKNOWN(PartScores.HALF, Verdict.NOT_ASSESSED),
    ELSEWHERE(0, Verdict.MISSING);

    private final int score;
    private final Verdict verdict;

    Place(int score, Verdict verdict) {
        this.score = score;
        this.verdict = verdict;
    }

    int score() {
        return score;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Whether a declared readiness to move has something to say here. */
    boolean asksToMove() {
        return this == MOVES || this == REGION || this == ELSEWHERE;
    }

    /**
     * Of a job at a place.
     *
     * @param lives how the place where the candidate lives compares
     * @param wished whether a place that they wish for is the same
     * @param moves whether they would move
     */
    static Place of(Place lives, boolean wished, boolean moves) {
        if (lives == SAME) {
            return SAME;
        }
        return wished ? WISHED : moves ? MOVES : lives;
    }

    /**
     * How the place where somebody lives compares: {@link #SAME}, {@link #REGION}, {@link #ELSEWHERE} or {@link #UNKNOWN}.
     *
     * @param has the parts of the place, from the smallest; empty when it is not known
     * @param wanted the parts of the place; not empty
     */
    static Place lives(List<String> has, List<String> wanted) {
        return has.isEmpty() ? UNKNOWN : compare(has, wanted);
    }

    /** Whether one of the places is the same. */
    static boolean wished(List<List<String>> places, List<String> wanted) {
        for (List<String> place : places) {
            if (compare(place, wanted) == SAME) {
                return true;
            }
        }
        return false;
    }

    /** How a place compares with the one that is wanted: {@link #SAME}, {@link #REGION} or {@link #ELSEWHERE}. */
    static Place compare(List<String> has, List<String> wanted) {
        if (has.isEmpty()) {
            return ELSEWHERE;
        }
        // "Berlin, Germany": the first part is the place itself, what follows is where that lies.
        if (has.get(0).equals(wanted.get(0)) || has.contains(wanted.get(0)) && wanted.size() == 1) {
            return SAME;
        }
        for (String part : wanted) {
            if (has.contains(part)) {
                return REGION;
            }
        }
        return ELSEWHERE;
    }
}
