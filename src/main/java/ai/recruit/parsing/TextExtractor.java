package ai.recruit.parsing;

import java.util.concurrent.CancellationException;

/**
 * Takes the text out of a document. Thread-safe and without state. Blocks for up to the limits' time; pictures are
 * never decoded, nothing outside the document is ever opened, and memory stays within a small multiple of
 * {@link ParsingLimits#expandedBytes()}.
 */
public final class TextExtractor {

    /**
     * Reads a document of any type of {@link DocumentType}.
     *
     * @throws UnreadableDocument when it gives no text, with the reason
     * @throws CancellationException when the thread is interrupted meanwhile; the interruption flag stays set
     */
    public DocumentText extract(byte[] document, ParsingLimits limits) throws UnreadableDocument {
        if (document.length == 0) {
            throw new UnreadableDocument(Outcome.CORRUPT, "no bytes", null);
        }
        if (document.length > limits.inputBytes()) {
            throw new UnreadableDocument(Outcome.TOO_LARGE, "more than " + limits.inputBytes() + " bytes", null);
        }
        Budget budget = new Budget(limits);
        try {
            return read(document, budget);
        } catch (LimitReached reached) {
            throw new UnreadableDocument(reached.outcome(), String.valueOf(reached.getMessage()), null);
        } catch (CancellationException cancelled) {
            throw cancelled;
        } catch (StackOverflowError deep) {
            throw new UnreadableDocument(Outcome.CORRUPT, "nested too deeply", null);
        } catch (OutOfMemoryError large) {
            // The last resort, should a document find a way around the limits.
            throw new UnreadableDocument(Outcome.TOO_LARGE, "more memory than there is", null);
        } catch (RuntimeException broken) {
            // The libraries answer damage with every kind of unchecked exception; the class is all that may be told.
            throw new UnreadableDocument(Outcome.CORRUPT, broken.getClass().getSimpleName(), broken);
        }
    }

    private static DocumentText read(byte[] document, Budget budget) {
        Sniffed sniffed = DocumentType.sniff(document, document.length);
        DocumentType type;
        if (sniffed == Sniffed.ZIP_FAMILY) {
            try (ZipArchive zip = new ZipArchive(document, budget)) {
                type = zip.documentType().orElseThrow(TextExtractor::unsupported);
                return type == DocumentType.DOCX ? new WordText(budget).docx(zip) : new OdtText(budget).read(zip);
            }
        }
        type = sniffed.type().orElseThrow(TextExtractor::unsupported);
        switch (type) {
            case PDF:
                return new PdfText(budget).read(document);
            case DOC:
                return new DocText(budget).read(document);
            case WORD_XML:
                return new WordText(budget).flat(document);
            case RTF:
                return new RtfText(budget).read(document);
            case HTML:
                return new HtmlText(budget).read(document);
            case TXT:
            default:
                return plain(document, budget);
        }
    }

    private static DocumentText plain(byte[] document, Budget budget) {
        if (PlainText.looksBinary(document)) {
            throw unsupported();
        }
        LineCollector lines = new LineCollector(budget, false);
        String text = PlainText.decode(document);
        int page = 1;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\f') {
                int end = i > from && text.charAt(i - 1) == '\r' ? i - 1 : i;
                if (text.substring(from, end).isBlank()) {
                    lines.gap(page);
                } else {
                    lines.add(page, text.substring(from, end), TextLine.Part.BODY, null);
                }
                if (i < text.length() && text.charAt(i) == '\f') {
                    budget.page();
                    page++;
                }
                from = i + 1;
            }
        }
        return lines.finish(DocumentType.TXT, page);
    }

    private static LimitReached unsupported() {
        return new LimitReached(Outcome.UNSUPPORTED_TYPE, "content of another type");
    }
}
