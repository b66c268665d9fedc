package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One summand of a score.
 *
 * @param part what it belongs to
 * @param kind what sort of thing is required
 * @param required what is required, in the job's words; null when nothing is
 * @param verdict what came of it
 * @param weight the most that it could earn, in basis points of the total
 * @param points what it earns, in basis points of the total
 * @param evidence what it rests on; null when nothing was found
 */
record Contribution(
        ScorePart part,
        Kind kind,
        @Nullable String required,
        Verdict verdict,
        int weight,
        int points,
        @Nullable Evidence evidence) {

    /** What sort of thing a job requires, or a candidate wishes. */
    enum Kind {
        REQUIRED_SKILL,
        PREFERRED_SKILL,
        /** Where the job names no skill. */
        TITLE_WORD,
        EXPERIENCE_MONTHS,
        EDUCATION_LEVEL,
        SALARY,
        LOCATION,
        WORK_MODE,
        EMPLOYMENT_TYPE,
        LANGUAGE,
        AVAILABILITY,
        RELOCATION,
        /** No condition of work was declared by both sides. */
        NO_CONDITIONS;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a verdict rests on.
     *
     * @param field of the candidate, for example {@code skills}
     * @param value what stands there
     * @param relation how a skill relates to the one that is asked for; null for all else
     */
    record Evidence(String field, String value, SkillRelations.@Nullable Relation relation) {

        static Evidence of(String field, String value) {
            return new Evidence(field, value, null);
        }

        static @Nullable Evidence ofNullable(String field, @Nullable Object value) {
            return value == null ? null : new Evidence(field, value.toString(), null);
        }
    }
}
