package ai.recruit.candidate;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one resume says about a person; null and empty where it says nothing.
 *
 * @param namedCandidateId the person, where the uploader has named them; when the account has no such candidate any more,
 *     the person is looked for by address and number
 * @param resumeId the resume. Ids grow with time: of two resumes, the one with the greater id is the newer
 * @param email one address; its case does not matter
 * @param phone E.164 where it could be read as such ({@code +}, then digits only), otherwise as written; only the former
 *     identifies a person
 * @param experienceMonths months of work without overlaps, 0 when none is known
 * @param education the highest education
 * @param source how the resume came, for example {@code resume_upload}
 * @param data the parsed data as a JSON object, as text
 * @param wishes what the resume says of what the person wants
 */
public record ParsedProfile(
        @Nullable UUID namedCandidateId,
        UUID resumeId,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String location,
        @Nullable String title,
        @Nullable String summary,
        List<String> skills,
        int experienceMonths,
        Education education,
        String source,
        String data,
        Wishes wishes) {

    /** A resume whose uploader has not named the person. */
    public ParsedProfile(
            UUID resumeId,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String location,
            @Nullable String title,
            @Nullable String summary,
            List<String> skills,
            int experienceMonths,
            Education education,
            String source,
            String data,
            Wishes wishes) {
        this(
                null,
                resumeId,
                firstName,
                lastName,
                email,
                phone,
                location,
                title,
                summary,
                skills,
                experienceMonths,
                education,
                source,
                data,
                wishes);
    }

    /** The same resume of a person whom its uploader has named, or has not. */
    public ParsedProfile of(@Nullable UUID candidateId) {
        return new ParsedProfile(
                candidateId,
                resumeId,
                firstName,
                lastName,
                email,
                phone,
                location,
                title,
                summary,
                skills,
                experienceMonths,
                education,
                source,
                data,
                wishes);
    }
}
