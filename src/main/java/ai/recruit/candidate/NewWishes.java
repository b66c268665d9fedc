package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.SpokenLanguage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Wishes as a client sends them. All of it is optional.
 *
 * @param minSalary the least wanted, whole units of the currency; needs {@code currency}
 * @param currency ISO 4217, for example {@code EUR}
 * @param preferredLocations places, or {@code Remote}
 * @param workModes of {@code remote}, {@code hybrid}, {@code onsite}
 * @param jobTypes for example {@code full_time}, {@code contract}
 * @param relocation whether the person would move
 * @param languages for example {@code English B2}
 * @param availableFrom {@code YYYY-MM-DD}
 */
public record NewWishes(
        @Nullable Long minSalary,
        @Nullable String currency,
        @Nullable List<@Nullable String> preferredLocations,
        @Nullable List<@Nullable String> workModes,
        @Nullable List<@Nullable String> jobTypes,
        @Nullable Boolean relocation,
        @Nullable List<@Nullable String> languages,
        @Nullable LocalDate availableFrom) {

    private static final long MOST_MONEY = 1_000_000_000_000L;
    private static final int PLACES = 20;
    private static final int LONGEST_PLACE = 200;
    private static final int TYPES = 10;
    private static final int LONGEST_TYPE = 50;
    private static final int LANGUAGES = 20;
    private static final int LONGEST_LANGUAGE = 60;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern TYPE = Pattern.compile("[\\p{L}\\d_]+");
    private static final Set<String> MODES = Set.of("remote", "hybrid", "onsite");

    /** The wishes, cleaned; what is wrong goes to the checks. */
    public Wishes checked(FieldChecks checks) {
        if (minSalary != null && (minSalary <= 0 || minSalary > MOST_MONEY)) {
            checks.reject("min_salary", "must be between 1 and " + MOST_MONEY);
        }
        String money = checks.text("currency", currency, 10);
        money = money == null ? null : money.toUpperCase(Locale.ROOT);
        if (money != null && !CURRENCY.matcher(money).matches()) {
            checks.reject("currency", "must be an ISO 4217 code such as EUR");
        } else if (minSalary != null && money == null) {
            checks.reject("currency", "is required with min_salary");
        }
        return new Wishes(
                minSalary,
                minSalary == null ? null : money,
                checks.texts("preferred_locations", preferredLocations, PLACES, LONGEST_PLACE),
                modes(checks),
                types(checks),
                relocation,
                languages(checks),
                availableFrom);
    }

    private List<String> modes(FieldChecks checks) {
        List<String> given = checks.texts("work_modes", workModes, PLACES, LONGEST_TYPE);
        Set<String> modes = new LinkedHashSet<>();
        for (String mode : given) {
            String word = mode.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
            if (MODES.contains(word)) {
                modes.add(word);
            } else if (!word.isEmpty()) {
                checks.reject("work_modes", "must be of remote, hybrid, onsite");
                return List.of();
            }
        }
        return List.copyOf(modes);
    }

    private List<String> types(FieldChecks checks) {
        List<String> given = checks.texts("job_types", jobTypes, TYPES, LONGEST_TYPE).stream()
                .map(type -> type.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_"))
                .distinct()
                .toList();
        if (given.stream()
                .anyMatch(type -> !type.isEmpty() && !TYPE.matcher(type).matches())) {
            checks.reject("job_types", "must be words such as full_time");
        }
        return given;
    }

    private List<SpokenLanguage> languages(FieldChecks checks) {
        List<String> given = checks.texts("languages", languages, LANGUAGES, LONGEST_LANGUAGE);
        List<SpokenLanguage> spoken = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Optional<SpokenLanguage> language = SpokenLanguage.parse(given.get(i));
            if (language.isPresent()) {
                spoken.add(language.get());
            } else if (!given.get(i).isEmpty()) {
                checks.reject("languages[" + i + "]", "must be a language such as English or English B2");
            }
        }
        return spoken.stream().filter(Objects::nonNull).distinct().toList();
    }
}
