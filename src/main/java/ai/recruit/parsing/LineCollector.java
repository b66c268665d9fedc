package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private final Findings findings = new Findings();
    private final boolean pages;
    private boolean sawText;
    private boolean mixed;

    /** @param pages whether the format has pages, so that a flag names the page and not the part */
    LineCollector(Budget budget, boolean pages) {
        this.budget = budget;
        this.pages = pages;
    }

    Findings findings() {
        return findings;
    }

    /** Notes text that is in the document and not to be seen; it becomes no line. */
    void hidden(Flag.Reason reason, int page, TextLine.Part part, CharSequence hidden) {
        budget.characters(hidden.length());
        findings.hidden(reason, page, part, pages, hidden);
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
                    || (i - from >= MAX_LINE && !Character.isLowSurrogate(paragraph.charAt(i)))) {
                CharSequence seen = Letters.seen(
                        paragraph.subSequence(from, i),
                        (count, surely, near) -> findings.invisible(count, surely, page, part, pages, near));
                addLine(page, Letters.clean(seen), part, style);
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
        String clean = Letters.clean(target);
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

    DocumentText finish(DocumentType type, int count) {
        if (!sawText) {
            throw new LimitReached(Outcome.NO_TEXT_LAYER, "no text");
        }
        if (mixed) {
            oneScript();
        }
        dropInstructions();
        if (!sawText) {
            throw new LimitReached(Outcome.NO_TEXT_LAYER, "nothing but instructions to a machine");
        }
        return new DocumentText(type, count, lines, List.copyOf(links), text.toString(), findings.flags());
    }

    /** Spells words of look-alike letters of two scripts in one of them, so that they are found under their name. */
    private void oneScript() {
        boolean russian = Words.russian(text.toString());
        List<TextLine> before = new ArrayList<>(lines);
        begin();
        for (TextLine line : before) {
            String one = line.text();
            if (Letters.mixed(one)) {
                one = Letters.oneScript(
                        one, russian, (word, latin) -> findings.mixed(word, latin, line.page(), line.part(), pages));
            }
            append(line.page(), one, line.part(), line.style());
        }
    }

    /** Takes out the sentences that speak to a machine; a line of nothing else goes as a whole. */
    private void dropInstructions() {
        List<List<MachineInstructions.Cut>> found =
                MachineInstructions.find(lines.stream().map(TextLine::text).toList());
        if (found.isEmpty()) {
            return;
        }
        List<TextLine> before = new ArrayList<>(lines);
        Map<Integer, StringBuilder> rest = new HashMap<>();
        for (List<MachineInstructions.Cut> cuts : found) {
            StringBuilder sentence = new StringBuilder();
            for (MachineInstructions.Cut cut : cuts) {
                budget.tick();
                String line = before.get(cut.line()).text();
                sentence.append(sentence.length() > 0 ? " " : "").append(line, cut.from(), cut.to());
                StringBuilder left = rest.computeIfAbsent(cut.line(), any -> new StringBuilder(line));
                for (int i = cut.from(); i < cut.to(); i++) {
                    left.setCharAt(i, '\0');
                }
            }
            TextLine first = before.get(cuts.get(0).line());
            findings.instruction(sentence, first.page(), first.part(), pages);
        }
        begin();
        for (int i = 0; i < before.size(); i++) {
            TextLine line = before.get(i);
            StringBuilder left = rest.get(i);
            String kept =
                    left == null ? line.text() : Letters.clean(left.toString().replace("\0", ""));
            if (left != null && (kept.length() <= 2 || !hasLetter(kept))) {
                continue;
            }
            if (!kept.isEmpty()
                    || (!lines.isEmpty() && !lines.get(lines.size() - 1).blank())) {
                append(line.page(), kept, line.part(), line.style());
            }
        }
    }

    private static boolean hasLetter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetterOrDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void begin() {
        lines.clear();
        text.setLength(0);
        sawText = false;
    }

    private void addLine(int page, String line, TextLine.Part part, TextLine.@Nullable Style style) {
        if (line.isEmpty() && (lines.isEmpty() || lines.get(lines.size() - 1).blank())) {
            return;
        }
        budget.tick();
        budget.characters(line.length() + 1L);
        mixed = mixed || Letters.mixed(line);
        append(page, line, part, style);
    }

    private void append(int page, String line, TextLine.Part part, TextLine.@Nullable Style style) {
        if (!lines.isEmpty()) {
            text.append('\n');
        }
        lines.add(new TextLine(page, text.length(), line, part, style));
        text.append(line);
        sawText |= !line.isEmpty();
    }
}
