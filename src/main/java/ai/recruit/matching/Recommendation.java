package ai.recruit.matching;

/** What a score out of 100 amounts to in the recruiter API (table 1.R of the requirements, C39). */
enum Recommendation {
    STRONG_RECOMMEND,
    RECOMMEND,
    CONSIDER,
    NOT_RECOMMEND;

    /** @param score basis points; judged as shown, out of 100 and rounded half up */
    static Recommendation of(int score) {
        int shown = (int) Rounding.share(score, 100);
        return shown >= 90 ? STRONG_RECOMMEND : shown >= 75 ? RECOMMEND : shown >= 60 ? CONSIDER : NOT_RECOMMEND;
    }
}
