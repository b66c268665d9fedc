package ai.recruit.job;

import ai.recruit.kernel.SpokenLanguage;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a job matters to matching, without its long texts.
 *
 * @param location as the source words it, for example {@code Remote}
 * @param skills canonical names, in the order in which the text mentions them
 * @param minExperienceMonths what is asked for; null when the text does not say
 * @param educationRequirement {@code secondary}, {@code vocational}, {@code associate}, {@code bachelor},
 *     {@code specialist}, {@code master} or {@code doctor}; null when the text does not say
 * @param salaryMin whole units of the currency, over whatever period the source means; null when it does not say
 * @param salaryMax as {@code salaryMin}
 * @param currency ISO 4217; null when the source names none
 * @param workMode {@code remote}, {@code hybrid} or {@code onsite}; null when the source does not say
 * @param languages that are asked for
 * @param startDate the latest first day of work; null when the source does not say
 * @param employmentType as the source words it, in lower case with underscores, for example {@code full_time}
 */
public record JobProfile(
        UUID id,
        String title,
        @Nullable String location,
        List<String> skills,
        @Nullable Integer minExperienceMonths,
        @Nullable String educationRequirement,
        @Nullable Long salaryMin,
        @Nullable Long salaryMax,
        @Nullable String currency,
        @Nullable String employmentType,
        @Nullable String workMode,
        List<SpokenLanguage> languages,
        @Nullable LocalDate startDate,
        boolean active) {}
