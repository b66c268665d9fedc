package ai.recruit.bench.yardstick;

import java.util.List;

/** What a candidate wants, on the wire. */
public record Wishes(
        Long minSalary,
        String currency,
        List<String> preferredLocations,
        List<String> workModes,
        List<String> jobTypes,
        Boolean relocation,
        List<String> languages,
        String availableFrom) {

    /** What was declared, and where that says nothing, what the resumes say. */
    public static Wishes of(Stored declared, Stored read) {
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

    /** As they are stored. */
    public record Stored(
            Long minSalary,
            String currency,
            List<String> locations,
            List<String> workModes,
            List<String> employmentTypes,
            Boolean relocates,
            List<String> languages,
            String availableFrom) {}
}
