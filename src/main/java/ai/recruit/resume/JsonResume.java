package ai.recruit.resume;

import ai.recruit.parsing.ParsedResume;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed resume as a JSON Resume document, schema v1.0.0 of jsonresume.org. Dates are {@code YYYY-MM} or {@code YYYY};
 * a job that goes on has no end. What the resume does not say is left out.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record JsonResume(
        @JsonProperty("$schema") String schema,
        Basics basics,
        List<Work> work,
        List<Education> education,
        List<Certificate> certificates,
        List<Skill> skills,
        List<Language> languages,
        Meta meta) {

    /** The media type that a client asks for it with. */
    static final String MEDIA_TYPE = "application/vnd.jsonresume+json";

    private static final String SCHEMA =
            "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";
    private static final String VERSION = "v1.0.0";
    private static final String WEB = "web";
    /** What the schema calls iso8601, as far as resumes go. */
    private static final Pattern DATE = Pattern.compile("[12]\\d{3}(?:-[01]\\d)?");

    private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z\\d+.-]*:.*");
    private static final Map<String, String> NETWORKS = Map.of(
            "linkedin", "LinkedIn",
            "github", "GitHub",
            "gitlab", "GitLab",
            "stackoverflow", "Stack Overflow",
            "vk", "VK");

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Basics(
            @Nullable String name,
            @Nullable String label,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String url,
            @Nullable String summary,
            @Nullable Location location,
            List<Profile> profiles) {}

    /**
     * @param address as printed
     * @param city its first part
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Location(String address, String city) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Profile(String network, @Nullable String username, String url) {}

    /**
     * @param name of the employer
     * @param summary what was done there
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Work(
            @Nullable String name,
            @Nullable String position,
            @Nullable String location,
            @JsonProperty("startDate") @Nullable String startDate,
            @JsonProperty("endDate") @Nullable String endDate,
            @Nullable String summary) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Education(
            @Nullable String institution,
            @Nullable String area,
            @JsonProperty("studyType") @Nullable String studyType,
            @JsonProperty("endDate") @Nullable String endDate) {}

    record Certificate(String name) {}

    /** @param keywords the category, where it is known */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Skill(String name, List<String> keywords) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Language(String language, @Nullable String fluency) {}

    record Meta(
            String version, @JsonProperty("lastModified") String lastModified) {}

    static JsonResume of(ParsedResume resume, Instant at) {
        return new JsonResume(
                SCHEMA,
                basics(resume),
                resume.experience().stream()
                        .map(job -> new Work(
                                job.company(),
                                job.position(),
                                job.location(),
                                date(job.startDate()),
                                date(job.endDate()),
                                job.description()))
                        .toList(),
                resume.education().stream()
                        .map(school -> new Education(
                                school.institution(),
                                school.field(),
                                school.degree(),
                                school.graduationYear() == null
                                        ? null
                                        : date(school.graduationYear().toString())))
                        .toList(),
                resume.certifications().stream().map(Certificate::new).toList(),
                resume.skills().stream()
                        .map(skill -> new Skill(
                                skill.name(), skill.category() == null ? List.of() : List.of(skill.category())))
                        .toList(),
                resume.languages().stream()
                        .map(spoken -> new Language(spoken.name(), spoken.level()))
                        .toList(),
                new Meta(VERSION, at.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private static Basics basics(ParsedResume resume) {
        ParsedResume.PersonalInfo person = resume.personalInfo();
        return new Basics(
                person.name(),
                Profiles.title(resume),
                person.email(),
                person.phone(),
                person.links().stream()
                        .filter(link -> link.kind().equals(WEB))
                        .map(link -> address(link.url()))
                        .findFirst()
                        .orElse(null),
                resume.summary(),
                location(person.location()),
                person.links().stream()
                        .filter(link -> !link.kind().equals(WEB))
                        .map(JsonResume::profile)
                        .toList());
    }

    private static @Nullable Location location(@Nullable String printed) {
        return printed == null ? null : new Location(printed, printed.split(",", 2)[0].strip());
    }

    private static Profile profile(ParsedResume.Link link) {
        String path = link.url().replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
        int slash = path.lastIndexOf('/');
        String kind = link.kind();
        return new Profile(
                NETWORKS.getOrDefault(kind, kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1)),
                slash < 0 || path.endsWith(":/") ? null : path.substring(slash + 1),
                address(link.url()));
    }

    /** Resumes print addresses without a scheme; the schema wants whole ones. */
    private static String address(String printed) {
        return SCHEME.matcher(printed).matches() ? printed : "https://" + printed;
    }

    private static @Nullable String date(@Nullable String date) {
        return date != null && DATE.matcher(date).matches() ? date : null;
    }
}
