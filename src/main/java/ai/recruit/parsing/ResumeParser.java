package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.List;

/**
 * Makes the canonical document out of a resume's text. Thread-safe and deterministic: the same text and day give the
 * same answer under every locale and time zone.
 */
public final class ResumeParser {

    /** Name and version of the rules; changes whenever the same text could give another answer. */
    public static final String ENGINE = "recruit-parser/1";

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
    public ParsedResume parse(DocumentText text, LocalDate asOf) throws UnreadableDocument {
        Contacts contacts = Contacts.read(text);
        List<ParsedResume.Skill> skills = lexicon.findIn(text.text()).stream()
                .map(found -> new ParsedResume.Skill(
                        found.skill().name(),
                        found.skill().category(),
                        text.text().substring(found.start(), found.end())))
                .distinct()
                .toList();
        String name = text.lines().get(0).text();
        int space = name.indexOf(' ');
        return new ParsedResume(
                asOf,
                ENGINE,
                lexicon.version(),
                "en",
                new ParsedResume.PersonalInfo(
                        name,
                        space < 0 ? null : name.substring(0, space),
                        space < 0 ? null : name.substring(name.lastIndexOf(' ') + 1),
                        null,
                        null,
                        contacts.emails(),
                        contacts.phones(),
                        null,
                        contacts.links()),
                null,
                List.of(),
                List.of(),
                skills,
                List.of(),
                List.of(),
                0,
                0);
    }
}
