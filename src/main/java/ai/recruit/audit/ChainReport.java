package ai.recruit.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the chain has found.
 *
 * @param intact whether nothing is wrong on any of the days
 * @param days the days that have entries, in order
 */
record ChainReport(boolean intact, LocalDate from, LocalDate to, List<Day> days) {

    static ChainReport of(LocalDate from, LocalDate to, List<Day> days) {
        return new ChainReport(days.stream().allMatch(Day::intact), from, to, days);
    }

    /**
     * A day.
     *
     * @param entries how many entries there are: those sealed in this day's chain, and those still to be
     * @param sealed how many are in the chain
     * @param unsealed how many are not yet
     * @param erased how many of them have had their details erased
     * @param head the hash of the last one in the chain, hexadecimal; null when there is none
     * @param broken the first place where the chain breaks; null when it does not
     */
    record Day(
            LocalDate day,
            long entries,
            long sealed,
            long unsealed,
            long erased,
            @Nullable String head,
            boolean intact,
            @Nullable Break broken) {}

    /**
     * Where a chain breaks.
     *
     * @param seq the number in the day; null for an entry that has none
     * @param entryId the entry, as far as it is known
     * @param how {@code changed}, {@code missing}, {@code inserted} or {@code reordered}
     * @param message what was seen
     */
    record Break(
            @Nullable Long seq,
            @Nullable String entryId,

            @Schema(allowableValues = {"changed", "missing", "inserted", "reordered"})
            String how,

            String message) {}
}
