package ai.recruit.matching;

import ai.recruit.candidate.NewWishes;
import ai.recruit.candidate.Wishes;
import ai.recruit.kernel.FieldChecks;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's own profile (requirements R333 to R336, and what is additive). It replaces the one before.
 *
 * @param skills at most 100
 * @param experienceYears 0 to 60, also with a fraction
 * @param preferredLocations at most 20 places, or {@code Remote}
 * @param jobTypes at most 10, for example {@code full_time}, {@code contract}
 * @param minSalary additive: whole units of {@code currency}
 * @param currency additive: ISO 4217
 * @param workModes additive: of {@code remote}, {@code hybrid}, {@code onsite}
 * @param relocation additive: whether the person would move
 * @param languages additive: for example {@code English B2}
 * @param availableFrom additive: {@code YYYY-MM-DD}
 */
record ProfileRequest(
        @Nullable List<@Nullable String> skills,
        @Nullable BigDecimal experienceYears,
        @Nullable List<@Nullable String> preferredLocations,
        @Nullable List<@Nullable String> jobTypes,
        @Nullable Long minSalary,
        @Nullable String currency,
        @Nullable List<@Nullable String> workModes,
        @Nullable Boolean relocation,
        @Nullable List<@Nullable String> languages,
        @Nullable LocalDate availableFrom) {

    private static final int SKILLS = 100;
    private static final int LONGEST_SKILL = 100;

    /** @throws ai.recruit.kernel.Problem naming each wrong field */
    MatchingProfile checked() {
        FieldChecks checks = new FieldChecks();
        List<String> named = checks.texts("skills", skills, SKILLS, LONGEST_SKILL);
        Integer months = ScoreRequest.months(checks, "experience_years", experienceYears);
        Wishes wishes = new NewWishes(
                        minSalary,
                        currency,
                        preferredLocations,
                        workModes,
                        jobTypes,
                        relocation,
                        languages,
                        availableFrom)
                .checked(checks);
        checks.verify();
        return new MatchingProfile(named, months, wishes, null, null);
    }
}
