package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as a client sends them (requirements R205 to R211, and what is additive). A name and an e-mail address or a
 * phone number are required.
 *
 * @param positionId the position that they apply for
 * @param source where they come from, for example {@code linkedin}
 * @param resumeUrl where their resume lies; it is fetched and read after the answer
 * @param skills additive, as are all that follow
 */
@Schema(example = """
                {"first_name": "John", "last_name": "Doe", "email": "john.doe@example.com", "phone": "+1-555-0100",
                 "position_id": "pos_0192f0c1a2b37c4d8e5f60718293a4b5", "source": "linkedin",
                 "resume_url": "https://example.com/resume.pdf"}""")
record NewCandidate(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String positionId,
        @Nullable String source,
        @Nullable String resumeUrl,
        @Nullable String title,
        @Nullable String location,
        @Nullable String summary,
        @Nullable List<@Nullable String> skills,
        @Nullable Integer experienceYears) {

    /** The same with clean texts; what is wrong is left to the checks. */
    NewCandidate checked(FieldChecks checks) {
        NewCandidate clean = new NewCandidate(
                CandidateFields.name(checks, "first_name", firstName),
                CandidateFields.name(checks, "last_name", lastName),
                CandidateFields.email(checks, email),
                CandidateFields.phone(checks, phone),
                checks.text("position_id", positionId, CandidateFields.LONGEST_ID),
                checks.text("source", source, CandidateFields.LONGEST_SOURCE),
                CandidateFields.address(checks, resumeUrl),
                checks.text("title", title, CandidateFields.LONGEST_TITLE),
                checks.text("location", location, CandidateFields.LONGEST_TITLE),
                checks.text("summary", summary, CandidateFields.LONGEST_SUMMARY),
                CandidateFields.skills(checks, skills),
                CandidateFields.years(checks, experienceYears));
        if (clean.firstName == null && clean.lastName == null && firstName == null && lastName == null) {
            checks.reject("first_name", "is required, or last_name");
        }
        if (clean.email == null && clean.phone == null && email == null && phone == null) {
            checks.reject("email", "is required, or phone");
        }
        return clean;
    }
}
