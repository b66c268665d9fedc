package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the glyphs of one page into reading order: glyphs to chunks (runs without a wide gap), chunks to rows, and rows
 * to columns where a white gutter runs down the page. A gutter beside dates or places is a margin of the same row, not
 * a column: whoever reads a resume reads "Company ... 2019 - 2021" as one line.
 */
final class PageLayout {

    /** A glyph, or a ligature of several characters, as it lies on the page; lengths in points. */
    record Glyph(float x, float y, float width, float size, float space, String text, boolean bold) {}

    private static final int MIN_COLUMN_ROWS = 4;
    private static final int MAX_CUTS = 12;
    private static final Comparator<Glyph> ALONG = (a, b) -> Float.compare(a.x(), b.x());
    private static final Comparator<Glyph> DOWN_AND_ALONG = (a, b) -> {
        int down = Float.compare(a.y(), b.y());
        return down != 0 ? down : Float.compare(a.x(), b.x());
    };
    /** Lines of a column that begin at its very edge; the others may be items of lists, which are indented. */
    private static final int LEAST_AT_EDGE = 3;

    private static final float AT_EDGE = 4;
    private static final float DEEPEST_INDENT = 36;

    private final Budget budget;
    private int block;

    PageLayout(Budget budget) {
        this.budget = budget;
    }

    private static final class Chunk {
        final StringBuilder text = new StringBuilder();
        final float left;
        final float y;
        float right;
        float size;
        int bold;
        int letters;

        Chunk(float left, float y) {
            this.left = left;
            this.y = y;
        }
    }

    private static final class Row {
        final List<Chunk> chunks = new ArrayList<>();
        float y;
        float size;

        Row(float y, float size) {
            this.y = y;
            this.size = size;
        }
    }

    void write(int page, List<Glyph> glyphs, LineCollector out) {
        List<Row> rows = rows(glyphs);
        if (!rows.isEmpty()) {
            emit(page, rows, out, MAX_CUTS);
        }
    }

    // ---- glyphs to rows of chunks

    private List<Row> rows(List<Glyph> glyphs) {
        List<Glyph> sorted = new ArrayList<>(glyphs);
        sorted.removeIf(glyph -> glyph.text().isBlank());
        sorted.sort(DOWN_AND_ALONG);
        List<List<Glyph>> lines = new ArrayList<>();
        List<Glyph> line = new ArrayList<>();
        float y = 0;
        float size = 0;
        for (Glyph glyph : sorted) {
            budget.tick();
            if (!line.isEmpty() && glyph.y() - y > Math.max(0.9f, 0.28f * Math.min(size, glyph.size()))) {
                lines.add(line);
                line = new ArrayList<>();
                size = 0;
            }
            if (line.isEmpty() || glyph.size() > size) {
                y = line.isEmpty() ? glyph.y() : Math.max(y, glyph.y());
                size = glyph.size();
            }
            line.add(glyph);
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        List<Row> rows = new ArrayList<>();
        for (List<Glyph> each : lines) {
            rows.add(chunks(each));
        }
        return rows;
    }

    private Row chunks(List<Glyph> line) {
        line.sort(ALONG);
        Row row = new Row(line.get(0).y(), 0);
        Chunk chunk = null;
        Glyph before = null;
        boolean spaced = letterSpaced(line);
        for (Glyph glyph : line) {
            budget.tick();
            if (before != null && chunk != null) {
                if (overprint(before, glyph)) {
                    continue;
                }
                float gap = glyph.x() - (before.x() + before.width());
                float em = Math.max(before.size(), glyph.size());
                float space = spaceWidth(before, glyph);
                if (spaced) {
                    if (gap > 2.2f * em) {
                        chunk = null;
                    } else if (gap > 0.75f * em) {
                        chunk.text.append(' ');
                    }
                } else if (gap > Math.max(1.35f * em, 3.2f * space)) {
                    chunk = null;
                } else if (gap > Math.min(0.55f * space, 0.16f * em)) {
                    chunk.text.append(' ');
                }
            }
            if (chunk == null) {
                chunk = new Chunk(glyph.x(), glyph.y());
                row.chunks.add(chunk);
            }
            chunk.text.append(glyph.text());
            chunk.right = Math.max(chunk.right, glyph.x() + glyph.width());
            chunk.size = Math.max(chunk.size, glyph.size());
            chunk.letters++;
            chunk.bold += glyph.bold() ? 1 : 0;
            row.size = Math.max(row.size, glyph.size());
            row.y = Math.max(row.y, glyph.y());
            before = glyph;
        }
        return row;
    }

    private static float spaceWidth(Glyph left, Glyph right) {
        float space = Math.max(left.space(), right.space());
        float em = Math.max(left.size(), right.size());
        return space > 0.1f * em && space < 0.8f * em ? space : 0.27f * em;
    }

    /** The same letter printed twice with a small shift, which is how some writers make bold. */
    private static boolean overprint(Glyph before, Glyph glyph) {
        return before.text().equals(glyph.text())
                && Math.abs(before.x() - glyph.x()) < 0.25f * Math.max(0.5f, before.width())
                && Math.abs(before.y() - glyph.y()) < 0.1f * before.size();
    }

    /** A heading or name set with wide spaces between its letters: most gaps are wide, and none is a normal one. */
    private static boolean letterSpaced(List<Glyph> line) {
        if (line.size() < 4) {
            return false;
        }
        int wide = 0;
        int tight = 0;
        for (int i = 1; i < line.size(); i++) {
            Glyph before = line.get(i - 1);
            float gap = line.get(i).x() - (before.x() + before.width());
            float em = Math.max(before.size(), line.get(i).size());
            if (gap > 0.13f * em && gap < 0.75f * em) {
                wide++;
            } else if (gap <= 0.13f * em) {
                tight++;
            }
        }
        return wide >= 3 && tight * 8 <= wide;
    }

    // ---- rows to columns

    private record Cut(int from, int to, float x) {}

    private void emit(int page, List<Row> rows, LineCollector out, int cutsLeft) {
        budget.checkTime();
        Cut cut = cutsLeft > 0 ? bestCut(rows) : null;
        if (cut == null) {
            block++;
            writeRows(page, rows, out);
            return;
        }
        if (cut.from() > 0) {
            emit(page, rows.subList(0, cut.from()), out, cutsLeft - 1);
        }
        List<Row> left = new ArrayList<>();
        List<Row> right = new ArrayList<>();
        for (Row row : rows.subList(cut.from(), cut.to())) {
            Row l = new Row(row.y, row.size);
            Row r = new Row(row.y, row.size);
            for (Chunk chunk : row.chunks) {
                (chunk.left < cut.x() - 0.5f ? l : r).chunks.add(chunk);
            }
            if (!l.chunks.isEmpty()) {
                left.add(resized(l));
            }
            if (!r.chunks.isEmpty()) {
                right.add(resized(r));
            }
        }
        emit(page, left, out, cutsLeft - 1);
        emit(page, right, out, cutsLeft - 1);
        if (cut.to() < rows.size()) {
            emit(page, rows.subList(cut.to(), rows.size()), out, cutsLeft - 1);
        }
    }

    private static Row resized(Row row) {
        row.size = 0;
        row.y = 0;
        for (Chunk chunk : row.chunks) {
            row.size = Math.max(row.size, chunk.size);
            row.y = Math.max(row.y, chunk.y);
        }
        return row;
    }

    private @Nullable Cut bestCut(List<Row> rows) {
        if (rows.size() < MIN_COLUMN_ROWS) {
            return null;
        }
        TreeMap<Integer, Integer> edges = new TreeMap<>();
        float leftmost = Float.MAX_VALUE;
        for (Row row : rows) {
            for (Chunk chunk : row.chunks) {
                edges.merge(Math.round(chunk.left / 2f), 1, Integer::sum);
                leftmost = Math.min(leftmost, chunk.left);
            }
        }
        Cut best = null;
        double bestScore = 0;
        for (var edge : edges.entrySet()) {
            float x = edge.getKey() * 2f - 1f;
            int near = edge.getValue() + edges.getOrDefault(edge.getKey() + 1, 0);
            if (near < 3 || x < leftmost + 40) {
                continue;
            }
            int from = 0;
            while (from < rows.size()) {
                budget.tick();
                if (crosses(rows.get(from), x)) {
                    from++;
                    continue;
                }
                int to = from;
                while (to < rows.size() && !crosses(rows.get(to), x)) {
                    to++;
                }
                Cut trimmed = trim(rows, from, to, x);
                if (trimmed != null) {
                    double score = columnScore(rows.subList(trimmed.from(), trimmed.to()), x);
                    if (score > bestScore) {
                        bestScore = score;
                        best = trimmed;
                    }
                }
                from = to;
            }
        }
        return best;
    }

    private static boolean crosses(Row row, float x) {
        for (Chunk chunk : row.chunks) {
            if (chunk.left < x && chunk.right > x - 3) {
                return true;
            }
        }
        return false;
    }

    /** Shrinks a run of rows so that it begins where the right side does; what stands above reads across. */
    private static @Nullable Cut trim(List<Row> rows, int from, int to, float x) {
        int first = from;
        while (first < to && (side(rows.get(first), x, false).isEmpty() || spread(rows.get(first), x))) {
            first++;
        }
        // The left column may begin a little higher than the right one; a title above both is larger.
        while (first > from
                && first < to
                && !spread(rows.get(first - 1), x)
                && rows.get(first).y - rows.get(first - 1).y < 3 * rows.get(first).size
                && rows.get(first - 1).size <= 1.6f * rows.get(first).size) {
            first--;
        }
        return to - first >= MIN_COLUMN_ROWS ? new Cut(first, to, x) : null;
    }

    /** Whether a row is spread over the page, as contact data are, and has nothing where the right column begins. */
    private static boolean spread(Row row, float x) {
        return row.chunks.size() > 2 && row.chunks.stream().noneMatch(chunk -> Math.abs(chunk.left - x - 1) < AT_EDGE);
    }

    private static List<Chunk> side(Row row, float x, boolean left) {
        List<Chunk> chunks = new ArrayList<>();
        for (Chunk chunk : row.chunks) {
            if ((chunk.left < x - 0.5f) == left) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    /** How much two sides of a gutter look like two columns; 0 when they are one. */
    private static double columnScore(List<Row> rows, float x) {
        int left = 0;
        int right = 0;
        int both = 0;
        int rightMargin = 0;
        int leftMargin = 0;
        int leftChars = 0;
        int rightChars = 0;
        int atEdge = 0;
        int nearEdge = 0;
        for (Row row : rows) {
            List<Chunk> l = side(row, x, true);
            List<Chunk> r = side(row, x, false);
            if (!l.isEmpty()) {
                left++;
                leftChars += length(l);
                leftMargin += l.stream().allMatch(PageLayout::marginal) ? 1 : 0;
            }
            if (!r.isEmpty()) {
                right++;
                rightChars += length(r);
                rightMargin += r.stream().allMatch(PageLayout::marginal) ? 1 : 0;
                float indent = r.get(0).left - x - 1;
                atEdge += Math.abs(indent) < AT_EDGE ? 1 : 0;
                nearEdge += indent > -AT_EDGE && indent < DEEPEST_INDENT ? 1 : 0;
            }
            both += !l.isEmpty() && !r.isEmpty() ? 1 : 0;
        }
        if (left < MIN_COLUMN_ROWS || right < MIN_COLUMN_ROWS || atEdge < LEAST_AT_EDGE || nearEdge * 2 < right) {
            return 0;
        }
        // Dates and places in a margin belong to the row beside them.
        if (rightMargin * 2 >= right || leftMargin * 2 >= left) {
            return 0;
        }
        double aligned = both / (double) Math.min(left, right);
        double texty = Math.min(leftChars / (double) left, rightChars / (double) right);
        boolean independent = aligned < 0.75;
        boolean full = texty >= 14 && Math.min(left, right) >= 6;
        if (!independent && !full) {
            return 0;
        }
        return Math.min(left, right) * (1.2 - 0.5 * aligned) + 0.05 * rows.size();
    }

    private static int length(List<Chunk> chunks) {
        int length = 0;
        for (Chunk chunk : chunks) {
            length += chunk.text.length();
        }
        return length;
    }

    /** A date, a year, a place: what stands at the margin of an entry. */
    private static boolean marginal(Chunk chunk) {
        String text = chunk.text.toString();
        if (text.length() > 34 || text.indexOf('@') >= 0) {
            return false;
        }
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
        }
        if (digits >= 4 && digits <= 16 && text.indexOf('+') < 0 && digits < 9) {
            return true;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("present")
                || lower.contains("настоящ")
                || lower.contains("current")
                || (text.indexOf(',') > 0 && text.length() < 26);
    }

    // ---- rows to lines

    private void writeRows(int page, List<Row> rows, LineCollector out) {
        out.gap(page);
        float lastY = Float.NaN;
        float lastSize = 0;
        for (Row row : rows) {
            budget.tick();
            if (row.y - lastY > 1.9f * Math.max(lastSize, row.size)) {
                out.gap(page);
            }
            StringBuilder text = new StringBuilder();
            int letters = 0;
            int bold = 0;
            float right = 0;
            for (Chunk chunk : row.chunks) {
                if (text.length() > 0) {
                    text.append('\t');
                }
                text.append(chunk.text);
                letters += chunk.letters;
                bold += chunk.bold;
                right = Math.max(right, chunk.right);
            }
            float left = row.chunks.get(0).left;
            out.add(
                    page,
                    text,
                    TextLine.Part.BODY,
                    new TextLine.Style(
                            tenths(left),
                            tenths(row.y),
                            tenths(right - left),
                            tenths(row.chunks.get(0).size),
                            bold * 2 > letters,
                            0,
                            block));
            lastY = row.y;
            lastSize = row.size;
        }
    }

    private static int tenths(float points) {
        return Math.round(points * 10);
    }
}
