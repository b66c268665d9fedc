package ai.recruit.resume;

import ai.recruit.parsing.ParsedResume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was read out of a resume, as clients see it. What the resume does not say is null or empty. */
record ParsedData(
        PersonalInfo personalInfo,
        @Nullable String summary,
        List<Experience> experience,
        List<Education> education,
        List<String> skills,
        List<String> certifications,
        List<String> languages,
        int totalExperienceMonths) {

    record PersonalInfo(
            @Nullable String name,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String headline,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String location,
            List<Link> links) {}

    record Link(String kind, String url) {}

    /**
     * @param startDate {@code YYYY-MM} or {@code YYYY}
     * @param endDate the same, or {@code present}
     * @param duration for people, for example {@code 2 years}
     */
    record Experience(
            @Nullable String company,
            @Nullable String position,
            @Nullable String duration,
            @Nullable String description,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable String location) {}

    record Education(
            @Nullable String institution,
            @Nullable String degree,
            @Nullable String field,
            @Nullable Integer graduationYear) {}

    static ParsedData of(ParsedResume resume) {
        ParsedResume.PersonalInfo person = resume.personalInfo();
        return new ParsedData(
                new PersonalInfo(
                        person.name(),
                        person.firstName(),
                        person.lastName(),
                        person.headline(),
                        person.email(),
                        person.phone(),
                        person.location(),
                        person.links().stream()
                                .map(link -> new Link(link.kind(), link.url()))
                                .toList()),
                resume.summary(),
                resume.experience().stream()
                        .map(job -> new Experience(
                                job.company(),
                                job.position(),
                                job.duration(),
                                job.description(),
                                job.startDate(),
                                job.endDate(),
                                job.location()))
                        .toList(),
                resume.education().stream()
                        .map(school -> new Education(
                                school.institution(), school.degree(), school.field(), school.graduationYear()))
                        .toList(),
                resume.skillNames(),
                resume.certifications(),
                resume.languages().stream()
                        .map(ParsedResume.SpokenLanguage::name)
                        .toList(),
                resume.totalExperienceMonths());
    }
}
