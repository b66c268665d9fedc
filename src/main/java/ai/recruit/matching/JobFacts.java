package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine is told of a job. What the job does not say is null or empty.
 *
 * @param requiredSkills canonical names
 * @param preferredSkills canonical names
 * @param minExperienceMonths the least that is asked for
 * @param education the least that is asked for
 * @param location in words, the smallest place first
 * @param salaryMin whole units of the currency
 * @param salaryMax whole units of the currency
 * @param currency ISO 4217
 * @param workMode {@code remote}, {@code hybrid} or {@code onsite}
 * @param employmentType for example {@code full_time}
 * @param languages that are asked for
 * @param startsInDays the latest start
 */
record JobFacts(
        String title,
        List<String> requiredSkills,
        List<String> preferredSkills,
        @Nullable Integer minExperienceMonths,
        @Nullable EducationLevel education,
        @Nullable String location,
        @Nullable Long salaryMin,
        @Nullable Long salaryMax,
        @Nullable String currency,
        @Nullable String workMode,
        @Nullable String employmentType,
        List<Language> languages,
        @Nullable Integer startsInDays) {

    /** Above this, an amount is no salary, and its arithmetic would not fit. */
    static final long MAX_AMOUNT = 1_000_000_000_000L;

    JobFacts {
        requiredSkills = requiredSkills == null ? List.of() : List.copyOf(requiredSkills);
        preferredSkills = preferredSkills == null ? List.of() : List.copyOf(preferredSkills);
        languages = languages == null ? List.of() : List.copyOf(languages);
        salaryMin = amount(salaryMin);
        salaryMax = amount(salaryMax);
    }

    /** The most that the job pays, as far as it says; null when it does not. */
    @Nullable Long offer() {
        return salaryMax == null ? salaryMin : salaryMax;
    }

    static @Nullable Long amount(@Nullable Long amount) {
        return amount == null || amount <= 0 || amount > MAX_AMOUNT ? null : amount;
    }
}
