package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the canonical document out of a resume's text. Thread-safe and deterministic: the same text and day give the
 * same answer under every locale and time zone.
 */
public final class ResumeParser {

    /** Name and version of the rules; changes whenever the same text could give another answer. */
    public static final String ENGINE = "recruit-parser/3";

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
        Trail trail = new Trail(document);
        Contacts contacts = Contacts.read(text, trail);
        Sections sections = Sections.read(text);
        ParsedResume.PersonalInfo person = new PersonReader(text, sections, contacts, trail).read();
        ListReader lists = new ListReader(sections, lexicon, trail);
        ExperienceReader jobs = new ExperienceReader(sections, asOf, trail);
        List<ParsedResume.Experience> experience = jobs.read();
        List<ParsedResume.Skill> skills =
                new SkillUse(lexicon, asOf, trail).of(lists.skills(), experience, jobs.lines(), sections);
        List<ParsedResume.Education> education = new EducationReader(sections, trail).read();
        String summary = lists.summary();
        List<String> certifications = lists.certifications();
        List<ParsedResume.SpokenLanguage> languages = lists.languages();
        ParsedResume.Wishes wishes = new WishReader(sections, asOf, trail).read();
        List<Evidence> evidence = trail.found();
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
                certifications,
                languages,
                wishes,
                ExperienceReader.total(experience, asOf),
                Confidence.of(evidence, experience.size(), education.size(), skills.size()),
                Stream.concat(document.flags().stream(), walls.flags().stream()).toList(),
                evidence);
        if (ResumeLikeness.plainlyNot(text, sections, resume)) {
            throw new UnreadableDocument(Outcome.NOT_A_RESUME);
        }
        return resume;
    }
}
