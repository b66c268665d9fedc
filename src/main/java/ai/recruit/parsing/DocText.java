package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.OldFileFormatException;
import org.apache.poi.hpsf.SummaryInformation;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/** Reads binary Word documents with POI's HWPF: the body, its text boxes and headers, without deleted and hidden text. */
final class DocText {

    private static final char FIELD_BEGIN = 0x13;
    private static final char FIELD_SEPARATOR = 0x14;
    private static final char FIELD_END = 0x15;
    private static final char CELL = 0x07;
    private static final int FLAGS = 0x0a;
    private static final int WHITE = 0xffffff;
    private static final int TINY = 4;

    private final Budget budget;
    private final LineCollector lines;

    DocText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget, false);
    }

    DocumentText read(byte[] bytes) {
        if (Ole2.holdsEncryptedPackage(bytes)) {
            throw new LimitReached(Outcome.ENCRYPTED, "an Open XML document behind a password");
        }
        if (!Ole2.looksLikeWord(bytes)) {
            throw new LimitReached(Outcome.UNSUPPORTED_TYPE, "an OLE2 container without Word text");
        }
        try (POIFSFileSystem files = new POIFSFileSystem(new ByteArrayInputStream(bytes))) {
            if (locked(files)) {
                throw new LimitReached(Outcome.ENCRYPTED, "needs a password");
            }
            try (HWPFDocument document = new HWPFDocument(files)) {
                budget.checkTime();
                properties(document.getSummaryInformation());
                story(document.getHeaderStoryRange(), TextLine.Part.HEADER);
                story(document.getRange(), TextLine.Part.BODY);
                story(document.getMainTextboxRange(), TextLine.Part.TEXT_BOX);
                return lines.finish(DocumentType.DOC, 1);
            }
        } catch (EncryptedDocumentException locked) {
            throw new LimitReached(Outcome.ENCRYPTED, "needs a password");
        } catch (OldFileFormatException old) {
            throw new LimitReached(Outcome.UNSUPPORTED_TYPE, "Word 95 or older");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The flag of encryption in the head of the document. */
    private static boolean locked(POIFSFileSystem files) throws IOException {
        try (DocumentInputStream stream = files.createDocumentInputStream("WordDocument")) {
            byte[] head = stream.readNBytes(FLAGS + 2);
            return head.length > FLAGS + 1 && (head[FLAGS + 1] & 1) != 0;
        }
    }

    private void properties(@Nullable SummaryInformation summary) {
        if (summary != null) {
            lines.findings().property("title", summary.getTitle());
            lines.findings().property("subject", summary.getSubject());
            lines.findings().property("keywords", summary.getKeywords());
            lines.findings().property("comments", summary.getComments());
        }
    }

    /** Why nobody sees a run, or null. */
    private static Flag.@Nullable Reason unseen(CharacterRun run, TextLine.Part part) {
        if (run.isVanished()) {
            return Flag.Reason.INVISIBLE;
        }
        int size = run.getFontSize();
        if (size > 0 && size < TINY) {
            return Flag.Reason.SIZE;
        }
        boolean white = run.getIco24() == WHITE && !run.isHighlighted() && part != TextLine.Part.TEXT_BOX;
        if (!white || run.numParagraphs() == 0) {
            return null;
        }
        // What a table's cells are shaded with is not asked: white text there counts as visible.
        org.apache.poi.hwpf.usermodel.Paragraph paragraph = run.getParagraph(0);
        boolean plain = !paragraph.isInTable() && paragraph.getShading().isEmpty();
        return plain ? Flag.Reason.COLOR : null;
    }

    private void story(Range range, TextLine.Part part) {
        if (range.getEndOffset() <= range.getStartOffset()) {
            return;
        }
        int runs = range.numCharacterRuns();
        Paragraph paragraph = new Paragraph(part);
        if (runs == 0) {
            paragraph.append(range.text(), false, 0);
        }
        for (int i = 0; i < runs; i++) {
            budget.tick();
            CharacterRun run = range.getCharacterRun(i);
            if (run.isMarkedDeleted()) {
                continue;
            }
            Flag.Reason reason = unseen(run, part);
            if (reason != null) {
                lines.hidden(reason, 1, part, run.text());
                paragraph.breaks(run.text());
            } else {
                paragraph.append(run.text(), run.isBold(), run.getFontSize() * 5);
            }
        }
        paragraph.end();
        lines.gap(1);
    }

    /** Gathers characters up to a paragraph mark, leaving out field instructions. */
    private final class Paragraph {

        private final TextLine.Part part;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder instruction = new StringBuilder();
        private int instructions;
        private boolean bold;
        private int size;
        private char before;

        Paragraph(TextLine.Part part) {
            this.part = part;
        }

        void append(String run, boolean runBold, int runSize) {
            for (int i = 0; i < run.length(); i++) {
                budget.tick();
                char c = run.charAt(i);
                if (c == FIELD_BEGIN) {
                    instructions++;
                    instruction.setLength(0);
                } else if (c == FIELD_SEPARATOR || c == FIELD_END) {
                    if (instructions > 0 && c == FIELD_SEPARATOR) {
                        instructions--;
                        link();
                    } else if (c == FIELD_END && instruction.length() > 0 && instructions > 0) {
                        instructions--;
                        link();
                    }
                } else if (instructions > 0) {
                    if (instruction.length() < 2_000) {
                        instruction.append(c);
                    }
                } else if (c == CELL) {
                    // Two cell marks in a row end the row.
                    if (before == CELL) {
                        end();
                    } else {
                        text.append('\t');
                    }
                } else if (c == '\r' || c == '\n' || c == 0x0b || c == '\f') {
                    end();
                } else {
                    if (text.length() == 0) {
                        bold = runBold;
                        size = runSize;
                    }
                    text.append(c);
                }
                before = c;
            }
        }

        /** A hidden run says nothing, but a paragraph may end in it. */
        void breaks(String run) {
            for (int i = 0; i < run.length(); i++) {
                if (run.charAt(i) == '\r' && text.length() > 0) {
                    end();
                }
            }
        }

        void end() {
            if (text.toString().isBlank()) {
                lines.gap(1);
            } else {
                lines.add(1, text, part, new TextLine.Style(0, 0, 0, size, bold, 0, 0));
            }
            text.setLength(0);
        }

        private void link() {
            int from = instruction.indexOf("\"", Math.max(0, instruction.indexOf("HYPERLINK")));
            int to = from < 0 ? -1 : instruction.indexOf("\"", from + 1);
            if (to > 0 && instruction.indexOf("HYPERLINK") >= 0) {
                lines.link(instruction.substring(from + 1, to));
            }
            instruction.setLength(0);
        }
    }
}
