package ai.recruit.enrichment;

import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.SkillLexicon;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import java.time.LocalDate;

/** Resumes as the engine understands them. */
final class Parsed {

    private Parsed() {}

    static ParsedResume resume(byte[] document) {
        try {
            return new ResumeParser(SkillLexicon.standard())
                    .parse(new TextExtractor().extract(document, ParsingLimits.defaults()), LocalDate.of(2026, 1, 15));
        } catch (UnreadableDocument failure) {
            throw new IllegalStateException(failure);
        }
    }
}
