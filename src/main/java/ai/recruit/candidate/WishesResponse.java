package ai.recruit.candidate;

import ai.recruit.kernel.SpokenLanguage;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wishes on the wire, in the words that {@link NewWishes} takes; what is not told is null or empty.
 *
 * @param languages for example {@code English B2}
 */
public record WishesResponse(
        @Nullable Long minSalary,
        @Nullable String currency,
        List<String> preferredLocations,
        List<String> workModes,
        List<String> jobTypes,
        @Nullable Boolean relocation,
        List<String> languages,
        @Nullable LocalDate availableFrom) {

    public static WishesResponse of(Wishes wishes) {
        return new WishesResponse(
                wishes.minSalary(),
                wishes.currency(),
                wishes.locations(),
                wishes.workModes(),
                wishes.employmentTypes(),
                wishes.relocates(),
                wishes.languages().stream().map(SpokenLanguage::text).toList(),
                wishes.availableFrom());
    }
}
