package ai.recruit.candidate;

import org.jspecify.annotations.Nullable;

/**
 * The highest education of a person; each part is null when it is not known.
 *
 * @param degree as the resume words it, for example {@code Bachelor's}
 * @param field the field of study
 * @param institution the school
 * @param level how high the degree is
 */
public record Education(
        @Nullable String degree,
        @Nullable String field,
        @Nullable String institution,
        @Nullable EducationLevel level) {

    /** Nothing known. */
    public static final Education NONE = new Education(null, null, null, null);

    boolean isEmpty() {
        return equals(NONE);
    }
}
