package ai.recruit.parsing;

import java.util.Locale;

/** Why a document gave no resume. Each is final for these bytes: trying again gives the same. */
public enum Outcome {
    /** The pages carry pictures only (a scan); there is nothing to read without character recognition. */
    NO_TEXT_LAYER("The document has no text layer: it seems to be a scan or a picture. Please send a text version."),
    /** Opens only with a password. */
    ENCRYPTED("The document is protected with a password. Please send an unprotected copy."),
    /** Claims to be one of the known formats and is not readable as such. */
    CORRUPT("The document is damaged and cannot be read. Please export it again."),
    /** Not one of the formats of {@link DocumentType}. */
    UNSUPPORTED_TYPE("The file is not a PDF, DOCX, DOC, RTF, ODT, TXT or HTML document."),
    /** Over one of the limits of {@link ParsingLimits}: bytes, pages, depth, characters or seconds. */
    TOO_LARGE("The document is larger or more complex than a resume may be."),
    /** Readable, but plainly something else than a resume. */
    NOT_A_RESUME("The document does not look like a resume.");

    private final String sentence;

    Outcome(String sentence) {
        this.sentence = sentence;
    }

    /** The word that clients see, for example {@code no_text_layer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What to tell the user, in one or two plain sentences. */
    public String sentence() {
        return sentence;
    }
}
