package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cuts a resume into sections by its headings: known words first, then lines that look like the known headings do. */
final class Sections {

    /** What a section is about. */
    enum Kind {
        TOP,
        SUMMARY,
        EXPERIENCE,
        EDUCATION,
        SKILLS,
        LANGUAGES,
        CERTIFICATIONS,
        PROJECTS,
        VOLUNTEER,
        COURSES,
        PUBLICATIONS,
        AWARDS,
        INTERESTS,
        REFERENCES,
        CONTACT,
        OTHER;

        /** As clients read it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One section.
     *
     * @param heading the heading as printed, empty for the top of the document
     * @param lines its lines without the heading; blank ones stand for gaps
     */
    record Section(Kind kind, String heading, List<TextLine> lines) {}

    private static final int LONGEST_HEADING = 60;

    private final List<Section> all;

    private Sections(List<Section> all) {
        this.all = all;
    }

    List<Section> all() {
        return all;
    }

    List<Section> of(Kind kind) {
        List<Section> found = new ArrayList<>();
        for (Section section : all) {
            if (section.kind() == kind) {
                found.add(section);
            }
        }
        return found;
    }

    /** How many different kinds of section with content a document has, its top not counted. */
    int kinds() {
        return (int) all.stream()
                .filter(section -> section.kind() != Kind.TOP && section.kind() != Kind.OTHER)
                .filter(section -> section.lines().stream().anyMatch(line -> !line.blank()))
                .map(Section::kind)
                .distinct()
                .count();
    }

    static Sections read(DocumentText document) {
        List<TextLine> lines = document.lines();
        Kind[] headings = new Kind[lines.size()];
        Map<String, Integer> looks = new HashMap<>();
        double body = bodySize(lines);
        for (int i = 0; i < lines.size(); i++) {
            headings[i] = known(lines, i, body);
            if (headings[i] != null) {
                looks.merge(look(lines.get(i)), 1, Integer::sum);
            }
        }
        String usual = "";
        int most = 1;
        for (Map.Entry<String, Integer> look : looks.entrySet()) {
            if (look.getValue() > most
                    || (look.getValue() == most && look.getKey().compareTo(usual) > 0 && most > 1)) {
                usual = look.getKey();
                most = look.getValue();
            }
        }
        if (most >= 2 && distinctive(usual, body)) {
            unknownOnes(lines, headings, usual);
        }
        return new Sections(cut(lines, headings));
    }

    private static List<Section> cut(List<TextLine> lines, @Nullable Kind[] headings) {
        List<Section> sections = new ArrayList<>();
        List<TextLine> now = new ArrayList<>();
        Kind kind = Kind.TOP;
        String heading = "";
        for (int i = 0; i < lines.size(); i++) {
            Kind next = headings[i];
            TextLine line = lines.get(i);
            if (next == null) {
                now.add(line);
                continue;
            }
            sections.add(new Section(kind, heading, List.copyOf(now)));
            now = new ArrayList<>();
            kind = next;
            heading = line.text();
            String rest = inline(line.text());
            if (rest != null) {
                heading = line.text().substring(0, line.text().length() - rest.length());
                now.add(new TextLine(line.page(), line.end() - rest.length(), rest, line.part(), line.style()));
            }
        }
        sections.add(new Section(kind, heading, List.copyOf(now)));
        return sections;
    }

    private static @Nullable Kind known(List<TextLine> lines, int at, double body) {
        TextLine line = lines.get(at);
        String text = line.text();
        if (text.isEmpty()) {
            return null;
        }
        String rest = inline(text);
        if (rest != null) {
            // "Skills: Java, SQL" opens a section of one line, unless it belongs to an entry above it.
            return line.style() != null && line.style().bold()
                    ? kind(text.substring(0, text.length() - rest.length()))
                    : looseInline(lines, at);
        }
        if (text.indexOf('\t') >= 0 && sideBySide(line, body)) {
            return kind(text.substring(0, text.indexOf('\t')));
        }
        if (text.length() > LONGEST_HEADING || text.indexOf('\t') >= 0 || text.indexOf('|') >= 0) {
            return null;
        }
        boolean bullet = Words.bullet(text);
        Kind kind = kind(bullet ? text.substring(Words.bulletLength(text)) : text);
        if (kind == null || (bullet && !stands(line, body))) {
            return null;
        }
        // A single ordinary word may be an item of a list: then it has to look like a heading.
        if (Words.count(text) == 1 && !stands(line, body) && !text.endsWith(":") && !alone(lines, at)) {
            return null;
        }
        if (text.endsWith(".") || text.endsWith(",") || Character.isLowerCase(text.charAt(0))) {
            return null;
        }
        return kind;
    }

    /** Whether a line is the headings of two columns that could not be told apart, of which the left one leads. */
    private static boolean sideBySide(TextLine line, double body) {
        TextLine.Style style = line.style();
        return style != null
                && style.bold()
                && style.size() > body * 1.3
                && Stream.of(line.text().split("\t")).allMatch(cell -> Words.count(cell) <= 4 && !Words.hasDigit(cell));
    }

    /** Whether a line stands by itself, or in a format that says nothing about looks. */
    private static boolean alone(List<TextLine> lines, int at) {
        TextLine.Style style = lines.get(at).style();
        return at == 0 || lines.get(at - 1).blank() || style == null || style.size() == 0;
    }

    /** Whether a line stands out from the text. */
    private static boolean stands(TextLine line, double body) {
        TextLine.Style style = line.style();
        if (Words.capitals(line.text())) {
            return true;
        }
        return style != null && (style.heading() > 0 || style.bold() || style.size() > body * 1.08);
    }

    /** Labelled lists at the left margin of a plain document. */
    private static @Nullable Kind looseInline(List<TextLine> lines, int at) {
        String text = lines.get(at).text();
        Kind kind = kind(text.substring(0, text.indexOf(':')));
        boolean list = kind == Kind.LANGUAGES || kind == Kind.EDUCATION || kind == Kind.CERTIFICATIONS;
        boolean gap = at > 0 && lines.get(at - 1).blank();
        return kind != null && gap && list ? kind : null;
    }

    /** The text behind a heading that shares its line with what it heads, or null. */
    private static @Nullable String inline(String text) {
        int colon = text.indexOf(':');
        if (colon <= 2 || colon > 40 || colon + 2 >= text.length() || Words.bullet(text)) {
            return null;
        }
        String rest = text.substring(colon + 1).strip();
        return rest.isEmpty() || kind(text.substring(0, colon)) == null ? null : rest;
    }

    /** The kind that a heading's words name. */
    static @Nullable Kind kind(String heading) {
        if (heading.length() > LONGEST_HEADING) {
            return null;
        }
        String key = Words.key(heading);
        String meaning = Vocabulary.list("heading").get(key);
        if (meaning == null && key.indexOf(' ') > 0) {
            int of = key.lastIndexOf(" and ");
            // "Education and Certifications": the first half decides.
            meaning = of > 0 ? Vocabulary.list("heading").get(key.substring(0, of)) : null;
            if (meaning != null && Vocabulary.list("heading").get(key.substring(of + 5)) == null) {
                meaning = null;
            }
            if (meaning == null && key.startsWith("my ")) {
                meaning = Vocabulary.list("heading").get(key.substring(3));
            }
            if (meaning == null && (key.startsWith("опыт работы ") || key.startsWith("общий опыт работы"))) {
                meaning = "experience";
            }
        }
        return meaning == null ? null : Kind.valueOf(meaning.toUpperCase(Locale.ROOT));
    }

    // ---- headings by their look

    private static String look(TextLine line) {
        TextLine.Style style = line.style();
        return (style == null
                        ? "0/false/0"
                        : Math.round(style.size() / 5.0) + "/" + style.bold() + "/" + style.heading())
                + "/" + Words.capitals(line.text());
    }

    private static boolean distinctive(String look, double body) {
        String[] parts = look.split("/", -1);
        boolean larger = Integer.parseInt(parts[0]) * 5 > body * 1.08;
        return parts[3].equals("true") || larger || !parts[2].equals("0");
    }

    private static void unknownOnes(List<TextLine> lines, @Nullable Kind[] headings, String usual) {
        boolean began = false;
        for (int i = 0; i < lines.size(); i++) {
            began |= headings[i] != null;
            TextLine line = lines.get(i);
            String text = line.text();
            if (headings[i] == null
                    && began
                    && !text.isEmpty()
                    && text.length() <= 45
                    && look(line).equals(usual)
                    && !Words.bullet(text)
                    && !Words.hasDigit(text)
                    && text.indexOf('\t') < 0
                    && text.indexOf('|') < 0
                    && text.indexOf('@') < 0
                    && !text.endsWith(".")
                    && !text.endsWith(",")
                    && Words.count(text) <= 5
                    && !Vocabulary.anyWord("title", text)
                    && !Vocabulary.anyWord("company", text)
                    && !Vocabulary.anyWord("degree", text)) {
                headings[i] = Kind.OTHER;
            }
        }
    }

    /** The size of most characters, in tenths of a point; 0 where the format does not say. */
    private static double bodySize(List<TextLine> lines) {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (TextLine line : lines) {
            if (line.style() != null) {
                sizes.merge(line.style().size(), line.text().length(), Integer::sum);
            }
        }
        int best = 0;
        int most = 0;
        for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
            if (size.getValue() > most || (size.getValue() == most && size.getKey() < best)) {
                most = size.getValue();
                best = size.getKey();
            }
        }
        return best == 0 ? 100_000 : best;
    }
}
