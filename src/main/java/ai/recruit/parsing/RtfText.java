package ai.recruit.parsing;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads rich text: bytes in the code page of the font at hand, Unicode escapes with their stand-ins skipped, tables by
 * their cells. Destinations that hold no text of the body (pictures, fonts, styles, document data) are passed over
 * without being kept.
 */
final class RtfText {

    private static final Set<String> SKIPPED = Set.of(
            "fonttbl",
            "stylesheet",
            "pict",
            "object",
            "objdata",
            "themedata",
            "datastore",
            "colorschememapping",
            "latentstyles",
            "listtable",
            "listoverridetable",
            "rsidtbl",
            "generator",
            "xmlnstbl",
            "filetbl",
            "revtbl",
            "pgptbl",
            "pntext",
            "pntxta",
            "pntxtb",
            "nonshppict",
            "footnote",
            "annotation",
            "atnid",
            "atnauthor",
            "bkmkstart",
            "bkmkend",
            "datafield",
            "blipuid",
            "userprops",
            "mmath",
            "private");

    private final Budget budget;
    private final LineCollector lines;
    private final StringBuilder paragraph = new StringBuilder();
    private final StringBuilder instruction = new StringBuilder();
    private final Map<Integer, Charset> fonts = new HashMap<>();
    private final Deque<Group> groups = new ArrayDeque<>();
    private Charset page = PlainText.WINDOWS_1252;
    private byte[] pending = new byte[64];
    private int pendingLength;
    private int fallbackToSkip;
    private int pages = 1;

    /** What a group inherits from the one around it and forgets at its end. */
    private static final class Group {
        boolean skip;
        boolean fontTable;
        boolean hidden;
        boolean deleted;
        boolean colorTable;
        boolean information;
        boolean shape;
        boolean instruction;
        boolean bold;
        boolean starred;

        @Nullable String property;

        int color;
        int ground;
        int size = 120;
        int font = -1;
        int unicodeSkip = 1;

        Group child() {
            Group child = new Group();
            child.skip = skip;
            child.fontTable = fontTable;
            child.hidden = hidden;
            child.deleted = deleted;
            child.colorTable = colorTable;
            child.information = information;
            child.shape = shape;
            child.color = color;
            child.ground = ground;
            child.instruction = instruction;
            child.bold = bold;
            child.size = size;
            child.font = font;
            child.unicodeSkip = unicodeSkip;
            return child;
        }
    }

    private static final Set<String> PROPERTIES = Set.of("title", "subject", "keywords", "doccomm");
    private static final int TINY = 20;

    private final List<Integer> colors = new ArrayList<>();
    private final StringBuilder property = new StringBuilder();
    private int nextColor = PageInk.UNKNOWN;
    private int paragraphGround;
    private boolean shadedRow;
    private boolean shapesBehind;
    private Group group = new Group();
    private boolean paragraphBold;
    private int paragraphSize;

    RtfText(Budget budget) {
        this.budget = budget;
        this.lines = new LineCollector(budget, true);
    }

    DocumentText read(byte[] bytes) {
        shapesBehind = contains(bytes, "shpfblwtxt1");
        int at = 0;
        boolean closed = false;
        while (at < bytes.length && !closed) {
            budget.tick();
            int c = bytes[at] & 0xff;
            switch (c) {
                case '{' -> {
                    flush();
                    budget.depth(groups.size());
                    groups.push(group);
                    group = group.child();
                    at++;
                }
                case '}' -> {
                    flush();
                    if (group.property != null) {
                        lines.findings().property(group.property, property.toString());
                        property.setLength(0);
                    }
                    if (group.instruction && !groups.isEmpty() && !groups.peek().instruction) {
                        fieldLink();
                    }
                    if (groups.isEmpty()) {
                        closed = true;
                    } else {
                        group = groups.pop();
                        closed = groups.isEmpty();
                    }
                    at++;
                }
                case '\\' -> at = control(bytes, at + 1);
                case '\r', '\n' -> at++;
                default -> {
                    literal((byte) c);
                    at++;
                }
            }
        }
        flush();
        endParagraph();
        return lines.finish(DocumentType.RTF, pages);
    }

    private int control(byte[] bytes, int from) {
        if (from >= bytes.length) {
            return from;
        }
        int c = bytes[from] & 0xff;
        if (c == '\'') {
            int high = from + 1 < bytes.length ? Character.digit(bytes[from + 1], 16) : -1;
            int low = from + 2 < bytes.length ? Character.digit(bytes[from + 2], 16) : -1;
            if (high >= 0 && low >= 0) {
                literal((byte) (high << 4 | low));
                return from + 3;
            }
            return from + 1;
        }
        if (!letter(c)) {
            flush();
            switch (c) {
                case '~' -> write(" ");
                case '_' -> write("-");
                case '*' -> group.starred = true;
                case '\\', '{', '}' -> literal((byte) c);
                case '\r', '\n' -> endParagraph();
                default -> {
                    // Optional hyphens and formula marks print nothing.
                }
            }
            return from + 1;
        }
        int at = from;
        while (at < bytes.length && letter(bytes[at] & 0xff) && at - from < 40) {
            at++;
        }
        String word = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
        boolean negative = at < bytes.length && bytes[at] == '-';
        int digits = negative ? at + 1 : at;
        long number = 0;
        int end = digits;
        while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9' && end - digits < 10) {
            number = number * 10 + bytes[end] - '0';
            end++;
        }
        boolean numbered = end > digits;
        at = numbered ? end : at;
        if (at < bytes.length && bytes[at] == ' ') {
            at++;
        }
        int parameter = (int) Math.min(Integer.MAX_VALUE, number);
        if (word.equals("bin")) {
            return (int) Math.min(bytes.length, (long) at + parameter);
        }
        word(word, numbered ? negative ? -parameter : parameter : Integer.MIN_VALUE);
        return at;
    }

    private void word(String word, int parameter) {
        boolean on = parameter != 0;
        boolean given = parameter != Integer.MIN_VALUE;
        if (word.equals("u") && given) {
            flush();
            write(String.valueOf((char) parameter));
            fallbackToSkip = group.unicodeSkip;
            return;
        }
        flush();
        fallbackToSkip = 0;
        switch (word) {
            case "ansicpg" -> page = codePage(parameter, page);
            case "mac" -> page = codePage(10_000, page);
            case "f" -> {
                group.font = parameter;
            }
            case "fcharset" -> {
                if (group.fontTable && fonts.size() < 4_096) {
                    fonts.put(group.font, charset(parameter));
                }
            }
            case "cpg" -> {
                if (group.fontTable) {
                    fonts.put(group.font, codePage(parameter, page));
                }
            }
            case "uc" -> group.unicodeSkip = Math.max(0, Math.min(16, parameter));
            case "v" -> group.hidden = on;
            case "b" -> group.bold = on;
            case "fs" -> group.size = given ? Math.max(0, Math.min(4_000, parameter)) * 5 : 120;
            case "plain" -> {
                group.bold = false;
                group.hidden = false;
                group.color = 0;
                group.ground = 0;
                group.size = 120;
            }
            case "deleted" -> group.deleted = on;
            case "colortbl" -> {
                group.colorTable = true;
                group.skip = true;
            }
            case "red", "green", "blue" -> {
                if (group.colorTable) {
                    int shift = word.equals("red") ? 16 : word.equals("green") ? 8 : 0;
                    nextColor = Math.max(0, nextColor) | Math.max(0, Math.min(255, parameter)) << shift;
                }
            }
            case "cf" -> group.color = given ? parameter : 0;
            case "cb", "chcbpat", "highlight" -> group.ground = given ? parameter : 0;
            case "cbpat" -> paragraphGround = given ? parameter : 0;
            case "pard" -> paragraphGround = 0;
            case "trowd" -> shadedRow = false;
            case "clcbpat", "clshdng", "trcbpat" -> shadedRow |= parameter > 0;
            case "shptxt", "dptxbxtext" -> {
                group.shape = true;
                group.starred = false;
            }
            case "info" -> {
                group.information = true;
                group.skip = true;
            }
            case "par", "line", "row", "sect" -> endParagraph();
            case "page" -> {
                endParagraph();
                budget.page();
                pages++;
            }
            case "tab", "cell", "nestcell" -> write("\t");
            case "emdash" -> write("\u2014");
            case "endash" -> write("\u2013");
            case "bullet" -> write("\u2022");
            case "lquote" -> write("\u2018");
            case "rquote" -> write("\u2019");
            case "ldblquote" -> write("\u201c");
            case "rdblquote" -> write("\u201d");
            case "emspace", "enspace", "qmspace" -> write(" ");
            case "fldinst" -> {
                group.instruction = true;
                group.starred = false;
            }
            case "fonttbl" -> {
                group.fontTable = true;
                group.skip = true;
            }
            default -> {
                if (group.information && PROPERTIES.contains(word)) {
                    group.property = word;
                }
                // "\*" before a word that we do not know means: whoever does not know it skips the group.
                if (SKIPPED.contains(word) || (group.starred && !word.equals("shpinst") && !word.equals("shptxt"))) {
                    group.skip = true;
                }
            }
        }
        group.starred = false;
    }

    private void literal(byte b) {
        if (fallbackToSkip > 0) {
            fallbackToSkip--;
            return;
        }
        if (group.colorTable) {
            if (b == ';' && colors.size() < 4_096) {
                colors.add(nextColor);
                nextColor = PageInk.UNKNOWN;
            }
            return;
        }
        if (group.skip && !group.fontTable && group.property == null) {
            return;
        }
        if (pendingLength == pending.length) {
            flush();
        }
        pending[pendingLength++] = b;
    }

    private void flush() {
        if (pendingLength > 0) {
            if (!group.skip || group.property != null) {
                write(new String(pending, 0, pendingLength, fonts.getOrDefault(group.font, page)));
            }
            pendingLength = 0;
        }
    }

    /** Why nobody sees the text at hand, or null. */
    private Flag.@Nullable Reason unseen() {
        if (group.hidden) {
            return Flag.Reason.INVISIBLE;
        }
        if (group.size < TINY) {
            return Flag.Reason.SIZE;
        }
        int color = color(group.color);
        if (color == PageInk.UNKNOWN || group.shape || shapesBehind || shadedRow) {
            return null;
        }
        int ground = group.ground > 0 ? group.ground : paragraphGround;
        return PageInk.same(color, ground > 0 ? color(ground) : 0xffffff) ? Flag.Reason.COLOR : null;
    }

    private int color(int index) {
        return index >= 0 && index < colors.size() ? colors.get(index) : PageInk.UNKNOWN;
    }

    private static boolean contains(byte[] bytes, String word) {
        byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (bytes[i] == wanted[0]
                    && bytes[i + 1] == wanted[1]
                    && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private void write(String text) {
        if (group.property != null) {
            if (property.length() < LineCollector.MAX_LINE) {
                property.append(text);
            }
            return;
        }
        if (group.skip || group.deleted) {
            return;
        }
        Flag.Reason reason = group.instruction ? null : unseen();
        if (reason != null) {
            lines.hidden(reason, pages, TextLine.Part.BODY, text);
            return;
        }
        if (group.instruction) {
            if (instruction.length() < 2_000) {
                instruction.append(text);
            }
            return;
        }
        if (paragraph.length() > budget.limits().characters()) {
            throw new LimitReached(Outcome.TOO_LARGE, "an endless paragraph");
        }
        if (paragraph.length() == 0) {
            paragraphBold = group.bold;
            paragraphSize = group.size;
        }
        paragraph.append(text);
    }

    private void fieldLink() {
        String text = instruction.toString();
        instruction.setLength(0);
        int from = text.indexOf('"', Math.max(0, text.indexOf("HYPERLINK")));
        int to = from < 0 ? -1 : text.indexOf('"', from + 1);
        if (to > 0 && text.contains("HYPERLINK")) {
            lines.link(text.substring(from + 1, to));
        }
    }

    private void endParagraph() {
        if (group.skip) {
            return;
        }
        if (paragraph.toString().isBlank()) {
            lines.gap(pages);
        } else {
            lines.add(
                    pages,
                    paragraph,
                    TextLine.Part.BODY,
                    new TextLine.Style(0, 0, 0, paragraphSize, paragraphBold, 0, 0));
        }
        paragraph.setLength(0);
    }

    private static boolean letter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private Charset charset(int fontCharset) {
        return switch (fontCharset) {
            case 204 -> PlainText.WINDOWS_1251;
            case 238 -> codePage(1250, page);
            case 161 -> codePage(1253, page);
            case 162 -> codePage(1254, page);
            case 186 -> codePage(1257, page);
            case 128 -> codePage(932, page);
            case 134 -> codePage(936, page);
            case 136 -> codePage(950, page);
            case 129 -> codePage(949, page);
            default -> page;
        };
    }

    private static Charset codePage(int number, Charset otherwise) {
        String name =
                switch (number) {
                    case 437, 850, 852, 855, 866 -> "IBM" + number;
                    case 932 -> "Shift_JIS";
                    case 936 -> "GBK";
                    case 949 -> "EUC-KR";
                    case 950 -> "Big5";
                    case 10_000 -> "x-MacRoman";
                    case 10_007 -> "x-MacCyrillic";
                    case 20_866 -> "KOI8-R";
                    case 65_001 -> "UTF-8";
                    default -> "windows-" + number;
                };
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return otherwise;
        }
    }
}
