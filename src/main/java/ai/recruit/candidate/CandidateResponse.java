package ai.recruit.candidate;

import ai.recruit.kernel.IdKind;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate on the wire. What is not known is null.
 *
 * @param experienceYears whole years
 * @param score 0 to 100
 * @param wishes what was declared, and where that says nothing, what the resumes say
 * @param shared whether the candidate is another recruiter's; contact fields are null then unless the share opens them
 * @param resumeData the newest resume's parsed data, an empty object when there is none
 */
record CandidateResponse(
        String id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String location,
        @Nullable String title,
        @Nullable String summary,
        @Nullable String positionId,
        @Nullable String source,
        String status,
        int score,
        List<String> skills,
        int experienceYears,
        Degree education,

        WishesResponse wishes,

        @JsonRawValue @Schema(types = "object") String resumeData,

        boolean shared,
        Instant createdAt,
        Instant updatedAt) {

    private static final int MONTHS_A_YEAR = 12;
    private static final int BP_A_POINT = 100;

    record Degree(
            @Nullable String degree,
            @Nullable String field,
            @Nullable String institution) {}

    static CandidateResponse of(Candidate candidate) {
        Education education = candidate.education();
        return new CandidateResponse(
                IdKind.CANDIDATE.format(candidate.id()),
                candidate.firstName(),
                candidate.lastName(),
                candidate.email(),
                candidate.phone(),
                candidate.location(),
                candidate.title(),
                candidate.summary(),
                candidate.positionId() == null ? null : IdKind.position(candidate.positionId()),
                candidate.source(),
                candidate.status(),
                points(candidate.scoreBp()),
                candidate.skills(),
                candidate.experienceMonths() / MONTHS_A_YEAR,
                new Degree(education.degree(), education.field(), education.institution()),
                WishesResponse.of(candidate.wanted()),
                candidate.resumeData(),
                !candidate.access().own(),
                time(candidate.createdAt()),
                time(candidate.updatedAt()));
    }

    static Instant time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Out of 100, rounded half up. */
    static int points(int basisPoints) {
        return (basisPoints + BP_A_POINT / 2) / BP_A_POINT;
    }
}
