package ai.recruit.matching;

/** What a score amounts to in the recruiter API; see {@link Grading}. */
enum Recommendation {
    STRONG_RECOMMEND,
    RECOMMEND,
    CONSIDER,
    NOT_RECOMMEND
}
