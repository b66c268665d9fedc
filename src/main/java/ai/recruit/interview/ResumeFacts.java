package ai.recruit.interview;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What questions rest on of a resume's parsed data. Everything else that stands there, above all who the person is, is not
 * even read.
 */
record ResumeFacts(
        List<Job> experience,
        List<School> education,
        List<Skill> skillUse,
        List<String> certifications,
        List<LanguageLevel> languageLevels) {

    static final ResumeFacts NONE = new ResumeFacts(List.of(), List.of(), List.of(), List.of(), List.of());

    ResumeFacts {
        experience = given(experience);
        education = given(education);
        skillUse = given(skillUse);
        certifications = given(certifications);
        languageLevels = given(languageLevels);
    }

    /** @param startDate {@code YYYY-MM} or {@code YYYY}; {@code endDate} also {@code present} */
    record Job(
            @Nullable String company,
            @Nullable String position,
            @Nullable String startDate,
            @Nullable String endDate) {}

    record School(@Nullable Integer graduationYear) {}

    /**
     * @param months of the dated jobs that name it; null when none does
     * @param lastUsed {@code YYYY-MM}, {@code YYYY} or {@code present}
     */
    record Skill(
            @Nullable String name,
            @Nullable Integer months,
            @Nullable String lastUsed) {}

    record LanguageLevel(@Nullable String name, @Nullable String level) {}

    private static <T> List<T> given(@Nullable List<T> values) {
        return values == null
                ? List.of()
                : values.stream().filter(Objects::nonNull).toList();
    }
}
