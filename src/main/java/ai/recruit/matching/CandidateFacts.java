package ai.recruit.matching;

import ai.recruit.candidate.EducationLevel;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine is told of a person: what they can do, and what they have declared about how they want to work.
 * There is no field for name, gender, age, photo, family, citizenship, contact or school, so none of these can count.
 *
 * <p>The order in which lists were given does not count either: they are kept sorted.
 *
 * @param skills canonical names
 * @param title what they call their work; counts only for jobs that name no skill
 * @param experienceMonths months of work without overlaps, first and last month included
 * @param location where they live
 * @param wishes what they have declared
 */
record CandidateFacts(
        List<String> skills,
        @Nullable String title,
        int experienceMonths,
        @Nullable EducationLevel education,
        @Nullable String location,
        Wishes wishes) {

    CandidateFacts {
        skills = sorted(skills);
        wishes = wishes == null ? Wishes.NONE : wishes;
    }

    /**
     * What a person has declared about work. What is not declared is null or empty.
     *
     * @param salary the least that they want, in whole units of the currency, over the period that jobs speak of
     * @param currency ISO 4217
     * @param workModes which of {@code remote}, {@code hybrid}, {@code onsite} they accept
     * @param employmentTypes which they accept, for example {@code full_time}
     * @param languages that they speak
     * @param availableInDays when they could start
     * @param relocates whether they would move
     * @param locations where they would like to work
     */
    record Wishes(
            @Nullable Long salary,
            @Nullable String currency,
            List<String> workModes,
            List<String> employmentTypes,
            List<Language> languages,
            @Nullable Integer availableInDays,
            @Nullable Boolean relocates,
            List<String> locations) {

        static final Wishes NONE = new Wishes(null, null, List.of(), List.of(), List.of(), null, null, List.of());

        Wishes {
            salary = JobFacts.amount(salary);
            workModes = sorted(workModes);
            employmentTypes = sorted(employmentTypes);
            languages = languages == null
                    ? List.of()
                    : languages.stream()
                            .distinct()
                            .sorted(Comparator.comparing(Language::toString))
                            .toList();
            locations = sorted(locations);
        }
    }

    // Facts that are read back from the database lack what was empty.
    private static List<String> sorted(@Nullable List<String> values) {
        return values == null ? List.of() : values.stream().distinct().sorted().toList();
    }
}
