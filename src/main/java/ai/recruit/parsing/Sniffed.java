package ai.recruit.parsing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a document say about its type; see {@link DocumentType#sniff}. */
public enum Sniffed {
    PDF(DocumentType.PDF),
    /** An OLE2 container: a binary Word document, an encrypted DOCX, or something else that {@code detect} refuses. */
    DOC(DocumentType.DOC),
    WORD_XML(DocumentType.WORD_XML),
    RTF(DocumentType.RTF),
    TXT(DocumentType.TXT),
    HTML(DocumentType.HTML),
    /** Some zip: DOCX, ODT or a plain zip; only its directory, at its end, can tell. */
    ZIP_FAMILY(null),
    /** None of the supported types: refuse. */
    UNKNOWN(null);

    private final @Nullable DocumentType type;

    Sniffed(@Nullable DocumentType type) {
        this.type = type;
    }

    /** The type, where the first bytes decide it. */
    public Optional<DocumentType> type() {
        return Optional.ofNullable(type);
    }

    /** Whether to go on reading the upload: false only for {@link #UNKNOWN}. */
    public boolean acceptable() {
        return this != UNKNOWN;
    }
}
