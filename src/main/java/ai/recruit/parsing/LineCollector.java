package ai.recruit.parsing;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the lines of a document and cleans their characters, in one place for all formats. */
final class LineCollector {

    /** Longer lines are broken: rules that look at a line must not meet a line of a megabyte. */
    static final int MAX_LINE = 4_000;

    private static final int MAX_LINK = 500;
    private static final int MAX_LINKS = 200;

    private final Budget budget;
    private final List<TextLine> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final Set<String> links = new LinkedHashSet<>();
    private boolean sawText;

    LineCollector(Budget budget) {
        this.budget = budget;
    }

    boolean sawText() {
        return sawText;
    }

    /** Adds a paragraph; line feeds in it start new lines. */
    void add(int page, CharSequence paragraph, TextLine.Part part, TextLine.@Nullable Style style) {
        int from = 0;
        for (int i = 0; i <= paragraph.length(); i++) {
            if (i == paragraph.length()
                    || paragraph.charAt(i) == '\n'
                    || paragraph.charAt(i) == '\r'
                    || i - from >= MAX_LINE) {
                addLine(page, clean(paragraph.subSequence(from, i)), part, style);
                boolean wasBreak =
                        i < paragraph.length() && (paragraph.charAt(i) == '\n' || paragraph.charAt(i) == '\r');
                boolean crLf = wasBreak
                        && paragraph.charAt(i) == '\r'
                        && i + 1 < paragraph.length()
                        && paragraph.charAt(i + 1) == '\n';
                from = crLf ? i + 2 : wasBreak ? i + 1 : i;
                i = crLf ? i + 1 : i;
            }
        }
    }

    /** Remembers the target of a hyperlink; over-long and over-many ones are of no use to anyone. */
    void link(String target) {
        String clean = clean(target);
        if (!clean.isEmpty() && clean.length() <= MAX_LINK && links.size() < MAX_LINKS) {
            links.add(clean);
        }
    }

    /** Adds a visible gap; several in a row count as one. */
    void gap(int page) {
        if (!lines.isEmpty() && !lines.get(lines.size() - 1).blank()) {
            addLine(page, "", TextLine.Part.BODY, null);
        }
    }

    DocumentText finish(DocumentType type, int pages) {
        if (!sawText) {
            throw new LimitReached(Outcome.NO_TEXT_LAYER, "no text");
        }
        return new DocumentText(type, pages, lines, List.copyOf(links), text.toString());
    }

    private void addLine(int page, String line, TextLine.Part part, TextLine.@Nullable Style style) {
        if (line.isEmpty() && (lines.isEmpty() || lines.get(lines.size() - 1).blank())) {
            return;
        }
        budget.tick();
        budget.characters(line.length() + 1L);
        if (!lines.isEmpty()) {
            text.append('\n');
        }
        lines.add(new TextLine(page, text.length(), line, part, style));
        text.append(line);
        sawText |= !line.isEmpty();
    }

    /**
     * One spelling for each character: NFC, ligatures taken apart, all blanks one space, soft hyphens, zero-width and
     * control characters gone. A tab survives as the mark between cells.
     */
    static String clean(CharSequence raw) {
        StringBuilder out = new StringBuilder(raw.length());
        boolean plain = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            plain &= c < 0x80;
            if (c == '\t') {
                while (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
                    out.setLength(out.length() - 1);
                }
                if (out.length() > 0 && out.charAt(out.length() - 1) != '\t') {
                    out.append('\t');
                }
            } else if (c == ' ' || Character.isSpaceChar(c) || c == '\n' || c == '\r' || c == 0x0b || c == '\f') {
                if (out.length() > 0 && out.charAt(out.length() - 1) != ' ' && out.charAt(out.length() - 1) != '\t') {
                    out.append(' ');
                }
            } else if (c >= '\ufb00' && c <= '\ufb06') {
                out.append(LIGATURES[c - '\ufb00']);
            } else if (c == '\u2010' || c == '\u2011') {
                out.append('-');
            } else if (!invisible(c)) {
                out.append(c);
            }
        }
        int end = out.length();
        while (end > 0 && (out.charAt(end - 1) == ' ' || out.charAt(end - 1) == '\t')) {
            end--;
        }
        out.setLength(end);
        return plain ? out.toString() : Normalizer.normalize(out, Normalizer.Form.NFC);
    }

    private static final String[] LIGATURES = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

    private static boolean invisible(char c) {
        return c < 0x20
                || (c >= 0x7f && c < 0xa0)
                || c == '\u00ad'
                || (c >= '\u200b' && c <= '\u200f')
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2060' && c <= '\u206f')
                || c == '\ufeff'
                || c == '\ufffe'
                || c == '\uffff';
    }
}
