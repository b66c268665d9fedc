package ai.recruit.job;

import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.SpokenLanguage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job as a source sends it (requirements R308 to R315, and what is additive).
 *
 * @param externalId the source's own id; required
 * @param title required
 * @param salaryRange free text, for example {@code $100k - $150k}
 * @param type for example {@code full_time}
 * @param requirements additive: a text of its own for what the job asks for
 * @param skills additive: skills that the source knows by itself
 * @param workMode additive: {@code remote}, {@code hybrid} or {@code onsite}
 * @param languages additive: languages that are asked for, for example {@code English B2}
 * @param startDate additive: the latest first day of work, {@code YYYY-MM-DD}
 */
record NewJob(
        @Nullable String externalId,
        @Nullable String title,
        @Nullable String company,
        @Nullable String location,
        @Nullable String description,
        @Nullable String applyUrl,
        @Nullable String salaryRange,
        @Nullable String type,
        @Nullable String requirements,
        @Nullable List<@Nullable String> skills,
        @Nullable String workMode,
        @Nullable List<@Nullable String> languages,
        @Nullable LocalDate startDate) {

    private static final int MAX_SKILLS = 100;
    private static final int MAX_LANGUAGES = 20;
    private static final Set<String> WORK_MODES = Set.of("remote", "hybrid", "onsite");

    /** The same job with blanks removed, and with nothing that the database cannot hold. */
    NewJob cleaned() {
        return new NewJob(
                clean(externalId),
                clean(title),
                clean(company),
                clean(location),
                clean(description),
                clean(applyUrl),
                clean(salaryRange),
                type == null ? null : clean(type.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_")),
                clean(requirements),
                skills == null ? null : skills.stream().map(NewJob::clean).toList(),
                workMode == null
                        ? null
                        : clean(workMode.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "")),
                languages == null ? null : languages.stream().map(NewJob::clean).toList(),
                startDate);
    }

    /** The same job, with this external id when it has none. */
    NewJob or(String otherId) {
        return externalId != null
                ? this
                : new NewJob(
                        otherId,
                        title,
                        company,
                        location,
                        description,
                        applyUrl,
                        salaryRange,
                        type,
                        requirements,
                        skills,
                        workMode,
                        languages,
                        startDate);
    }

    /** The languages that are asked for. */
    List<SpokenLanguage> spoken() {
        return languages == null
                ? List.of()
                : languages.stream()
                        .flatMap(language -> language == null
                                ? Stream.<SpokenLanguage>empty()
                                : SpokenLanguage.parse(language).stream())
                        .distinct()
                        .toList();
    }

    /** What is wrong with the job; empty when nothing is. */
    Optional<FieldProblem> problem() {
        if (externalId == null) {
            return Optional.of(new FieldProblem("external_id", "is required"));
        }
        if (title == null) {
            return Optional.of(new FieldProblem("title", "is required"));
        }
        return tooLong("external_id", externalId, 200)
                .or(() -> tooLong("title", title, 500))
                .or(() -> tooLong("company", company, 300))
                .or(() -> tooLong("location", location, 300))
                .or(() -> tooLong("description", description, 100_000))
                .or(() -> tooLong("requirements", requirements, 100_000))
                .or(() -> tooLong("salary_range", salaryRange, 300))
                .or(() -> tooLong("type", type, 50))
                .or(() -> tooLong("apply_url", applyUrl, 2000))
                .or(this::address)
                .or(() -> workMode == null || WORK_MODES.contains(workMode)
                        ? Optional.empty()
                        : Optional.of(new FieldProblem("work_mode", "must be remote, hybrid or onsite")))
                .or(() -> languages != null
                                && (languages.size() > MAX_LANGUAGES
                                        || languages.stream()
                                                .anyMatch(language -> language == null
                                                        || SpokenLanguage.parse(language)
                                                                .isEmpty()))
                        ? Optional.of(new FieldProblem(
                                "languages", "must be at most " + MAX_LANGUAGES + " languages such as English B2"))
                        : Optional.empty())
                .or(() -> skills != null
                                && (skills.size() > MAX_SKILLS
                                        || skills.stream().anyMatch(skill -> skill == null || skill.length() > 100))
                        ? Optional.of(new FieldProblem(
                                "skills", "must be at most " + MAX_SKILLS + " texts of at most 100 characters"))
                        : Optional.empty());
    }

    private Optional<FieldProblem> address() {
        if (applyUrl == null) {
            return Optional.empty();
        }
        try {
            URI address = new URI(applyUrl);
            String scheme = address.getScheme();
            // The address is shown as a link, so nothing that a browser would run may stand in it.
            if (scheme != null && List.of("http", "https", "mailto").contains(scheme.toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
        } catch (URISyntaxException notAnAddress) {
            // Told below.
        }
        return Optional.of(new FieldProblem("apply_url", "must be an http, https or mailto address"));
    }

    private static Optional<FieldProblem> tooLong(String field, @Nullable String value, int most) {
        return value != null && value.length() > most
                ? Optional.of(new FieldProblem(field, "must have at most " + most + " characters"))
                : Optional.empty();
    }

    private static @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        // PostgreSQL's text holds every character but this one.
        String clean = text.replace("\0", "").strip();
        return clean.isEmpty() ? null : clean;
    }
}
