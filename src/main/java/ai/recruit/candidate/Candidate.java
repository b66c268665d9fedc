package ai.recruit.candidate;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person, as one account knows them.
 *
 * @param ownerId the account
 * @param phone E.164 where it could be read as such, otherwise as written
 * @param skills in the order of the newest resume, then older ones; no two alike but for case
 * @param experienceMonths months of work without overlaps, 0 when none is known
 * @param status one of {@code initial_screening}, {@code phone_screen}, {@code interview}, {@code offer},
 *     {@code rejected}, {@code hired}, {@code withdrawn}
 * @param scoreBp basis points, 0 to 10000
 * @param resumeData the newest resume's parsed data as JSON text, {@code {}} when there is none
 * @param resumeId the newest resume
 * @param version grows by one with every change
 * @param wishes declared through the API
 * @param resumeWishes what the resumes say
 * @param edited names of the fields that a person has set, which no resume overwrites
 * @param access what whoever reads this may do; what they may not see is empty
 */
public record Candidate(
        UUID id,
        UUID ownerId,
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
        String status,
        int scoreBp,
        @Nullable String source,
        @Nullable UUID positionId,
        String resumeData,
        @Nullable UUID resumeId,
        Instant createdAt,
        Instant updatedAt,
        long version,
        Wishes wishes,
        Wishes resumeWishes,
        Set<String> edited,
        Access access) {

    public Candidate {
        edited = Set.copyOf(edited);
    }

    /** What the person wants of work: what was declared, and where that says nothing, what the resumes say. */
    public Wishes wanted() {
        return wishes.or(resumeWishes);
    }

    /**
     * Fails unless the reader may change the profile.
     *
     * @throws Problem {@link ProblemCode#PERMISSION_DENIED}
     */
    public void requireOwn() {
        if (!access.own()) {
            throw new Problem(
                    ProblemCode.PERMISSION_DENIED,
                    "This candidate is shared with you; only the recruiter who owns the profile may change it");
        }
    }

    /** The same candidate with another status. */
    Candidate withStatus(String other) {
        return new Candidate(
                id,
                ownerId,
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
                other,
                scoreBp,
                source,
                positionId,
                resumeData,
                resumeId,
                createdAt,
                updatedAt,
                version,
                wishes,
                resumeWishes,
                edited,
                access);
    }

    /**
     * Fails unless the reader may match the person with jobs.
     *
     * @throws Problem {@link ProblemCode#PERMISSION_DENIED}
     */
    public void requireSubmit() {
        if (!access.submit()) {
            throw new Problem(
                    ProblemCode.PERMISSION_DENIED,
                    "This candidate is shared with you without permission to submit them to jobs");
        }
    }

    /** The same candidate as somebody with this access sees them. */
    Candidate with(Access reader, JsonMapper json) {
        return new Candidate(
                id,
                ownerId,
                firstName,
                lastName,
                reader.contact() ? email : null,
                reader.contact() ? phone : null,
                location,
                title,
                reader.contact() ? summary : ContactVeil.text(summary),
                skills,
                experienceMonths,
                education,
                status,
                scoreBp,
                source,
                positionId,
                reader.contact() ? resumeData : ContactVeil.json(resumeData, json),
                reader.download() ? resumeId : null,
                createdAt,
                updatedAt,
                version,
                wishes,
                resumeWishes,
                edited,
                reader);
    }
}
