package ai.recruit.bench.mvc;

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

    /** On the wire. */
    record Wishes(
            Long minSalary,
            String currency,
            List<String> preferredLocations,
            List<String> workModes,
            List<String> jobTypes,
            Boolean relocation,
            List<String> languages,
            String availableFrom) {

        /** What was declared, and where that says nothing, what the resumes say. */
        static Wishes of(Stored declared, Stored read) {
            Stored paid = declared.minSalary() != null ? declared : read;
            return new Wishes(
                    paid.minSalary(),
                    paid.currency(),
                    texts(declared.locations(), read.locations()),
                    texts(declared.workModes(), read.workModes()),
                    texts(declared.employmentTypes(), read.employmentTypes()),
                    declared.relocates() == null ? read.relocates() : declared.relocates(),
                    texts(declared.languages(), read.languages()),
                    declared.availableFrom() == null ? read.availableFrom() : declared.availableFrom());
        }

        private static List<String> texts(List<String> own, List<String> other) {
            return own != null && !own.isEmpty() ? own : other == null ? List.of() : other;
        }
    }

    /** As they are stored. */
    record Stored(
            Long minSalary,
            String currency,
            List<String> locations,
            List<String> workModes,
            List<String> employmentTypes,
            Boolean relocates,
            List<String> languages,
            String availableFrom) {}
}
