package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the canonical document out of a resume's text. Thread-safe and deterministic: the same text and day give the
 * same answer under every locale and time zone.
 */
public final class ResumeParser {

    /** Name and version of the rules; changes whenever the same text could give another answer. */
    public static final String ENGINE = "recruit-parser/2";

    private final SkillLexicon lexicon;

    /** With the lexicon that comes with the product. */
    public ResumeParser() {
        this(SkillLexicon.standard());
    }

    public ResumeParser(SkillLexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * Reads the fields out of a text.
     *
     * @param asOf the day that "present" means
     * @throws UnreadableDocument {@link Outcome#NOT_A_RESUME} when the text plainly is something else
     */
    public ParsedResume parse(DocumentText document, LocalDate asOf) throws UnreadableDocument {
        KeywordWalls.Result walls = KeywordWalls.read(document, lexicon);
        DocumentText text = walls.document();
        Contacts contacts = Contacts.read(text);
        Sections sections = Sections.read(text);
        ParsedResume.PersonalInfo person = new PersonReader(text, sections, contacts).read();
        ListReader lists = new ListReader(sections, lexicon);
        List<ParsedResume.Skill> skills = lists.skills();
        List<ParsedResume.Experience> experience = new ExperienceReader(sections, asOf).read();
        List<ParsedResume.Education> education = new EducationReader(sections).read();
        String summary = ListReader.summary(sections);
        ParsedResume resume = new ParsedResume(
                asOf,
                ENGINE,
                lexicon.version(),
                Words.russian(text.text()) ? "ru" : "en",
                person,
                summary,
                experience,
                education,
                skills,
                lists.certifications(),
                lists.languages(),
                ExperienceReader.total(experience, asOf),
                confidence(person, experience, education, skills, summary),
                Stream.concat(document.flags().stream(), walls.flags().stream()).toList());
        if (ResumeLikeness.plainlyNot(text, sections, resume)) {
            throw new UnreadableDocument(Outcome.NOT_A_RESUME);
        }
        return resume;
    }

    /** How much of what a resume usually says was found: a plain sum until the rules carry figures of their own. */
    private static int confidence(
            ParsedResume.PersonalInfo person,
            List<ParsedResume.Experience> experience,
            List<ParsedResume.Education> education,
            List<ParsedResume.Skill> skills,
            @Nullable String summary) {
        int points = 0;
        points += person.name() != null ? 2_000 : 0;
        points += person.email() != null ? 1_500 : 0;
        points += person.phone() != null ? 1_000 : 0;
        points += person.location() != null ? 500 : 0;
        points += skills.isEmpty() ? 0 : skills.size() < 3 ? 750 : 1_500;
        points += summary != null ? 300 : 0;
        points += education.isEmpty() ? 0 : 1_200;
        int complete = 0;
        for (ParsedResume.Experience job : experience) {
            complete += job.company() != null && job.position() != null && job.startDate() != null ? 1 : 0;
        }
        points += experience.isEmpty() ? 0 : 800 + 1_200 * complete / experience.size();
        return Math.min(10_000, points);
    }
}
