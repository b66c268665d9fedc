package ai.recruit.candidate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        Wishes resumeWishes) {

    /** What the person wants of work: what was declared, and where that says nothing, what the resumes say. */
    public Wishes wanted() {
        return wishes.or(resumeWishes);
    }
}
