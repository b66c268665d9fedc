package ai.recruit.resume;

import ai.recruit.candidate.Education;
import ai.recruit.candidate.EducationLevel;
import ai.recruit.candidate.ParsedProfile;
import ai.recruit.candidate.Wishes;
import ai.recruit.kernel.SpokenLanguage;
import ai.recruit.parsing.ParsedResume;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a parsed resume says about its person. */
final class Profiles {

    private Profiles() {}

    static ParsedProfile of(Job job, ParsedResume resume, JsonMapper json) {
        ParsedResume.PersonalInfo person = resume.personalInfo();
        return new ParsedProfile(
                job.namedCandidateId(),
                job.resumeId(),
                firstName(person),
                lastName(person),
                person.email(),
                person.phone(),
                person.location(),
                title(resume),
                resume.summary(),
                resume.skillNames(),
                resume.totalExperienceMonths(),
                highest(resume.education()),
                job.source(),
                json.writeValueAsString(ParsedData.of(resume)),
                wishes(resume));
    }

    /** What the resume says of what the person wants of work, and the languages they bring. */
    static Wishes wishes(ParsedResume resume) {
        ParsedResume.Wishes said = resume.wishes();
        // An hourly wage is not comparable with what jobs pay.
        boolean paid = said.salary() != null && said.currency() != null && !"hour".equals(said.period());
        return new Wishes(
                paid ? said.salary() : null,
                paid ? said.currency() : null,
                List.of(),
                said.workModes(),
                said.employmentTypes(),
                said.relocation(),
                resume.languages().stream()
                        .flatMap(spoken -> SpokenLanguage.of(spoken.name(), spoken.level()).stream())
                        .distinct()
                        .toList(),
                said.availableFrom() == null ? null : LocalDate.parse(said.availableFrom()));
    }

    private static @Nullable String firstName(ParsedResume.PersonalInfo person) {
        return person.firstName() == null && person.lastName() == null ? person.name() : person.firstName();
    }

    private static @Nullable String lastName(ParsedResume.PersonalInfo person) {
        return person.lastName();
    }

    /** The line below the name, else the present or last position. */
    static @Nullable String title(ParsedResume resume) {
        if (resume.personalInfo().headline() != null) {
            return resume.personalInfo().headline();
        }
        return resume.experience().stream()
                .filter(job -> job.position() != null)
                .max(Comparator.comparing(Profiles::end))
                .map(ParsedResume.Experience::position)
                .orElse(null);
    }

    /** The end of a job as text that sorts; "present" comes after every year, no date before. */
    private static String end(ParsedResume.Experience job) {
        return job.endDate() == null ? "" : job.endDate();
    }

    /** The highest level; of equal ones the first, since resumes name the newest first. */
    static Education highest(List<ParsedResume.Education> schools) {
        ParsedResume.@Nullable Education best = null;
        for (ParsedResume.Education school : schools) {
            if (best == null || rank(school) > rank(best)) {
                best = school;
            }
        }
        return best == null
                ? Education.NONE
                : new Education(
                        best.degree(),
                        best.field(),
                        best.institution(),
                        best.level() == null
                                ? null
                                : EducationLevel.valueOf(best.level().name()));
    }

    private static int rank(ParsedResume.Education school) {
        return school.level() == null ? -1 : school.level().ordinal();
    }
}
