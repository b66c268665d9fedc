package ai.recruit.resume;

import ai.recruit.kernel.SpokenLanguage;
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
        int totalExperienceMonths,
        List<SkillUse> skillUse,
        List<LanguageLevel> languageLevels,
        Wishes wishes,
        List<Flag> flags) {

    record PersonalInfo(
            @Nullable String name,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String headline,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String location,
            List<Link> links) {}

    /**
     * Something in the file that its reader does not see, or that was written for machines; none of it is in the fields.
     *
     * @param code {@code hidden_text}, {@code invisible_characters}, {@code mixed_scripts}, {@code machine_instructions},
     *     {@code keyword_stuffing} or {@code metadata_stuffing}
     * @param reason how text is hidden, for example {@code color} or {@code off_page}; null for the other codes
     * @param count how much of it, in words, characters or sentences
     * @param excerpt its beginning, at most 80 characters
     * @param page the page, for formats with pages
     * @param part the part of the document otherwise, for example {@code body}, {@code footer}, {@code properties: keywords}
     */
    record Flag(
            String code,
            @Nullable String reason,
            int count,
            String excerpt,
            @Nullable Integer page,
            @Nullable String part) {}

    record Link(String kind, String url) {}

    /**
     * How a skill was used; in the order of {@code skills}.
     *
     * @param foundIn the sections that name it
     * @param months months of the jobs that name it, overlaps counted once; null when no dated job does
     * @param lastUsed end of the last such job, {@code YYYY-MM}, {@code YYYY} or {@code present}
     */
    record SkillUse(
            String name,
            @Nullable String category,
            List<String> foundIn,
            @Nullable Integer months,
            @Nullable String lastUsed) {}

    /**
     * @param level A1 to C2 or {@code native}, where it is known what the words mean
     * @param printed the words
     */
    record LanguageLevel(
            String name, @Nullable String level, @Nullable String printed) {}

    /**
     * What the person says that they want of work.
     *
     * @param salary whole units
     * @param currency ISO 4217
     * @param period {@code year}, {@code month} or {@code hour}
     * @param availability as printed
     * @param availableFrom {@code YYYY-MM-DD}
     */
    record Wishes(
            @Nullable Long salary,
            @Nullable String currency,
            @Nullable String period,
            @Nullable String availability,
            @Nullable String availableFrom,
            List<String> employmentTypes,
            List<String> workModes,
            @Nullable Boolean relocation) {}

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
                resume.totalExperienceMonths(),
                resume.skills().stream()
                        .map(skill -> new SkillUse(
                                skill.name(), skill.category(), skill.foundIn(), skill.months(), skill.lastUsed()))
                        .toList(),
                resume.languages().stream().map(ParsedData::level).toList(),
                wishes(resume.wishes()),
                resume.flags().stream()
                        .map(flag -> new Flag(
                                flag.code().word(),
                                flag.reason(),
                                flag.count(),
                                flag.excerpt(),
                                flag.page(),
                                flag.part()))
                        .toList());
    }

    private static LanguageLevel level(ParsedResume.SpokenLanguage spoken) {
        return new LanguageLevel(
                spoken.name(),
                SpokenLanguage.of(spoken.name(), spoken.level())
                        .map(SpokenLanguage::level)
                        .map(level -> level == SpokenLanguage.Level.NATIVE ? "native" : level.name())
                        .orElse(null),
                spoken.level());
    }

    private static Wishes wishes(ParsedResume.Wishes wishes) {
        return new Wishes(
                wishes.salary(),
                wishes.currency(),
                wishes.period(),
                wishes.availability(),
                wishes.availableFrom(),
                wishes.employmentTypes(),
                wishes.workModes(),
                wishes.relocation());
    }
}
