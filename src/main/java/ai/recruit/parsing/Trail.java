package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where each value was found while the readers work. It looks the value up in the lines that the reader names and
 * gives back only what it finds there, so nothing that the text does not say gets into the answer.
 */
final class Trail {

    private static final int LONGEST_PRINTED = 200;

    private final List<TextLine> lines;
    private final String text;
    private final boolean paged;
    private final List<Evidence> found = new ArrayList<>();

    /** @param document the whole text, to whose characters the lines point */
    Trail(DocumentText document) {
        this.lines = document.lines();
        this.text = document.text();
        this.paged = document.type() == DocumentType.PDF || document.type() == DocumentType.RTF;
    }

    List<Evidence> found() {
        return List.copyOf(found);
    }

    /** The lines from one to another of the document. */
    record Where(int from, int to) {

        static Where of(TextLine line) {
            return new Where(line.start(), line.end());
        }

        static Where of(List<TextLine> lines) {
            return new Where(lines.get(0).start(), lines.get(lines.size() - 1).end());
        }

        Where until(Where other) {
            return new Where(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    /** Keeps a value that is printed as it is; null when it is not. */
    @Nullable String printed(String path, Rule rule, @Nullable String value, Where where) {
        return value != null && note(path, rule, Evidence.Form.PRINTED, value, where) ? value : null;
    }

    /** Keeps a value that is made of printed words; false when these do not stand there. */
    boolean made(String path, Rule rule, Evidence.Form form, String printed, Where where) {
        return note(path, rule, form, printed, where);
    }

    /** Keeps a value that is the target of a hyperlink. */
    void hyperlink(String path, Rule rule, Evidence.Form form, String target) {
        found.add(new Evidence(
                path,
                rule.word(),
                rule.confidence(),
                form,
                form == Evidence.Form.PRINTED ? null : cut(target),
                List.of(new Evidence.Span(null, "hyperlink", null, null))));
    }

    /** Keeps a value that follows from several places; each is a pair of characters. */
    void follows(String path, Rule rule, Evidence.Form form, String printed, List<int[]> ranges) {
        found.add(new Evidence(path, rule.word(), rule.confidence(), form, cut(printed), spans(ranges)));
    }

    /** Keeps a text that is made of whole lines. */
    void lines(String path, Rule rule, List<TextLine> of) {
        List<int[]> ranges = new ArrayList<>();
        for (TextLine line : of) {
            int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null
                    && line.start() >= last[1]
                    && text.substring(last[1], line.start()).isBlank()) {
                last[1] = line.end();
            } else if (last == null || line.start() >= last[1]) {
                ranges.add(new int[] {line.start(), line.end()});
            }
        }
        found.add(new Evidence(path, rule.word(), rule.confidence(), Evidence.Form.PRINTED, null, spans(ranges)));
    }

    private boolean note(String path, Rule rule, Evidence.Form form, String printed, Where where) {
        List<int[]> ranges = locate(printed, where);
        if (ranges.isEmpty()) {
            return false;
        }
        found.add(new Evidence(
                path,
                rule.word(),
                rule.confidence(),
                form,
                form == Evidence.Form.PRINTED ? null : cut(printed),
                spans(ranges)));
        return true;
    }

    private static String cut(String printed) {
        return printed.length() <= LONGEST_PRINTED ? printed : printed.substring(0, LONGEST_PRINTED);
    }

    // ---- where it stands

    private List<int[]> locate(String value, Where where) {
        int to = Math.min(where.to(), text.length());
        int at = text.indexOf(value, where.from());
        if (at >= 0 && at + value.length() <= to && !value.isEmpty()) {
            return List.of(new int[] {at, at + value.length()});
        }
        int[] loose = loosely(value, where.from(), to);
        if (loose != null) {
            return List.of(loose);
        }
        return pieces(value, where.from(), to);
    }

    /** Finds a value without regard to blanks, line ends and the asterisks of Markdown. */
    private int @Nullable [] loosely(String value, int from, int to) {
        int first = next(value, 0, value.length());
        if (first == value.length()) {
            return null;
        }
        for (int start = next(text, from, to); start < to; start = next(text, start + 1, to)) {
            int in = start;
            int of = first;
            int end = start;
            while (of < value.length() && in < to && text.charAt(in) == value.charAt(of)) {
                end = in + 1;
                in = next(text, in + 1, to);
                of = next(value, of + 1, value.length());
            }
            if (of == value.length()) {
                return new int[] {start, end};
            }
        }
        return null;
    }

    private static int next(String text, int from, int to) {
        int at = from;
        while (at < to && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '*')) {
            at++;
        }
        return at;
    }

    /** Finds the words of a value that was broken up, each behind the one before where it can be. */
    private List<int[]> pieces(String value, int from, int to) {
        List<int[]> ranges = new ArrayList<>();
        int at = from;
        int length = value.length();
        for (int start = 0; start < length; ) {
            int end = start;
            while (end < length && !Character.isWhitespace(value.charAt(end)) && value.charAt(end) != ',') {
                end++;
            }
            String word = value.substring(start, end);
            start = end + 1;
            if (!word.codePoints().anyMatch(Character::isLetterOrDigit)) {
                continue;
            }
            int[] hit = loosely(word, at, to);
            hit = hit == null ? loosely(word, from, to) : hit;
            if (hit == null) {
                return List.of();
            }
            at = hit[1];
            int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null
                    && hit[0] >= last[1]
                    && text.substring(last[1], hit[0]).isBlank()) {
                last[1] = hit[1];
            } else {
                ranges.add(hit);
            }
        }
        return ranges;
    }

    /** Cuts ranges at the ends of pages, or of parts. */
    private List<Evidence.Span> spans(List<int[]> ranges) {
        List<Evidence.Span> spans = new ArrayList<>();
        for (int[] range : ranges) {
            int from = range[0];
            int index = lineAt(from);
            int at = from;
            while (index < lines.size() && lines.get(index).start() < range[1]) {
                TextLine line = lines.get(index);
                TextLine next = index + 1 < lines.size() ? lines.get(index + 1) : null;
                at = Math.min(range[1], line.end());
                if (next == null || next.start() >= range[1] || !samePlace(line, next)) {
                    if (at > from) {
                        spans.add(new Evidence.Span(
                                paged ? line.page() : null,
                                paged ? null : line.part().name().toLowerCase(Locale.ROOT),
                                from,
                                at));
                    }
                    from = next == null ? range[1] : next.start();
                }
                index++;
            }
        }
        return spans;
    }

    private boolean samePlace(TextLine line, TextLine next) {
        return paged ? line.page() == next.page() : line.part() == next.part();
    }

    /** The last line that begins at or before a character. */
    private int lineAt(int character) {
        int low = 0;
        int high = lines.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lines.get(middle).start() <= character) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
