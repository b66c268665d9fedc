package ai.recruit.parsing;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads OpenDocument text: headings, paragraphs, lists, tables, frames; tracked deletions and notes stay out. */
final class OdtText {

    private final Budget budget;
    private final LineCollector lines;
    private final List<StringBuilder> open = new ArrayList<>();
    private final List<Integer> headings = new ArrayList<>();
    private final List<List<List<String>>> rows = new ArrayList<>();
    private final Map<String, Look> looks = new HashMap<>();
    private final Deque<Look> text = new ArrayDeque<>();
    private final Deque<Integer> grounds = new ArrayDeque<>();
    private boolean shapesBehind;
    private int lists;
    private int sectionsHidden;

    /** What a style says about how its text looks; {@code UNSET} where it says nothing. */
    private static final class Look {
        static final int UNSET = -2;

        @Nullable String parent;

        int color = UNSET;
        int ground = UNSET;
        float size;

        @Nullable Boolean hidden;

        void over(Look base) {
            color = color == UNSET ? base.color : color;
            ground = ground == UNSET ? base.ground : ground;
            size = size == 0 ? base.size : size;
            hidden = hidden == null ? base.hidden : hidden;
        }
    }

    private Look look(@Nullable String style) {
        Look all = new Look();
        String next = style;
        for (int i = 0; i < 20 && next != null; i++) {
            Look look = looks.get(next);
            if (look == null) {
                break;
            }
            all.over(look);
            next = look.parent;
        }
        return all;
    }

    /** Takes note of a style or of one of its properties. */
    private @Nullable Look style(Xml xml, @Nullable Look now) {
        switch (xml.name()) {
            case "style", "default-style" -> {
                Look look = new Look();
                look.parent = xml.attribute("parent-style-name");
                String name = xml.attribute("name");
                looks.put(name == null ? "default " + xml.attribute("family") : name, look);
                return look;
            }
            case "text-properties" -> {
                if (now != null) {
                    color(xml.attribute("color"), now);
                    ground(xml.attribute("background-color"), now);
                    String size = xml.attribute("font-size");
                    now.size = size != null && size.endsWith("pt") ? number(size.substring(0, size.length() - 2)) : 0;
                    now.hidden = "none".equals(xml.attribute("display")) ? Boolean.TRUE : null;
                }
            }
            case "paragraph-properties", "table-cell-properties" -> {
                if (now != null) {
                    ground(xml.attribute("background-color"), now);
                }
            }
            case "graphic-properties" -> {
                if (now != null) {
                    now.ground =
                            "solid".equals(xml.attribute("fill")) ? hex(xml.attribute("fill-color")) : PageInk.UNKNOWN;
                }
                shapesBehind |= "background".equals(xml.attribute("run-through"));
            }
            default -> {
                // Does not hide.
            }
        }
        return now;
    }

    private static void color(@Nullable String value, Look look) {
        look.color = value == null ? look.color : hex(value);
    }

    private static void ground(@Nullable String value, Look look) {
        look.ground = value == null || value.equals("transparent") ? look.ground : hex(value);
    }

    private static int hex(@Nullable String value) {
        try {
            return value != null && value.length() == 7 && value.startsWith("#")
                    ? Integer.parseInt(value.substring(1), 16)
                    : PageInk.UNKNOWN;
        } catch (NumberFormatException odd) {
            return PageInk.UNKNOWN;
        }
    }

    private static float number(String value) {
        try {
            return Float.parseFloat(value);
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    OdtText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget, false);
    }

    DocumentText read(ZipArchive zip) {
        InputStream manifest = zip.find("META-INF/manifest.xml");
        if (manifest != null) {
            Xml xml = new Xml(manifest, budget);
            while (xml.next()) {
                if (xml.starts() && xml.name().equals("encryption-data")) {
                    throw new LimitReached(Outcome.ENCRYPTED, "an encrypted OpenDocument");
                }
            }
        }
        InputStream styles = zip.find("styles.xml");
        if (styles != null) {
            header(new Xml(styles, budget));
        }
        InputStream properties = zip.find("meta.xml");
        if (properties != null) {
            properties(new Xml(properties, budget));
        }
        InputStream content = zip.find("content.xml");
        if (content == null) {
            throw new LimitReached(Outcome.CORRUPT, "no content");
        }
        walk(new Xml(content, budget), TextLine.Part.BODY);
        return lines.finish(DocumentType.ODT, 1);
    }

    private void properties(Xml xml) {
        StringBuilder keywords = new StringBuilder();
        StringBuilder value = new StringBuilder();
        while (xml.next()) {
            if (xml.starts()) {
                value.setLength(0);
            } else if (xml.ends()) {
                switch (xml.name()) {
                    case "keyword" ->
                        keywords.append(keywords.length() > 0 ? ", " : "").append(value);
                    case "title", "subject", "description", "user-defined" ->
                        lines.findings().property(xml.name(), value.toString());
                    default -> {
                        // Dates and counts.
                    }
                }
                value.setLength(0);
            } else if (value.length() < LineCollector.MAX_LINE) {
                value.append(xml.text());
            }
        }
        lines.findings().property("keywords", keywords.toString());
    }

    /** Page headers stand among the styles. */
    private void header(Xml xml) {
        Look style = null;
        while (xml.next()) {
            if (xml.starts()) {
                style = style(xml, style);
            }
            if (xml.starts() && xml.name().equals("header")) {
                StringBuilder text = new StringBuilder();
                int level = 1;
                while (level > 0 && xml.next()) {
                    if (xml.starts()) {
                        level++;
                        text.append(xml.name().equals("tab") ? "\t" : "");
                    } else if (xml.ends()) {
                        level--;
                        if (xml.name().equals("p")) {
                            lines.add(1, text, TextLine.Part.HEADER, null);
                            text.setLength(0);
                        }
                    } else {
                        text.append(xml.text());
                    }
                }
            }
        }
    }

    private void walk(Xml xml, TextLine.Part part) {
        Look style = null;
        while (xml.next()) {
            if (xml.starts()) {
                switch (xml.name()) {
                    case "tracked-changes",
                            "note",
                            "annotation",
                            "binary-data",
                            "forms",
                            "sequence-decls",
                            "desc",
                            "title",
                            "script",
                            "font-face-decls" -> xml.skip();
                    case "section" -> {
                        if (sectionsHidden > 0 || "none".equals(xml.attribute("display"))) {
                            sectionsHidden++;
                        }
                    }
                    case "frame", "custom-shape", "rect" -> {
                        Look look = look(xml.attribute("style-name"));
                        grounds.push(look.ground == Look.UNSET ? PageInk.UNKNOWN : look.ground);
                    }
                    case "h", "p" -> {
                        open.add(new StringBuilder());
                        headings.add(xml.name().equals("h") ? 1 : 0);
                        Look look = look(xml.attribute("style-name"));
                        look.over(look("default paragraph"));
                        text.push(look);
                    }
                    case "span" -> {
                        Look look = look(xml.attribute("style-name"));
                        Look around = text.peek();
                        if (around != null) {
                            look.over(around);
                        }
                        text.push(look);
                    }
                    case "a" -> {
                        String target = xml.attribute("href");
                        if (target != null) {
                            lines.link(target);
                        }
                    }
                    case "tab" -> write("\t");
                    case "line-break" -> write("\n");
                    case "s" -> write(" ");
                    case "list" -> lists++;
                    case "table" -> rows.add(new ArrayList<>());
                    case "table-row" -> {
                        if (!rows.isEmpty()) {
                            rows.set(rows.size() - 1, new ArrayList<>());
                        }
                    }
                    case "table-cell" -> {
                        grounds.push(look(xml.attribute("style-name")).ground);
                        if (!rows.isEmpty()) {
                            rows.get(rows.size() - 1).add(new ArrayList<>());
                        }
                    }
                    default -> style = style(xml, style);
                }
            } else if (xml.ends()) {
                switch (xml.name()) {
                    case "h", "p" -> {
                        text.poll();
                        endParagraph(part);
                    }
                    case "span" -> text.poll();
                    case "section" -> sectionsHidden = Math.max(0, sectionsHidden - 1);
                    case "table-cell", "frame", "custom-shape", "rect" -> grounds.poll();
                    case "list" -> lists = Math.max(0, lists - 1);
                    case "table-row" -> endRow();
                    case "table" -> {
                        if (!rows.isEmpty()) {
                            rows.remove(rows.size() - 1);
                        }
                    }
                    default -> {
                        // Nothing to close.
                    }
                }
            } else {
                write(xml.text());
            }
        }
    }

    /** Why nobody sees the text at hand, or null. */
    private Flag.@Nullable Reason unseen() {
        Look look = text.peek();
        if (sectionsHidden > 0 || (look != null && Boolean.TRUE.equals(look.hidden))) {
            return Flag.Reason.INVISIBLE;
        }
        if (look == null) {
            return null;
        }
        if (look.size > 0 && look.size < 2) {
            return Flag.Reason.SIZE;
        }
        if (look.color < 0 || shapesBehind) {
            return null;
        }
        int ground = look.ground;
        for (Integer around : grounds) {
            ground = ground == Look.UNSET ? around : ground;
        }
        return PageInk.same(look.color, ground == Look.UNSET ? 0xffffff : ground) ? Flag.Reason.COLOR : null;
    }

    private void write(String written) {
        if (!open.isEmpty()) {
            Flag.Reason reason = unseen();
            if (reason != null) {
                lines.hidden(reason, 1, TextLine.Part.BODY, written);
                return;
            }
            StringBuilder now = open.get(open.size() - 1);
            if (now.length() + written.length() > budget.limits().characters()) {
                throw new LimitReached(Outcome.TOO_LARGE, "an endless paragraph");
            }
            now.append(written);
        }
    }

    private void endParagraph(TextLine.Part part) {
        if (open.isEmpty()) {
            return;
        }
        String text = open.remove(open.size() - 1).toString();
        int heading = headings.remove(headings.size() - 1);
        if (!rows.isEmpty() && !rows.get(rows.size() - 1).isEmpty()) {
            List<List<String>> row = rows.get(rows.size() - 1);
            row.get(row.size() - 1).add(text);
        } else if (text.isBlank()) {
            lines.gap(1);
        } else {
            lines.add(
                    1,
                    lists > 0 && heading == 0 ? "\u2022 " + text : text,
                    part,
                    new TextLine.Style(0, 0, 0, 0, false, heading, 0));
        }
    }

    private void endRow() {
        if (rows.isEmpty()) {
            return;
        }
        List<List<String>> row = rows.get(rows.size() - 1);
        rows.set(rows.size() - 1, new ArrayList<>());
        boolean layout = false;
        List<String> single = new ArrayList<>();
        for (List<String> cell : row) {
            cell.removeIf(String::isBlank);
            layout |= cell.size() > 1;
            single.addAll(cell);
        }
        List<String> flat = layout ? single : List.of(String.join("\t", single));
        if (rows.size() > 1 && !rows.get(rows.size() - 2).isEmpty()) {
            List<List<String>> outer = rows.get(rows.size() - 2);
            outer.get(outer.size() - 1).addAll(flat);
        } else {
            for (String text : flat) {
                lines.add(1, text, TextLine.Part.TABLE, null);
            }
        }
    }
}
