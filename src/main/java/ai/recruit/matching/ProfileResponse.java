package ai.recruit.matching;

import ai.recruit.candidate.WishesResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person's own profile, in the words that {@link ProfileRequest} takes. */
record ProfileResponse(boolean success, Data data) {

    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

    /** @param experienceYears with one decimal where it is not whole */
    record Data(
            List<String> skills,
            @Nullable BigDecimal experienceYears,
            List<String> preferredLocations,
            List<String> jobTypes,
            @Nullable Long minSalary,
            @Nullable String currency,
            List<String> workModes,
            @Nullable Boolean relocation,
            List<String> languages,
            @Nullable LocalDate availableFrom,
            @Nullable Instant createdAt,
            @Nullable Instant updatedAt) {}

    static ProfileResponse of(MatchingProfile profile) {
        WishesResponse wishes = WishesResponse.of(profile.wishes());
        return new ProfileResponse(
                true,
                new Data(
                        profile.skills(),
                        years(profile.experienceMonths()),
                        wishes.preferredLocations(),
                        wishes.jobTypes(),
                        wishes.minSalary(),
                        wishes.currency(),
                        wishes.workModes(),
                        wishes.relocation(),
                        wishes.languages(),
                        wishes.availableFrom(),
                        time(profile.createdAt()),
                        time(profile.updatedAt())));
    }

    private static @Nullable BigDecimal years(@Nullable Integer months) {
        if (months == null) {
            return null;
        }
        BigDecimal years = BigDecimal.valueOf(months).divide(MONTHS, 1, RoundingMode.HALF_UP);
        return years.stripTrailingZeros().scale() <= 0 ? years.setScale(0, RoundingMode.UNNECESSARY) : years;
    }

    private static @Nullable Instant time(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }
}
