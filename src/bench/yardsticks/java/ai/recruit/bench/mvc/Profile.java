package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Wishes;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A candidate on the wire. */
record Profile(
        String id,
        String firstName,
        String lastName,
        String email,
        String phone,
        String location,
        String title,
        String summary,
        String positionId,
        String source,
        String status,
        int score,
        List<String> skills,
        int experienceYears,
        Degree education,
        Wishes wishes,
        @JsonRawValue String resumeData,
        boolean shared,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore UUID key,
        @JsonIgnore UUID ownerId,
        @JsonIgnore long version) {

    record Degree(String degree, String field, String institution) {}
}
