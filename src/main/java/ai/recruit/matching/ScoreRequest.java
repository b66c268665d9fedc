package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import ai.recruit.kernel.FieldChecks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate is to be scored against (requirements R266 to R270): a position, criteria, or a position some of whose
 * demands are replaced by criteria.
 */
record ScoreRequest(@Nullable String positionId, @Nullable Criteria criteria) {

    private static final int SKILLS = 100;
    private static final int LONGEST = 100;
    private static final BigDecimal MOST_YEARS = BigDecimal.valueOf(60);
    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

    /**
     * @param requiredSkills with {@code preferredSkills} in place of the position's; at most 100
     * @param minExperienceYears in place of the position's
     * @param educationRequirement for example {@code Bachelor's}; in place of the position's
     */
    record Criteria(
            @Nullable List<@Nullable String> requiredSkills,
            @Nullable List<@Nullable String> preferredSkills,
            @Nullable BigDecimal minExperienceYears,
            @Nullable String educationRequirement) {}

    /** The criteria once checked; null and empty where they say nothing. */
    record Demands(
            List<String> requiredSkills,
            List<String> preferredSkills,
            @Nullable Integer minExperienceMonths,
            @Nullable EducationLevel education) {

        boolean namesSkills() {
            return !requiredSkills.isEmpty() || !preferredSkills.isEmpty();
        }
    }

    /** @throws ai.recruit.kernel.Problem naming each wrong field */
    Demands checked() {
        FieldChecks checks = new FieldChecks();
        checks.text("position_id", positionId, LONGEST);
        Demands demands = criteria == null
                ? new Demands(List.of(), List.of(), null, null)
                : new Demands(
                        checks.texts("criteria.required_skills", criteria.requiredSkills(), SKILLS, LONGEST),
                        checks.texts("criteria.preferred_skills", criteria.preferredSkills(), SKILLS, LONGEST),
                        months(checks, "criteria.min_experience_years", criteria.minExperienceYears()),
                        education(checks, criteria.educationRequirement()));
        checks.verify();
        if (position() == null && !demands.namesSkills()) {
            checks.reject(
                    criteria == null ? "position_id" : "criteria.required_skills",
                    criteria == null ? "is required without criteria" : "is required without position_id");
            checks.verify();
        }
        return demands;
    }

    @Nullable String position() {
        return positionId == null || positionId.isBlank() ? null : positionId.strip();
    }

    /** Years as months, rounded half up; null for null. */
    static @Nullable Integer months(FieldChecks checks, String field, @Nullable BigDecimal years) {
        if (years == null) {
            return null;
        }
        if (years.signum() < 0 || years.compareTo(MOST_YEARS) > 0) {
            checks.reject(field, "must be between 0 and " + MOST_YEARS);
            return null;
        }
        return years.multiply(MONTHS).setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    private static @Nullable EducationLevel education(FieldChecks checks, @Nullable String requirement) {
        String text = checks.text("criteria.education_requirement", requirement, LONGEST);
        if (text == null) {
            return null;
        }
        Optional<EducationLevel> level = EducationLevel.parse(text);
        if (level.isEmpty()) {
            checks.reject(
                    "criteria.education_requirement",
                    "must be a level such as High school, Vocational, Associate's, Bachelor's, Specialist, Master's or PhD");
        }
        return level.orElse(null);
    }
}
