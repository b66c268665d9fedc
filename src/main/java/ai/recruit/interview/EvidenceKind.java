package ai.recruit.interview;

import java.util.List;
import java.util.Locale;

/**
 * Why a question is asked: what the resume says, leaves open, or lacks of what the position asks for. Only matters of work
 * are evidence; nothing is ever derived from names, addresses, dates of birth or the like.
 */
enum EvidenceKind {
    /** The position asks for a skill that the profile does not name. */
    MISSING_REQUIREMENT(60, "skill"),
    /** A skill is claimed, and no dated job names it. */
    UNDATED_SKILL(46, "skill"),
    /** A skill was last used years ago. */
    STALE_SKILL(44, "skill", "year"),
    /** A skill was used in dated jobs. */
    USED_SKILL(38, "skill", "duration"),
    /** Months between two jobs, or since the last one. */
    EMPLOYMENT_GAP(58, "period"),
    /** A job that ended within a year. */
    SHORT_JOB(50, "company", "duration"),
    /** The latest jobs. */
    RECENT_JOB(44, "company", "role"),
    /** Two jobs at a time. */
    PARALLEL_JOBS(46, "company", "other"),
    /** Less experience than the position asks for. */
    EXPERIENCE_BELOW_REQUIREMENT(58, "required", "actual"),
    /** The profile does not show how senior the person is. */
    UNCLEAR_LEVEL(52),
    /** The last title has nothing in common with the position's. */
    CAREER_CHANGE(50, "role"),
    /** The position asks for an education that the profile does not show. */
    EDUCATION_UNCLEAR(44, "education"),
    /** The position asks for a language that the profile does not name, or not the level of. */
    LANGUAGE_UNCLEAR(50, "language"),
    /** A certificate. */
    CERTIFICATE(36, "certificate"),
    /** Nothing in particular: asked of everybody for the position. */
    GENERAL(34);

    /** What every question may name. */
    static final String POSITION = "position";

    private final int weight;
    private final List<String> placeholders;

    EvidenceKind(int weight, String... placeholders) {
        this.weight = weight;
        this.placeholders = List.of(placeholders);
    }

    /** How much it matters to ask, compared with the others. */
    int weight() {
        return weight;
    }

    /** What a template about it may name, besides the position. */
    List<String> placeholders() {
        return placeholders;
    }

    /** The word in the bank and on the wire, for example {@code employment_gap}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
