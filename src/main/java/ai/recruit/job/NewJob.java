package ai.recruit.job;

import ai.recruit.kernel.FieldProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        @Nullable List<@Nullable String> skills) {

    private static final int MAX_SKILLS = 100;

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
                skills == null ? null : skills.stream().map(NewJob::clean).toList());
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
