package ai.recruit.parsing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads WordprocessingML: DOCX, flat Open XML packages and Word 2003 XML, whose words for paragraphs, runs and tables
 * are the same. Deleted and hidden text stays out, the second copy of a text box for old readers too.
 */
final class WordText {

    private static final Set<String> LOOKS = Set.of("color", "shd", "highlight", "vanish", "sz", "w");
    /** Farther than this from its anchor, in English metric units, a text box is on no page: 1,500 points. */
    private static final int FAR = 1_500 * 12_700;

    private final Budget budget;
    private final LineCollector lines;
    private final Map<String, Integer> headingStyles = new HashMap<>();
    private final Map<String, Look> looks = new HashMap<>();
    private final Set<String> shadedTables = new HashSet<>();
    private final Look usual = new Look();
    /** Whether light text counts as visible, because shapes lie behind the text. */
    private final boolean backed;

    private int page = 0xffffff;
    private boolean hidByColor;
    private boolean hidByColorInBox;
    private boolean shapesBehind;
    private boolean filledShapes;

    WordText(Budget budget) {
        this(budget, false);
    }

    private WordText(Budget budget, boolean backed) {
        this.budget = budget;
        this.backed = backed;
        this.lines = new LineCollector(budget, false);
    }

    /** What a style or a run says about how its text looks; {@code UNSET} where it says nothing. */
    private static final class Look {
        static final int UNSET = -2;
        /** Half points below which nobody reads: two points. */
        static final int TINY = 4;

        @Nullable String basedOn;

        int color = UNSET;
        int ground = UNSET;
        int halfPoints = UNSET;
        int width = UNSET;

        @Nullable Boolean vanish;

        void over(Look base) {
            color = color == UNSET ? base.color : color;
            ground = ground == UNSET ? base.ground : ground;
            halfPoints = halfPoints == UNSET ? base.halfPoints : halfPoints;
            width = width == UNSET ? base.width : width;
            vanish = vanish == null ? base.vanish : vanish;
        }
    }

    /** A style with all that it is based on. */
    private Look style(@Nullable String id) {
        Look all = new Look();
        String next = id;
        for (int i = 0; i < 20 && next != null; i++) {
            Look look = looks.get(next);
            if (look == null) {
                break;
            }
            all.over(look);
            next = look.basedOn;
        }
        return all;
    }

    /** A colour as Word writes it: hexadecimal, by the theme, or automatic, which always can be read. */
    private static int color(@Nullable String hex, @Nullable String theme) {
        if (theme != null && (theme.equals("background1") || theme.equals("light1"))) {
            return hex == null || hex.equals("auto") ? 0xffffff : hex(hex);
        }
        return hex == null ? (theme == null ? Look.UNSET : PageInk.UNKNOWN) : hex(hex);
    }

    private static int hex(String text) {
        String digits = text.startsWith("#") ? text.substring(1) : text;
        if (digits.length() != 6) {
            return PageInk.UNKNOWN;
        }
        int value = 0;
        for (int i = 0; i < 6; i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0) {
                return PageInk.UNKNOWN;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The ground that shading gives. */
    private static int shading(Xml xml) {
        String fill = xml.attribute("fill");
        String pattern = xml.attribute("val");
        if ("solid".equals(pattern)) {
            return color(xml.attribute("color"), xml.attribute("themeColor"));
        }
        boolean none = (fill == null || fill.equals("auto")) && xml.attribute("themeFill") == null;
        return none ? Look.UNSET : color(fill, xml.attribute("themeFill"));
    }

    private static int highlight(@Nullable String name) {
        return switch (String.valueOf(name)) {
            case "none", "null" -> Look.UNSET;
            case "white" -> 0xffffff;
            case "yellow" -> 0xffff00;
            case "lightGray" -> 0xc0c0c0;
            default -> PageInk.UNKNOWN;
        };
    }

    private static void note(Look look, Xml xml) {
        switch (xml.name()) {
            case "color" -> look.color = color(xml.attribute("val"), xml.attribute("themeColor"));
            case "shd" -> look.ground = shading(xml);
            case "highlight" -> {
                int ground = highlight(xml.attribute("val"));
                look.ground = ground == Look.UNSET ? look.ground : ground;
            }
            case "vanish" -> look.vanish = xml.on();
            case "sz" -> look.halfPoints = Math.min(4_000, number(xml.attribute("val"), Look.UNSET));
            case "w" -> look.width = number(xml.attribute("val"), 100);
            default -> {
                // Does not hide.
            }
        }
    }

    DocumentText docx(ZipArchive zip) {
        properties(zip, "docProps/core.xml");
        properties(zip, "docProps/custom.xml");
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
        // Shapes may be anchored behind what stands before them: what they mean for it is known only now.
        if (!backed && ((hidByColor && shapesBehind) || (hidByColorInBox && filledShapes))) {
            return new WordText(budget, true).docx(zip);
        }
        return lines.finish(DocumentType.DOCX, 1);
    }

    /** Word 2003 XML, or a flat package: one XML with everything in it. */
    DocumentText flat(byte[] bytes) {
        new Walk(new Xml(new ByteArrayInputStream(bytes), budget), Map.of(), TextLine.Part.BODY).run();
        return lines.finish(DocumentType.WORD_XML, 1);
    }

    private void properties(ZipArchive zip, String name) {
        InputStream bytes = zip.find(name);
        if (bytes == null) {
            return;
        }
        Xml xml = new Xml(bytes, budget);
        String property = null;
        StringBuilder value = new StringBuilder();
        while (xml.next()) {
            if (xml.starts()) {
                String own = xml.attribute("name");
                property = xml.name().equals("property") ? own : xml.name().startsWith("lp") ? property : xml.name();
                value.setLength(0);
            } else if (xml.ends()) {
                if (property != null && value.length() > 0) {
                    lines.findings().property(property.toLowerCase(Locale.ROOT), value.toString());
                }
                value.setLength(0);
            } else if (value.length() < LineCollector.MAX_LINE) {
                value.append(xml.text());
            }
        }
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
        Look look = usual;
        while (xml.next()) {
            if (xml.starts() && xml.name().equals("style")) {
                id = xml.attribute("styleId");
                look = new Look();
                if (id != null) {
                    looks.put(id, look);
                }
            } else if (xml.starts() && xml.name().equals("latentStyles")) {
                xml.skip();
            } else if (xml.starts() && xml.name().equals("basedOn")) {
                look.basedOn = xml.attribute("val");
            } else if (xml.starts() && xml.name().equals("tcPr")) {
                if (id != null) {
                    shadedTables.add(id);
                }
                xml.skip();
            } else if (xml.starts() && LOOKS.contains(xml.name())) {
                note(look, xml);
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
        int ground = Look.UNSET;
        Look style = new Look();
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
        private Look run = new Look();
        private boolean webHidden;
        private Flag.@Nullable Reason unseen;
        private final Deque<Integer> cells = new ArrayDeque<>();
        private final Deque<Integer> tables = new ArrayDeque<>();
        private final Deque<Integer> fills = new ArrayDeque<>();
        private boolean inCellProperties;
        private boolean inTableProperties;
        private boolean inShapeProperties;
        private boolean inOffset;
        private boolean farAway;
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
                    if (unseen == null) {
                        write(xml.text());
                    } else {
                        lines.hidden(unseen, 1, part, xml.text());
                    }
                } else if (inOffset) {
                    farAway |= far(xml.text());
                } else if (inInstruction && instruction.length() < 2_000) {
                    instruction.append(xml.text());
                }
            }
            lines.gap(1);
        }

        private static boolean far(String offset) {
            try {
                return Math.abs(Long.parseLong(offset.strip())) > FAR;
            } catch (NumberFormatException odd) {
                return false;
            }
        }

        /** Why nobody sees the run at hand, or null. */
        private Flag.@Nullable Reason unseen() {
            Look look = new Look();
            look.over(run);
            Building now = now();
            int ground = look.ground;
            if (now != null) {
                ground = ground == Look.UNSET ? now.ground : ground;
                look.over(now.style);
                ground = ground == Look.UNSET ? now.style.ground : ground;
            }
            look.over(usual);
            if (Boolean.TRUE.equals(look.vanish)) {
                return Flag.Reason.INVISIBLE;
            }
            if (farAway && boxes > 0) {
                return Flag.Reason.OFF_PAGE;
            }
            if ((look.halfPoints != Look.UNSET && look.halfPoints < Look.TINY)
                    || (look.width != Look.UNSET && look.width < 10)) {
                return Flag.Reason.SIZE;
            }
            if (look.color < 0 || backed) {
                return null;
            }
            for (Integer cell : cells) {
                ground = ground == Look.UNSET ? cell : ground;
            }
            for (Integer table : tables) {
                ground = ground == Look.UNSET ? table : ground;
            }
            boolean inBox = boxes > 0 && ground == Look.UNSET;
            if (inBox) {
                ground = fills.isEmpty() ? PageInk.UNKNOWN : fills.peek();
            }
            if (!PageInk.same(look.color, ground == Look.UNSET ? page : ground)) {
                return null;
            }
            hidByColor |= !inBox;
            hidByColorInBox |= inBox;
            return Flag.Reason.COLOR;
        }

        private void start(String name) {
            if (inRunProperties) {
                if (inRun && LOOKS.contains(name)) {
                    note(run, xml);
                } else if (inRun && name.equals("rStyle")) {
                    run.over(style(xml.attribute("val")));
                }
            }
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
                        now.style = style(style);
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
                    run = new Look();
                    webHidden = false;
                    runBold = false;
                    runSize = 0;
                }
                case "rPr" -> inRunProperties = true;
                case "webHidden" -> webHidden |= inRun && inRunProperties && xml.on();
                case "shd" -> shade();
                case "tcPr" -> inCellProperties = true;
                case "tblPr" -> inTableProperties = true;
                case "tblStyle" -> {
                    if (!tables.isEmpty() && shadedTables.contains(String.valueOf(xml.attribute("val")))) {
                        tables.pop();
                        tables.push(PageInk.UNKNOWN);
                    }
                }
                case "background" -> {
                    int color = color(xml.attribute("color"), xml.attribute("themeColor"));
                    page = color == Look.UNSET ? page : color;
                }
                case "anchor" -> shapesBehind |= "1".equals(xml.attribute("behindDoc"));
                case "wsp", "shape", "rect", "roundrect", "oval" -> shape(name);
                case "spPr" -> inShapeProperties = true;
                // The outline has fills of its own.
                case "ln", "effectLst" -> xml.skip();
                case "noFill" -> fill(Look.UNSET);
                case "gradFill", "blipFill", "pattFill" -> fill(PageInk.UNKNOWN);
                case "srgbClr" -> fill(color(xml.attribute("val"), null));
                case "schemeClr" ->
                    fill(
                            "bg1".equals(xml.attribute("val")) || "lt1".equals(xml.attribute("val"))
                                    ? 0xffffff
                                    : PageInk.UNKNOWN);
                case "posOffset" -> inOffset = true;
                case "b" -> runBold |= inRun && inRunProperties && xml.on();
                case "sz" -> {
                    if (inRun && inRunProperties) {
                        runSize = Math.min(4_000, number(xml.attribute("val"), 0)) * 5;
                    }
                }
                case "t" -> {
                    inText = inRun && !webHidden;
                    unseen = inText ? unseen() : null;
                }
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
                case "tbl" -> {
                    rows.add(new ArrayList<>());
                    tables.push(Look.UNSET);
                }
                case "tr" -> {
                    if (!rows.isEmpty()) {
                        rows.set(rows.size() - 1, new ArrayList<>());
                    }
                }
                case "tc" -> {
                    if (!rows.isEmpty()) {
                        rows.get(rows.size() - 1).add(new ArrayList<>());
                    }
                    cells.push(Look.UNSET);
                }
                case "txbxContent", "textbox" -> boxes++;
                default -> {
                    // Everything else only holds what matters.
                }
            }
        }

        private void shade() {
            int ground = shading(xml);
            Building now = now();
            if (inRunProperties) {
                return;
            }
            if (inCellProperties && !cells.isEmpty()) {
                cells.pop();
                cells.push(ground);
            } else if (inTableProperties && !tables.isEmpty()) {
                tables.pop();
                tables.push(ground);
            } else if (now != null) {
                now.ground = ground;
            }
        }

        /** A shape begins; until it says otherwise nobody knows what it is filled with. */
        private void shape(String name) {
            fills.push(PageInk.UNKNOWN);
            if (!name.equals("wsp")) {
                String fill = xml.attribute("fillcolor");
                boolean none = "f".equals(xml.attribute("filled")) || "false".equals(xml.attribute("filled"));
                inShapeProperties = true;
                fill(none ? Look.UNSET : fill == null ? 0xffffff : hex(fill.split(" ", 2)[0]));
                inShapeProperties = false;
                String style = String.valueOf(xml.attribute("style"));
                shapesBehind |= style.contains("z-index:-");
                farAway |= style.contains("left:-9") || style.contains("top:-9");
            }
        }

        private void fill(int color) {
            if (inShapeProperties) {
                if (!fills.isEmpty()) {
                    fills.pop();
                    fills.push(color);
                }
                filledShapes |= color != Look.UNSET && color != 0xffffff;
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
                    if (!tables.isEmpty()) {
                        tables.pop();
                    }
                    if (!rows.isEmpty()) {
                        rows.remove(rows.size() - 1);
                    }
                    if (rows.isEmpty()) {
                        lines.gap(1);
                    }
                }
                case "txbxContent", "textbox" -> boxes = Math.max(0, boxes - 1);
                case "tc" -> {
                    if (!cells.isEmpty()) {
                        cells.pop();
                    }
                }
                case "tcPr" -> inCellProperties = false;
                case "tblPr" -> inTableProperties = false;
                case "wsp", "shape", "rect", "roundrect", "oval" -> {
                    if (!fills.isEmpty()) {
                        fills.pop();
                    }
                }
                case "spPr" -> inShapeProperties = false;
                case "posOffset" -> inOffset = false;
                case "anchor", "pict" -> farAway = false;
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
