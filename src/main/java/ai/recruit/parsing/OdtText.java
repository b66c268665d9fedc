package ai.recruit.parsing;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads OpenDocument text: headings, paragraphs, lists, tables, frames; tracked deletions and notes stay out. */
final class OdtText {

    private final Budget budget;
    private final LineCollector lines;
    private final List<StringBuilder> open = new ArrayList<>();
    private final List<Integer> headings = new ArrayList<>();
    private final List<List<List<String>>> rows = new ArrayList<>();
    private final Set<String> hiddenStyles = new HashSet<>();
    private int lists;
    private int hidden;

    OdtText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget);
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
        InputStream content = zip.find("content.xml");
        if (content == null) {
            throw new LimitReached(Outcome.CORRUPT, "no content");
        }
        walk(new Xml(content, budget), TextLine.Part.BODY);
        return lines.finish(DocumentType.ODT, 1);
    }

    /** Page headers stand among the styles. */
    private void header(Xml xml) {
        while (xml.next()) {
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
        String style = null;
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
                    case "style" -> style = xml.attribute("name");
                    case "text-properties" -> {
                        if (style != null
                                && ("none".equals(xml.attribute("display"))
                                        || "true".equals(xml.attribute("hidden")))) {
                            hiddenStyles.add(style);
                        }
                    }
                    case "h", "p" -> {
                        open.add(new StringBuilder());
                        headings.add(xml.name().equals("h") ? 1 : 0);
                    }
                    case "span" -> {
                        if (hidden > 0 || hiddenStyles.contains(String.valueOf(xml.attribute("style-name")))) {
                            hidden++;
                        }
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
                        if (!rows.isEmpty()) {
                            rows.get(rows.size() - 1).add(new ArrayList<>());
                        }
                    }
                    default -> {
                        // Holds what matters.
                    }
                }
            } else if (xml.ends()) {
                switch (xml.name()) {
                    case "h", "p" -> endParagraph(part);
                    case "span" -> hidden = Math.max(0, hidden - 1);
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

    private void write(String text) {
        if (!open.isEmpty() && hidden == 0) {
            StringBuilder now = open.get(open.size() - 1);
            if (now.length() + text.length() > budget.limits().characters()) {
                throw new LimitReached(Outcome.TOO_LARGE, "an endless paragraph");
            }
            now.append(text);
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
