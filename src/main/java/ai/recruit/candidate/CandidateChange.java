package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes to a candidate (requirements R240 and R241, and what is additive). What is not named stays; null empties a field
 * that may be empty.
 *
 * @param notes becomes a private note of the caller
 */
@Schema(example = "{\"status\": \"phone_screen\", \"notes\": \"Great technical skills\"}")
record CandidateChange(
        @Nullable String status,
        @Nullable String notes,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String title,
        @Nullable String location,
        @Nullable String summary,
        @Nullable String source,
        @Nullable String positionId,
        @Nullable List<@Nullable String> skills,
        @Nullable Integer experienceYears) {

    private static final Set<String> FIELDS = Set.of(
            "status",
            "notes",
            "first_name",
            "last_name",
            "email",
            "phone",
            "title",
            "location",
            "summary",
            "source",
            "position_id",
            "skills",
            "experience_years");

    /** What a resume says about, too. */
    private static final Set<String> PROTECTED = Set.of(
            "first_name", "last_name", "email", "phone", "title", "location", "summary", "skills", "experience_years");

    /**
     * A change that has been checked.
     *
     * @param given the fields that the client has named
     */
    record Checked(
            CandidateChange change,
            Set<String> given,
            @Nullable UUID position) {

        /** Whether anything but a note is to change. */
        boolean changesProfile() {
            return given.stream().anyMatch(field -> !field.equals("notes"));
        }

        Candidate apply(Candidate old) {
            Set<String> edited = new LinkedHashSet<>(old.edited());
            given.stream().filter(PROTECTED::contains).forEach(edited::add);
            List<@Nullable String> skills = change.skills();
            return new Candidate(
                    old.id(),
                    old.ownerId(),
                    over("first_name", change.firstName(), old.firstName()),
                    over("last_name", change.lastName(), old.lastName()),
                    over("email", change.email(), old.email()),
                    over("phone", change.phone(), old.phone()),
                    over("location", change.location(), old.location()),
                    over("title", change.title(), old.title()),
                    over("summary", change.summary(), old.summary()),
                    given.contains("skills")
                            ? skills == null
                                    ? List.of()
                                    : skills.stream().map(String::valueOf).toList()
                            : old.skills(),
                    given.contains("experience_years")
                            ? change.experienceYears() == null ? 0 : change.experienceYears() * 12
                            : old.experienceMonths(),
                    old.education(),
                    change.status() == null ? old.status() : change.status(),
                    old.scoreBp(),
                    over("source", change.source(), old.source()),
                    given.contains("position_id") ? position : old.positionId(),
                    old.resumeData(),
                    old.resumeId(),
                    old.createdAt(),
                    old.updatedAt(),
                    old.version(),
                    old.wishes(),
                    old.resumeWishes(),
                    edited,
                    old.access());
        }

        private @Nullable String over(String field, @Nullable String value, @Nullable String before) {
            return given.contains(field) ? value : before;
        }
    }

    /** Reads and checks what a client has sent; the position, whether it exists, is left to the caller. */
    static CandidateChange read(JsonNode body, FieldChecks checks, JsonMapper json) {
        if (!body.isObject()) {
            checks.reject("body", "must be a JSON object");
            checks.verify();
        }
        CandidateChange sent = json.treeToValue(body, CandidateChange.class);
        if (given(body).isEmpty()) {
            checks.reject("body", "must name at least one of " + String.join(", ", new java.util.TreeSet<>(FIELDS)));
        }
        String status = sent.status() == null ? null : CandidateStatus.checked("status", sent.status());
        if (body.has("status") && status == null) {
            checks.reject("status", "must be one of " + String.join(", ", CandidateStatus.WORDS));
        }
        CandidateChange clean = new CandidateChange(
                status,
                checks.text("notes", sent.notes(), NewNote.LONGEST),
                CandidateFields.name(checks, "first_name", sent.firstName()),
                CandidateFields.name(checks, "last_name", sent.lastName()),
                CandidateFields.email(checks, sent.email()),
                CandidateFields.phone(checks, sent.phone()),
                checks.text("title", sent.title(), CandidateFields.LONGEST_TITLE),
                checks.text("location", sent.location(), CandidateFields.LONGEST_TITLE),
                checks.text("summary", sent.summary(), CandidateFields.LONGEST_SUMMARY),
                checks.text("source", sent.source(), CandidateFields.LONGEST_SOURCE),
                checks.text("position_id", sent.positionId(), CandidateFields.LONGEST_ID),
                CandidateFields.skills(checks, sent.skills()),
                CandidateFields.years(checks, sent.experienceYears()));
        checks.verify();
        return clean;
    }

    /** The fields of a candidate that a body names. */
    static Set<String> given(JsonNode body) {
        Set<String> given = new LinkedHashSet<>();
        body.propertyNames().forEach(name -> {
            if (FIELDS.contains(name)) {
                given.add(name);
            }
        });
        return given;
    }
}
