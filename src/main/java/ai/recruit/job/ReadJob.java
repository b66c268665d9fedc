package ai.recruit.job;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job that has been read for what it asks, as it goes to the database. */
record ReadJob(
        UUID id,
        String externalId,
        String title,
        @Nullable String company,
        @Nullable String location,
        @Nullable String description,
        @Nullable String requirements,
        @Nullable String applyUrl,
        @Nullable Long salaryMin,
        @Nullable Long salaryMax,
        @Nullable String currency,
        @Nullable String rawSalaryText,
        @Nullable String employmentType,
        @Nullable String experienceLevel,
        List<String> skills,
        @Nullable Integer minExperienceMonths,
        @Nullable String educationRequirement,
        @Nullable String workMode,
        List<String> languages,
        @Nullable LocalDate startDate) {}
