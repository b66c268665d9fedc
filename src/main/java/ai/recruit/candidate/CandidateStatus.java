package ai.recruit.candidate;

import ai.recruit.kernel.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far a candidate has come. The first five are documented (requirements R421 to R425); {@code hired} and
 * {@code withdrawn} are extensions (table 1.R, C25).
 */
enum CandidateStatus {
    INITIAL_SCREENING,
    PHONE_SCREEN,
    INTERVIEW,
    OFFER,
    REJECTED,
    HIRED,
    WITHDRAWN;

    static final List<String> WORDS =
            Arrays.stream(values()).map(CandidateStatus::word).toList();

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a word that a client sent. */
    static String checked(String field, String word) {
        String clean = word.strip().toLowerCase(Locale.ROOT);
        if (!WORDS.contains(clean)) {
            throw Problem.invalid(field, "must be one of " + String.join(", ", WORDS));
        }
        return clean;
    }
}
