package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads WordprocessingML: DOCX, flat Open XML packages and Word 2003 XML, whose words for paragraphs, runs and tables
 * are the same. Deleted and hidden text stays out, the second copy of a text box for old readers too.
 */
final class WordText {

    private final Budget budget;
    private final LineCollector lines;
    private final Map<String, Integer> headingStyles = new HashMap<>();

    WordText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget);
    }

    DocumentText docx(ZipArchive zip) {
        String main = "word/document.xml";
        if (!zip.has(main)) {
            for (String name : zip.names()) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.startsWith("word/document") && lower.endsWith(".xml")) {
                    main = name;
                    break;
                }
            }
        }
        InputStream styles = zip.find("word/styles.xml");
        if (styles != null) {
            readStyles(styles);
        }
        Map<String, String> targets = relations(zip, "word/_rels/" + main.substring("word/".length()) + ".rels");
        List<String> headers = new ArrayList<>();
        List<String> footers = new ArrayList<>();
        for (String target : targets.values()) {
            String name = target.startsWith("/") ? target.substring(1) : "word/" + target;
            if (target.contains("header") && target.endsWith(".xml")) {
                headers.add(name);
            } else if (target.contains("footer") && target.endsWith(".xml")) {
                footers.add(name);
            }
        }
        headers.sort(null);
        footers.sort(null);
        for (String header : headers) {
            readPart(zip, header, TextLine.Part.HEADER);
        }
        InputStream body = zip.find(main);
        if (body == null) {
            throw new LimitReached(Outcome.CORRUPT, "no main part");
        }
        new Walk(new Xml(body, budget), targets, TextLine.Part.BODY).run();
        for (String footer : footers) {
            readPart(zip, footer, TextLine.Part.FOOTER);
        }
        return lines.finish(DocumentType.DOCX, 1);
    }

    /** Word 2003 XML, or a flat package: one XML with everything in it. */
    DocumentText flat(byte[] bytes) {
        new Walk(new Xml(new ByteArrayInputStream(bytes), budget), Map.of(), TextLine.Part.BODY).run();
        return lines.finish(DocumentType.WORD_XML, 1);
    }

    private void readPart(ZipArchive zip, String name, TextLine.Part part) {
        InputStream bytes = zip.find(name);
        if (bytes != null) {
            int slash = name.lastIndexOf('/');
            String relations = name.substring(0, slash + 1) + "_rels/" + name.substring(slash + 1) + ".rels";
            new Walk(new Xml(bytes, budget), relations(zip, relations), part).run();
        }
    }

    private Map<String, String> relations(ZipArchive zip, String name) {
        Map<String, String> targets = new LinkedHashMap<>();
        InputStream bytes = zip.find(name);
        if (bytes != null) {
            Xml xml = new Xml(bytes, budget);
            while (xml.next()) {
                if (xml.starts() && xml.name().equals("Relationship")) {
                    String id = xml.attribute("Id");
                    String target = xml.attribute("Target");
                    if (id != null && target != null) {
                        targets.put(id, target);
                    }
                }
            }
        }
        return targets;
    }

    private void readStyles(InputStream bytes) {
        Xml xml = new Xml(bytes, budget);
        String id = null;
        while (xml.next()) {
            if (xml.starts() && xml.name().equals("style")) {
                id = xml.attribute("styleId");
            } else if (xml.starts() && id != null && xml.name().equals("outlineLvl")) {
                headingStyles.put(id, number(xml.attribute("val"), 8) + 1);
            } else if (xml.starts() && id != null && xml.name().equals("name")) {
                String name = String.valueOf(xml.attribute("val")).toLowerCase(Locale.ROOT);
                if (name.startsWith("heading ") || name.equals("title")) {
                    headingStyles.putIfAbsent(id, name.equals("title") ? 1 : number(name.substring(8), 9));
                }
            }
        }
    }

    private static int number(@Nullable String text, int fallback) {
        if (text == null || text.isEmpty() || text.length() > 6) {
            return fallback;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return fallback;
            }
        }
        return Integer.parseInt(text);
    }

    /** A finished paragraph, waiting for its table cell or for its turn. */
    private record Paragraph(String text, TextLine.@Nullable Style style) {}

    private static final class Building {
        final StringBuilder text = new StringBuilder();
        int heading;
        int size;
        int boldLetters;
        int letters;
        boolean list;
        boolean hidden;
    }

    /** One pass over one part. */
    private final class Walk {

        private final Xml xml;
        private final Map<String, String> targets;
        private final TextLine.Part part;
        private final List<Building> open = new ArrayList<>();
        private final List<List<List<Paragraph>>> rows = new ArrayList<>();
        private int boxes;
        private boolean inRun;
        private boolean inRunProperties;
        private boolean runHidden;
        private boolean runBold;
        private int runSize;
        private boolean inText;
        private boolean inInstruction;
        private final StringBuilder instruction = new StringBuilder();

        Walk(Xml xml, Map<String, String> targets, TextLine.Part part) {
            this.xml = xml;
            this.targets = targets;
            this.part = part;
        }

        void run() {
            while (xml.next()) {
                if (xml.starts()) {
                    start(xml.name());
                } else if (xml.ends()) {
                    end(xml.name());
                } else if (inText) {
                    write(xml.text());
                } else if (inInstruction && instruction.length() < 2_000) {
                    instruction.append(xml.text());
                }
            }
            lines.gap(1);
        }

        private void start(String name) {
            switch (name) {
                // Deleted text, moved-away text, the fallback copy of drawings, embedded binaries, other parts' data.
                case "del",
                        "moveFrom",
                        "Fallback",
                        "binData",
                        "binaryData",
                        "docPr",
                        "styles",
                        "fonts",
                        "lists",
                        "docSuppData",
                        "settings",
                        "theme",
                        "pPrChange",
                        "rPrChange",
                        "annotation",
                        "numbering",
                        "webSettings",
                        "fontTable",
                        "glossaryDocument",
                        "comments",
                        "Properties",
                        "DocumentProperties",
                        "CustomDocumentProperties",
                        "coreProperties" -> {
                    if (!name.equals("annotation") || deletes()) {
                        xml.skip();
                    }
                }
                case "part" -> flatPart();
                case "p" -> open.add(new Building());
                case "pStyle" -> {
                    Building now = now();
                    String style = xml.attribute("val");
                    if (now != null && style != null) {
                        now.heading = headingStyles.getOrDefault(style, builtIn(style));
                    }
                }
                case "numPr", "listPr" -> {
                    Building now = now();
                    if (now != null) {
                        now.list = true;
                    }
                }
                case "r" -> {
                    inRun = true;
                    runHidden = false;
                    runBold = false;
                    runSize = 0;
                }
                case "rPr" -> inRunProperties = true;
                case "vanish", "webHidden" -> runHidden |= inRun && inRunProperties && xml.on();
                case "b" -> runBold |= inRun && inRunProperties && xml.on();
                case "sz" -> {
                    if (inRun && inRunProperties) {
                        runSize = Math.min(4_000, number(xml.attribute("val"), 0)) * 5;
                    }
                }
                case "t" -> inText = inRun && !runHidden;
                case "instrText" -> inInstruction = true;
                case "tab" -> {
                    if (inRun && !inRunProperties) {
                        write("\t");
                    }
                }
                case "br", "cr" -> {
                    if (inRun) {
                        write("\n");
                    }
                }
                case "noBreakHyphen" -> write("-");
                case "sym" -> write(" ");
                case "hyperlink", "hlink", "hlinkClick" -> link();
                case "tbl" -> rows.add(new ArrayList<>());
                case "tr" -> {
                    if (!rows.isEmpty()) {
                        rows.set(rows.size() - 1, new ArrayList<>());
                    }
                }
                case "tc" -> {
                    if (!rows.isEmpty()) {
                        rows.get(rows.size() - 1).add(new ArrayList<>());
                    }
                }
                case "txbxContent", "textbox" -> boxes++;
                default -> {
                    // Everything else only holds what matters.
                }
            }
        }

        private boolean deletes() {
            String type = String.valueOf(xml.attribute("type"));
            return type.equals("Word.Deletion") || type.equals("Word.Comment");
        }

        /** A flat package holds all parts side by side; only text and its neighbours are of interest. */
        private void flatPart() {
            String name = xml.attribute("name");
            if (name != null
                    && !(name.startsWith("/word/document")
                            || name.startsWith("/word/header")
                            || name.startsWith("/word/footer"))) {
                xml.skip();
            }
        }

        private void end(String name) {
            switch (name) {
                case "p" -> endParagraph();
                case "r" -> inRun = false;
                case "rPr" -> inRunProperties = false;
                case "t" -> inText = false;
                case "instrText" -> {
                    inInstruction = false;
                    fieldLink();
                }
                case "tr" -> endRow();
                case "tbl" -> {
                    if (!rows.isEmpty()) {
                        rows.remove(rows.size() - 1);
                    }
                    if (rows.isEmpty()) {
                        lines.gap(1);
                    }
                }
                case "txbxContent", "textbox" -> boxes = Math.max(0, boxes - 1);
                default -> {
                    // Nothing to close.
                }
            }
        }

        private @Nullable Building now() {
            return open.isEmpty() ? null : open.get(open.size() - 1);
        }

        private void write(String text) {
            Building now = now();
            if (now != null) {
                budget.characters(0);
                if (now.text.length() + text.length() > budget.limits().characters()) {
                    throw new LimitReached(Outcome.TOO_LARGE, "an endless paragraph");
                }
                now.text.append(text);
                now.letters += text.length();
                now.boldLetters += runBold ? text.length() : 0;
                if (!text.isBlank()) {
                    now.size = Math.max(now.size, runSize);
                }
            }
        }

        private void link() {
            String id = xml.attribute("id");
            String target = id != null ? targets.get(id) : xml.attribute("dest");
            if (target != null && !target.endsWith(".xml")) {
                lines.link(target);
            }
        }

        private void fieldLink() {
            String text = instruction.toString();
            int at = text.indexOf("HYPERLINK");
            int from = at < 0 ? -1 : text.indexOf('"', at);
            int to = from < 0 ? -1 : text.indexOf('"', from + 1);
            if (to > 0) {
                lines.link(text.substring(from + 1, to));
                instruction.setLength(0);
            } else if (text.length() > 1_000) {
                instruction.setLength(0);
            }
        }

        private void endParagraph() {
            if (open.isEmpty()) {
                return;
            }
            Building done = open.remove(open.size() - 1);
            String text = done.text.toString();
            if (done.list && !text.isBlank() && done.heading == 0) {
                text = "\u2022 " + text;
            }
            TextLine.Style style = new TextLine.Style(
                    0, 0, 0, done.size, done.letters > 0 && done.boldLetters * 2 > done.letters, done.heading, 0);
            Paragraph paragraph = new Paragraph(text, style);
            if (!rows.isEmpty() && !rows.get(rows.size() - 1).isEmpty()) {
                List<List<Paragraph>> row = rows.get(rows.size() - 1);
                row.get(row.size() - 1).add(paragraph);
            } else {
                put(paragraph, part == TextLine.Part.BODY && boxes > 0 ? TextLine.Part.TEXT_BOX : part);
            }
        }

        private void put(Paragraph paragraph, TextLine.Part where) {
            if (paragraph.text().isBlank()) {
                lines.gap(1);
            } else {
                lines.add(1, paragraph.text(), where, paragraph.style());
            }
        }

        /**
         * A row whose cells hold one line each reads across; a row with long cells is a layout, and reads cell by cell.
         */
        private void endRow() {
            if (rows.isEmpty()) {
                return;
            }
            List<List<Paragraph>> row = rows.get(rows.size() - 1);
            rows.set(rows.size() - 1, new ArrayList<>());
            int filled = 0;
            int lengthy = 0;
            for (List<Paragraph> cell : row) {
                int count = 0;
                for (Paragraph paragraph : cell) {
                    count += paragraph.text().isBlank() ? 0 : 1;
                }
                filled += count > 0 ? 1 : 0;
                lengthy += count > 1 ? 1 : 0;
            }
            List<Paragraph> flat = new ArrayList<>();
            if (filled > 1 && lengthy == 0) {
                StringBuilder joined = new StringBuilder();
                TextLine.Style style = null;
                for (List<Paragraph> cell : row) {
                    for (Paragraph paragraph : cell) {
                        if (!paragraph.text().isBlank()) {
                            if (joined.length() > 0) {
                                joined.append('\t');
                            }
                            joined.append(paragraph.text().replace('\n', ' '));
                            style = style == null ? paragraph.style() : style;
                        }
                    }
                }
                flat.add(new Paragraph(joined.toString(), style));
            } else {
                for (List<Paragraph> cell : row) {
                    flat.addAll(cell);
                    if (filled > 1) {
                        flat.add(new Paragraph("", null));
                    }
                }
            }
            // A table inside a cell gives its rows to that cell.
            if (rows.size() > 1 && !rows.get(rows.size() - 2).isEmpty()) {
                List<List<Paragraph>> outer = rows.get(rows.size() - 2);
                outer.get(outer.size() - 1).addAll(flat);
            } else {
                for (Paragraph paragraph : flat) {
                    put(paragraph, part == TextLine.Part.BODY ? TextLine.Part.TABLE : part);
                }
            }
        }

        private static int builtIn(String style) {
            String lower = style.toLowerCase(Locale.ROOT);
            if (lower.startsWith("heading") || lower.startsWith("заголовок")) {
                return 2;
            }
            return lower.equals("title") ? 1 : 0;
        }
    }
}
