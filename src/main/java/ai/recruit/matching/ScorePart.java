package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a score is made of. The order is that of the weights in {@link WeightProfile#version()}. */
enum ScorePart {
    SKILLS,
    EXPERIENCE,
    EDUCATION,
    SALARY,
    LOCATION,
    /** What the recruiter API calls {@code cultural_fit}: declared, job-related facts alone. */
    WORKING_CONDITIONS;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
