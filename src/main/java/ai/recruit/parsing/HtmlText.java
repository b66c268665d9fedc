package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/** Reads a web page as a person would see it: blocks are paragraphs, table rows read across, hidden elements do not exist. */
final class HtmlText {

    private static final Set<String> INVISIBLE = Set.of(
            "script",
            "style",
            "head",
            "template",
            "noscript",
            "iframe",
            "object",
            "svg",
            "math",
            "canvas",
            "audio",
            "video",
            "select",
            "option",
            "textarea",
            "button");
    private static final Set<String> MENUS = Set.of("nav", "dialog", "menu", "form", "input", "img");
    private static final Set<String> BREAKS = Set.of("br", "hr");

    private static final int TAGS_PER_ENTRY = 10;

    private final Budget budget;
    private final LineCollector lines;
    private final StringBuilder line = new StringBuilder();
    private final Deque<HtmlStyles.Look> looks = new ArrayDeque<>();
    private HtmlStyles styles = HtmlStyles.NONE;
    private int heading;
    private int bold;
    private boolean lineBold;
    private boolean bullet;

    HtmlText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget, false);
    }

    DocumentText read(byte[] bytes) {
        countTags(bytes);
        Document document;
        try {
            Parser parser = Parser.htmlParser();
            parser.setMaxDepth(budget.limits().depth());
            document = Jsoup.parse(new ByteArrayInputStream(bytes), charset(bytes), "", parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        budget.checkTime();
        for (Element meta : document.head().select("meta[name][content]")) {
            lines.findings().property(meta.attr("name").toLowerCase(Locale.ROOT), meta.attr("content"));
        }
        styles = HtmlStyles.read(document, budget);
        document.body().filter(new Walk());
        endLine(false);
        return lines.finish(DocumentType.HTML, 1);
    }

    /** Misnested tables cost time by the square of their number, inside the library where no clock is read. */
    private void countTags(byte[] bytes) {
        int tags = 0;
        int most = budget.limits().entries() * TAGS_PER_ENTRY;
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == '<' && bytes[i + 1] != '/' && ++tags > most) {
                throw new LimitReached(Outcome.TOO_LARGE, "more than " + most + " elements");
            }
        }
    }

    /** Null lets jsoup look for the mark or the meta tag; pages without either are guessed like plain text. */
    private static @Nullable String charset(byte[] bytes) {
        String head = PlainText.asciiView(bytes, Math.min(bytes.length, 4_096)).toLowerCase(Locale.ROOT);
        boolean declared = head.contains("charset") || head.contains("encoding=");
        boolean marked = bytes.length > 2
                && (((bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb)
                        || ((bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe)
                        || ((bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff));
        if (declared || marked) {
            return null;
        }
        return PlainText.isUtf8(bytes) ? "UTF-8" : PlainText.guess(bytes).name();
    }

    private void endLine(boolean gap) {
        if (!line.toString().isBlank()) {
            lines.add(
                    1,
                    bullet ? "\u2022 " + line : line,
                    TextLine.Part.BODY,
                    new TextLine.Style(0, 0, 0, 0, lineBold, heading, 0));
            bullet = false;
        }
        line.setLength(0);
        if (gap) {
            lines.gap(1);
        }
    }

    private final class Walk implements NodeFilter {

        @Override
        public FilterResult head(Node node, int depth) {
            budget.tick();
            if (node instanceof TextNode text) {
                String part = text.text();
                HtmlStyles.Look look = looks.peek();
                Flag.Reason reason = look == null || part.isBlank() ? null : look.unseen();
                if (reason != null) {
                    lines.hidden(reason, 1, TextLine.Part.BODY, part);
                    return FilterResult.CONTINUE;
                }
                if (line.toString().isBlank() && !part.isBlank()) {
                    lineBold = bold > 0;
                }
                if (line.length() + part.length() > budget.limits().characters()) {
                    throw new LimitReached(Outcome.TOO_LARGE, "an endless paragraph");
                }
                line.append(part);
                return FilterResult.CONTINUE;
            }
            if (!(node instanceof Element element)) {
                return FilterResult.CONTINUE;
            }
            budget.depth(depth);
            String name = element.normalName();
            if (INVISIBLE.contains(name)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            HtmlStyles.Look look = styles.look(element, looks.peek());
            Flag.Reason gone = look.gone();
            if (gone != null) {
                // A menu that a script would open is no attempt to deceive.
                if (!MENUS.contains(name)) {
                    lines.hidden(gone, 1, TextLine.Part.BODY, element.text() + " ");
                }
                return FilterResult.SKIP_ENTIRELY;
            }
            looks.push(look);
            if (BREAKS.contains(name)) {
                endLine(false);
            } else if (name.equals("td") || name.equals("th")) {
                if (!line.toString().isBlank()) {
                    line.append('\t');
                }
            } else if (block(element)) {
                endLine(heading(name) > 0);
                heading = heading(name) > 0 ? heading(name) : heading;
                bullet |= name.equals("li");
            } else if (name.equals("b") || name.equals("strong")) {
                bold++;
            } else if (name.equals("a")) {
                lines.link(element.attr("href"));
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                String name = element.normalName();
                looks.poll();
                if (name.equals("b") || name.equals("strong")) {
                    bold = Math.max(0, bold - 1);
                } else if (block(element) && !name.equals("td") && !name.equals("th")) {
                    endLine(false);
                    heading = heading(name) > 0 ? 0 : heading;
                }
            }
            return FilterResult.CONTINUE;
        }

        private boolean block(Element element) {
            return element.isBlock() || element.normalName().equals("tr");
        }

        private int heading(String name) {
            return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6'
                    ? name.charAt(1) - '0'
                    : 0;
        }
    }
}
