package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resume as the engine understood it: the canonical document that every answer is a projection of. What the resume
 * does not say is null or empty; nothing is invented.
 *
 * @param asOf the day that "present" means; stored so that a second parse gives the same answer
 * @param engine name and version of the rules that read it
 * @param lexicon hash of the skill lexicon that was used, see {@link SkillLexicon#version()}
 * @param language main language of the text, {@code en} or {@code ru}
 * @param personalInfo who it is
 * @param summary the summary, profile or about-me section as printed
 * @param experience jobs, as ordered in the document
 * @param education schools, as ordered in the document
 * @param skills skills, as ordered in the document, each once
 * @param certifications certificates as printed
 * @param languages spoken languages
 * @param wishes what the person wants of work, where they say it
 * @param totalExperienceMonths calendar months with at least one job, months inclusive (January 2016 to December 2020
 *     is 60), overlapping jobs counted once
 * @param confidence how far the values are right, in basis points 0 to 10000, see {@link Confidence}
 * @param flags what was found that a reader does not see or that was written for machines; none of it is in the fields
 * @param evidence where each printed value stands, and the rule that found it; empty for resumes that were stored before
 *     there was any
 */
public record ParsedResume(
        LocalDate asOf,
        String engine,
        String lexicon,
        String language,
        PersonalInfo personalInfo,
        @Nullable String summary,
        List<Experience> experience,
        List<Education> education,
        List<Skill> skills,
        List<String> certifications,
        List<SpokenLanguage> languages,
        Wishes wishes,
        int totalExperienceMonths,
        int confidence,
        List<Flag> flags,
        List<Evidence> evidence) {

    public ParsedResume {
        experience = List.copyOf(experience);
        education = List.copyOf(education);
        skills = List.copyOf(skills);
        certifications = List.copyOf(certifications);
        languages = List.copyOf(languages);
        // Resumes that were stored by an earlier engine have none of these.
        wishes = wishes == null ? Wishes.NONE : wishes;
        flags = flags == null ? List.of() : List.copyOf(flags);
        evidence = evidence == null ? List.of() : List.copyOf(evidence);
    }

    /** Canonical names of all skills, in document order. */
    public List<String> skillNames() {
        return skills.stream().map(Skill::name).toList();
    }

    /**
     * Who the resume is of.
     *
     * @param name full name as printed
     * @param firstName given name
     * @param lastName family name
     * @param patronymic Russian patronymic
     * @param headline the wanted or present position below the name
     * @param emails addresses, lower case, the first is the main one
     * @param phones numbers, the first is the main one
     * @param location city and, where printed, region or country
     * @param links profiles and pages
     */
    public record PersonalInfo(
            @Nullable String name,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String patronymic,
            @Nullable String headline,
            List<String> emails,
            List<Phone> phones,
            @Nullable String location,
            List<Link> links) {

        public PersonalInfo {
            emails = List.copyOf(emails);
            phones = List.copyOf(phones);
            links = List.copyOf(links);
        }

        /** The main e-mail address, or null. */
        public @Nullable String email() {
            return emails.isEmpty() ? null : emails.get(0);
        }

        /** The main phone number as a client should see it: E.164 where it is a valid number, else as printed; or null. */
        public @Nullable String phone() {
            return phones.isEmpty() ? null : phones.get(0).number();
        }
    }

    /**
     * A phone number.
     *
     * @param e164 as {@code +79161234567}; null when the printed digits are not a number that can be dialled
     * @param printed as the document has it
     */
    public record Phone(@Nullable String e164, String printed) {

        /** E.164 where known, else as printed. */
        public String number() {
            return e164 != null ? e164 : printed;
        }
    }

    /**
     * A link.
     *
     * @param kind {@code linkedin}, {@code github}, {@code telegram}, ... or {@code web}
     * @param url as printed
     */
    public record Link(String kind, String url) {}

    /**
     * One job. Dates are {@code YYYY-MM}, {@code YYYY}, or {@code present} for the end of the present job.
     *
     * @param company employer
     * @param position title
     * @param startDate first month or year
     * @param endDate last month or year, or {@code present}
     * @param duration words for people, for example {@code 2 years 3 months}; null without dates
     * @param months months inclusive; null without dates
     * @param location place of the job
     * @param description what was done there, as printed
     */
    public record Experience(
            @Nullable String company,
            @Nullable String position,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable String duration,
            @Nullable Integer months,
            @Nullable String location,
            @Nullable String description) {}

    /**
     * One school.
     *
     * @param institution name of the school
     * @param degree degree as printed
     * @param field what was studied
     * @param graduationYear last year of the range, also when it is still to come
     * @param level what the degree amounts to; null when the text does not say
     */
    public record Education(
            @Nullable String institution,
            @Nullable String degree,
            @Nullable String field,
            @Nullable Integer graduationYear,
            @Nullable EducationLevel level) {}

    /** Levels of education from lowest to highest; the order is meant to be compared. */
    public enum EducationLevel {
        SECONDARY,
        VOCATIONAL,
        ASSOCIATE,
        BACHELOR,
        SPECIALIST,
        MASTER,
        DOCTOR
    }

    /**
     * One skill.
     *
     * @param name canonical name of the lexicon, or as printed where the lexicon does not know it
     * @param category category of the lexicon, null where the lexicon does not know it
     * @param printed as the document has it
     * @param foundIn the sections that name it, for example {@code skills}, {@code experience}, {@code projects}
     * @param months months of the jobs that name it, inclusive, overlaps counted once; null when no dated job does
     * @param lastUsed end of the last job that names it, {@code YYYY-MM}, {@code YYYY} or {@code present}
     */
    public record Skill(
            String name,
            @Nullable String category,
            String printed,
            List<String> foundIn,
            @Nullable Integer months,
            @Nullable String lastUsed) {

        public Skill {
            foundIn = foundIn == null ? List.of() : List.copyOf(foundIn);
        }
    }

    /**
     * What the person wants of work; null and empty where the resume is silent.
     *
     * @param salary the least that they ask for, whole units
     * @param currency ISO 4217; null where it is not printed
     * @param period {@code year}, {@code month} or {@code hour}; null where it is not printed
     * @param availability when they could start, as printed
     * @param availableFrom the first such day, {@code YYYY-MM-DD}
     * @param employmentTypes of {@code full_time}, {@code part_time}, {@code contract}, {@code internship},
     *     {@code temporary}, {@code volunteer}
     * @param workModes of {@code remote}, {@code hybrid}, {@code onsite}
     * @param relocation whether they would move
     */
    public record Wishes(
            @Nullable Long salary,
            @Nullable String currency,
            @Nullable String period,
            @Nullable String availability,
            @Nullable String availableFrom,
            List<String> employmentTypes,
            List<String> workModes,
            @Nullable Boolean relocation) {

        /** Nothing said. */
        public static final Wishes NONE = new Wishes(null, null, null, null, null, List.of(), List.of(), null);

        public Wishes {
            employmentTypes = employmentTypes == null ? List.of() : List.copyOf(employmentTypes);
            workModes = workModes == null ? List.of() : List.copyOf(workModes);
        }
    }

    /**
     * A spoken language.
     *
     * @param name English name of the language where known, else as printed
     * @param level level as printed, null where the text does not say
     */
    public record SpokenLanguage(String name, @Nullable String level) {}
}
