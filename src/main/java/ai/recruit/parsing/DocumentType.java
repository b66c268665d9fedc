package ai.recruit.parsing;

import java.util.Locale;
import java.util.Optional;

/** The kinds of document that the engine reads. Only the content decides which one a file is, never its name. */
public enum DocumentType {
    PDF("application/pdf", "pdf"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    /** Word 97 to 2003, binary. */
    DOC("application/msword", "doc"),
    /** Word 2003 XML or a flat Open XML package; usually named {@code .doc} or {@code .xml}. */
    WORD_XML("application/vnd.ms-word+xml", "xml"),
    RTF("application/rtf", "rtf"),
    ODT("application/vnd.oasis.opendocument.text", "odt"),
    TXT("text/plain", "txt"),
    HTML("text/html", "html");

    /** How many bytes {@link #sniff} wants to see; fewer are enough when the file is shorter. */
    public static final int SNIFF_LENGTH = 8 * 1024;

    private final String mediaType;
    private final String extension;

    DocumentType(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** The media type to serve such a document with. */
    public String mediaType() {
        return mediaType;
    }

    /** The file extension, without the dot. */
    public String extension() {
        return extension;
    }

    /**
     * Says what the first bytes of a document tell, while the rest is still on its way.
     *
     * @param head the first {@link #SNIFF_LENGTH} bytes, or all of a shorter document
     * @param length how many bytes of {@code head} count
     */
    public static Sniffed sniff(byte[] head, int length) {
        int end = Math.min(Math.min(length, head.length), SNIFF_LENGTH);
        if (end == 0) {
            return Sniffed.UNKNOWN;
        }
        if (starts(head, end, 0, "%PDF-")) {
            return Sniffed.PDF;
        }
        if (starts(head, end, 0, "PK\003\004") || starts(head, end, 0, "PK\005\006")) {
            return Sniffed.ZIP_FAMILY;
        }
        if (startsOle2(head, end)) {
            return Sniffed.DOC;
        }
        if (starts(head, end, 0, "{\\rt")) {
            return Sniffed.RTF;
        }
        Sniffed text = sniffText(head, end);
        if (text == Sniffed.HTML || text == Sniffed.WORD_XML) {
            return text;
        }
        // Writers may put bytes before the header of a PDF; readers look for it in the first 1024 bytes.
        if (!knownBinary(head, end) && indexOf(head, Math.min(end, 1024), "%PDF-") >= 0) {
            return Sniffed.PDF;
        }
        return text;
    }

    /**
     * Decides the type from the whole document. A zip is what its directory says, an OLE2 container what its streams
     * say.
     *
     * @return empty when it is none of these types; an encrypted DOCX, which is an OLE2 container, answers {@code DOC}
     */
    public static Optional<DocumentType> detect(byte[] document) {
        Sniffed sniffed = sniff(document, document.length);
        if (sniffed == Sniffed.ZIP_FAMILY) {
            try (ZipArchive zip = new ZipArchive(document, new Budget(ParsingLimits.defaults()))) {
                return zip.documentType();
            } catch (LimitReached unreadable) {
                return Optional.empty();
            }
        }
        if (sniffed == Sniffed.DOC) {
            return Ole2.looksLikeWord(document) ? Optional.of(DOC) : Optional.empty();
        }
        if (sniffed == Sniffed.TXT && PlainText.looksBinary(document)) {
            return Optional.empty();
        }
        return sniffed.type();
    }

    private static Sniffed sniffText(byte[] head, int end) {
        if (knownBinary(head, end) || PlainText.looksBinary(head, end)) {
            return Sniffed.UNKNOWN;
        }
        String text = PlainText.asciiView(head, end);
        int at = 0;
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00ff')) {
            at++;
        }
        if (at == text.length()) {
            return Sniffed.UNKNOWN;
        }
        String lower = text.substring(at).toLowerCase(Locale.ROOT);
        if (lower.startsWith("{\\rt")) {
            return Sniffed.RTF;
        }
        if (!lower.startsWith("<")) {
            return Sniffed.TXT;
        }
        if (lower.contains("progid=\"word.document\"")
                || lower.contains("schemas.microsoft.com/office/word/2003/wordml")
                || (lower.contains("schemas.microsoft.com/office/2006/xmlpackage")
                        && lower.contains("word.document"))) {
            return Sniffed.WORD_XML;
        }
        if (lower.contains("schemas.microsoft.com/office/2006/xmlpackage")) {
            return Sniffed.WORD_XML;
        }
        return looksLikeHtml(lower) ? Sniffed.HTML : lower.startsWith("<?xml") ? Sniffed.UNKNOWN : Sniffed.TXT;
    }

    private static boolean looksLikeHtml(String lower) {
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<head")) {
            return true;
        }
        if (lower.startsWith("<?xml") || lower.startsWith("<!--") || lower.startsWith("<!doctype")) {
            return lower.contains("<html");
        }
        for (String tag : new String[] {"<body", "<div", "<table", "<p>", "<p ", "<h1", "<meta", "<title", "<span"}) {
            if (lower.startsWith(tag)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsOle2(byte[] head, int end) {
        return end >= 8
                && (head[0] & 0xff) == 0xd0
                && (head[1] & 0xff) == 0xcf
                && (head[2] & 0xff) == 0x11
                && (head[3] & 0xff) == 0xe0
                && (head[4] & 0xff) == 0xa1
                && (head[5] & 0xff) == 0xb1
                && (head[6] & 0xff) == 0x1a
                && (head[7] & 0xff) == 0xe1;
    }

    /** Magic numbers of what people rename to .pdf or .doc; some of them would pass for text. */
    private static boolean knownBinary(byte[] head, int end) {
        return starts(head, end, 0, "GIF8")
                || starts(head, end, 1, "PNG\r\n")
                || (end > 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xd8 && (head[2] & 0xff) == 0xff)
                || starts(head, end, 0, "Rar!")
                || starts(head, end, 0, "7z\274\257")
                || starts(head, end, 0, "MZ")
                || starts(head, end, 1, "ELF")
                || starts(head, end, 0, "BM\000")
                || starts(head, end, 0, "II*\000")
                || starts(head, end, 0, "MM\000*")
                || starts(head, end, 0, "%!PS")
                || starts(head, end, 0, "\037\213");
    }

    private static boolean starts(byte[] head, int end, int at, String magic) {
        if (end < at + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((head[at + i] & 0xff) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] head, int end, String magic) {
        for (int i = 0; i + magic.length() <= end; i++) {
            if (starts(head, end, i, magic)) {
                return i;
            }
        }
        return -1;
    }
}
