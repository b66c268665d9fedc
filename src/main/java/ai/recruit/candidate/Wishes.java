package ai.recruit.candidate;

import ai.recruit.kernel.SpokenLanguage;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of work, and which languages they bring to it. What is not told is null or empty.
 *
 * @param minSalary the least that they want, whole units of the currency, over the period that jobs speak of
 * @param currency ISO 4217
 * @param locations where they would like to work
 * @param workModes which of {@code remote}, {@code hybrid}, {@code onsite} they accept
 * @param employmentTypes which they accept, in lower case with underscores, for example {@code full_time}
 * @param relocates whether they would move
 * @param languages that they speak
 * @param availableFrom the first day on which they could start
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Wishes(
        @Nullable Long minSalary,
        @Nullable String currency,
        List<String> locations,
        List<String> workModes,
        List<String> employmentTypes,
        @Nullable Boolean relocates,
        List<SpokenLanguage> languages,
        @Nullable LocalDate availableFrom) {

    /** Nothing told. */
    public static final Wishes NONE = new Wishes(null, null, List.of(), List.of(), List.of(), null, List.of(), null);

    public Wishes {
        // What is read back from the database lacks what was empty.
        locations = locations == null ? List.of() : List.copyOf(locations);
        workModes = workModes == null ? List.of() : List.copyOf(workModes);
        employmentTypes = employmentTypes == null ? List.of() : List.copyOf(employmentTypes);
        languages = languages == null ? List.of() : List.copyOf(languages);
    }

    /** Whether nothing is told. */
    @JsonIgnore
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** These wishes, and where they say nothing, those. An amount and its currency belong together. */
    public Wishes or(Wishes other) {
        boolean paid = minSalary != null;
        return new Wishes(
                paid ? minSalary : other.minSalary,
                paid ? currency : other.currency,
                locations.isEmpty() ? other.locations : locations,
                workModes.isEmpty() ? other.workModes : workModes,
                employmentTypes.isEmpty() ? other.employmentTypes : employmentTypes,
                relocates == null ? other.relocates : relocates,
                languages.isEmpty() ? other.languages : languages,
                availableFrom == null ? other.availableFrom : availableFrom);
    }
}
