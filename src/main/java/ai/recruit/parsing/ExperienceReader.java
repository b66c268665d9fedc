package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs. The dates of a job are its anchor; the short lines around them are its header (position, employer, place),
 * what follows until the next header is its description. How many header lines stand above the dates is learnt from the
 * first job of a section, because a resume writes all its jobs alike.
 */
final class ExperienceReader {

    private static final int MOST_ENTRIES = 60;
    private static final int MOST_HEADER_LINES = 3;
    private static final int LONGEST_HEADER = 110;
    private static final int LONGEST_DESCRIPTION = 6_000;
    private static final Pattern STRONG = Pattern.compile("[\\t|\\u2022\\u25cf\\u25aa]|\\s\\u00b7\\s");
    private static final Pattern DASH = Pattern.compile("\\s[-\\u2013\\u2014/]{1,3}\\s|\\s@\\s|\\sat\\s(?=\\p{Lu})");
    private static final Pattern SPAN = Pattern.compile(
            "\\(?\\b[0-9]{1,2}\\+?\\s?(?:years?|yrs?|months?|mos?|лет|года?|месяц(?:а|ев)?|мес\\.?)(?:[ ,]{1,2}[0-9]{1,2}\\s?(?:months?|mos?|месяц(?:а|ев)?|мес\\.?))?\\)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final Sections sections;
    private final LocalDate asOf;
    private final Trail trail;
    private final List<List<TextLine>> lines = new ArrayList<>();

    ExperienceReader(Sections sections, LocalDate asOf, Trail trail) {
        this.sections = sections;
        this.asOf = asOf;
        this.trail = trail;
    }

    /** A line that is not blank; its text may be a part of the line, or that of two lines put together. */
    private record Row(TextLine line, TextLine last, String text, boolean gapBefore) {

        Trail.Where where() {
            return Trail.Where.of(List.of(line, last));
        }
    }

    /** The dates of a job, and the words that say them. */
    private record Dated(Dates.Range range, String printed, Trail.Where where) {

        static Dated of(Row row, Dates.Range range) {
            return new Dated(range, row.text().substring(range.from(), range.to()), row.where());
        }
    }

    private static final class Entry {
        int firstHeader;
        int anchor;
        int lastHeader;

        @Nullable Dated dated;

        Rule companyRule = Rule.COMPANY_ALONE;
        Rule positionRule = Rule.POSITION_BESIDE_COMPANY;

        Trail.@Nullable Where companyAbove;

        @Nullable String company;

        @Nullable String position;

        @Nullable String location;
    }

    List<ParsedResume.Experience> read() {
        List<ParsedResume.Experience> jobs = new ArrayList<>();
        for (Sections.Section section : sections.of(Sections.Kind.EXPERIENCE)) {
            if (jobs.size() < MOST_ENTRIES) {
                read(section, jobs);
            }
        }
        return List.copyOf(jobs);
    }

    /** The lines of each job that was read, its header first. */
    List<List<TextLine>> lines() {
        return lines;
    }

    private void read(Sections.Section section, List<ParsedResume.Experience> into) {
        List<Row> rows = rows(section);
        List<Integer> anchors = new ArrayList<>();
        for (int i = 0; i < rows.size() && anchors.size() < MOST_ENTRIES; i++) {
            if (anchor(rows, i) != null) {
                anchors.add(i);
            }
        }
        if (anchors.isEmpty()) {
            undated(rows, into);
            return;
        }
        int above = 0;
        for (int i = anchors.get(0) - 1; i >= 0 && above < MOST_HEADER_LINES && !body(rows, i); i--) {
            above++;
        }
        List<Entry> entries = new ArrayList<>();
        int free = 0;
        for (int n = 0; n < anchors.size(); n++) {
            int at = anchors.get(n);
            int next = n + 1 < anchors.size() ? anchors.get(n + 1) : rows.size();
            Entry entry = new Entry();
            entry.anchor = at;
            entry.dated = anchor(rows, at);
            entry.firstHeader = at;
            while (entry.firstHeader > free && at - entry.firstHeader < above && !body(rows, entry.firstHeader - 1)) {
                entry.firstHeader--;
            }
            entry.lastHeader = at;
            name(rows, entry);
            while ((entry.position == null || entry.company == null)
                    && entry.lastHeader + 1 < next - (next < rows.size() ? above : 0)
                    && entry.lastHeader - at < 2
                    && header(rows, entry.lastHeader + 1, entry)) {
                entry.lastHeader++;
                name(rows, entry);
            }
            free = entry.lastHeader + 1;
            entries.add(entry);
        }
        inherit(rows, entries);
        for (int n = 0; n < entries.size(); n++) {
            int end = n + 1 < entries.size() ? entries.get(n + 1).firstHeader : rows.size();
            into.add(job(rows, entries.get(n), end, "/experience/" + into.size() + "/"));
            lines.add(lines(rows, entries.get(n).firstHeader, end));
        }
    }

    /**
     * The lines of a section. Dates that stand in the margin beside a bullet become a line above it, and a range that is
     * broken over two lines of the margin becomes one.
     */
    private static List<Row> rows(Sections.Section section) {
        List<Row> rows = new ArrayList<>();
        boolean gap = true;
        for (TextLine line : section.lines()) {
            if (line.blank()) {
                gap = true;
                continue;
            }
            String text = line.text();
            int tab = text.lastIndexOf('\t');
            boolean inside = tab > 0
                    && (Words.bullet(text) || Character.isLowerCase(text.charAt(0)))
                    && onlyDates(text.substring(tab + 1));
            if (inside) {
                rows.add(new Row(line, line, text.substring(tab + 1), gap));
                rows.add(new Row(line, line, text.substring(0, tab), false));
            } else if (!rows.isEmpty()
                    && onlyDates(text)
                    && open(rows.get(rows.size() - 1).text()) != null) {
                Row before = rows.remove(rows.size() - 1);
                Dates.Range start = open(before.text());
                int to = start == null ? 0 : start.to();
                String rest = Words.trim(before.text().substring(to));
                rows.add(new Row(
                        before.line(),
                        line,
                        before.text().substring(0, to) + " \u2013 " + text + "\t" + rest,
                        before.gapBefore()));
            } else {
                rows.add(new Row(line, line, text, gap));
            }
            gap = false;
        }
        return rows;
    }

    /** A date at the start of a line with a dash behind it and no second date, or null. */
    private static Dates.@Nullable Range open(String text) {
        List<Dates.Range> dates = Dates.find(text);
        if (dates.size() != 1 || dates.get(0).from() > 0 || dates.get(0).complete()) {
            return null;
        }
        String rest = text.substring(Math.min(text.length(), dates.get(0).to())).strip();
        return !rest.isEmpty() && "-\u2013\u2014".indexOf(rest.charAt(0)) >= 0 ? dates.get(0) : null;
    }

    private static boolean onlyDates(String text) {
        List<Dates.Range> dates = text.length() > 40 ? List.of() : Dates.find(text);
        return dates.size() == 1
                && Words.trim(text.substring(0, dates.get(0).from())).isEmpty()
                && Words.trim(text.substring(dates.get(0).to())).isEmpty();
    }

    /** A second position at the same employer is often printed without the employer's name. */
    private static void inherit(List<Row> rows, List<Entry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Entry before = entries.get(i - 1);
            if (entry.company == null && entry.position != null && before.company != null) {
                entry.company = before.company;
                entry.companyRule = Rule.COMPANY_ABOVE;
                entry.companyAbove = before.companyAbove != null ? before.companyAbove : header(rows, before);
            }
        }
    }

    private static List<TextLine> lines(List<Row> rows, int from, int to) {
        return rows.subList(from, Math.max(from + 1, to)).stream()
                .map(Row::line)
                .distinct()
                .toList();
    }

    /** Where the header of an entry stands. */
    private static Trail.Where header(List<Row> rows, Entry entry) {
        return rows.get(entry.firstHeader)
                .where()
                .until(rows.get(entry.lastHeader).where());
    }

    private ParsedResume.Experience job(List<Row> rows, Entry entry, int end, String path) {
        StringBuilder description = new StringBuilder();
        List<TextLine> lines = new ArrayList<>();
        for (int i = entry.lastHeader + 1; i < end && description.length() < LONGEST_DESCRIPTION; i++) {
            description
                    .append(description.length() > 0 ? "\n" : "")
                    .append(rows.get(i).text().replace('\t', ' '));
            lines.add(rows.get(i).line());
        }
        if (!lines.isEmpty()) {
            trail.lines(path + "description", Rule.JOB_DESCRIPTION, lines);
        }
        Dates.Point start = entry.dated == null ? null : date(path + "start_date", entry.dated, true);
        Dates.Point last = entry.dated == null ? null : date(path + "end_date", entry.dated, false);
        int[] months = months(start, last, asOf);
        Integer length = months == null ? null : months[1] - months[0] + 1;
        Trail.Where header = header(rows, entry);
        Trail.Where company = entry.companyAbove == null ? header : entry.companyAbove;
        return new ParsedResume.Experience(
                trail.printed(path + "company", entry.companyRule, entry.company, company),
                trail.printed(path + "position", entry.positionRule, entry.position, header),
                start == null ? null : start.text(),
                last == null ? null : last.text(),
                length == null ? null : Dates.duration(length),
                length,
                trail.printed(path + "location", Rule.JOB_LOCATION, entry.location, header),
                description.length() == 0 ? null : description.toString());
    }

    private Dates.@Nullable Point date(String path, Dated dated, boolean first) {
        Dates.Point point = first ? dated.range().start() : dated.range().end();
        Rule rule = dated.range().complete() ? Rule.JOB_DATES_RANGE : Rule.JOB_DATES_SINGLE;
        return point != null && trail.made(path, rule, Evidence.Form.DATE, dated.printed(), dated.where())
                ? point
                : null;
    }

    /**
     * First and last month of a job, counted from year 0, both inclusive; null when it has no start or ends before it.
     * A year without a month stands for the middle of that year, so that "2016 - 2018" is two years and meets "2018 -
     * 2020" without overlap; a single year is all of it.
     */
    static int @Nullable [] months(Dates.@Nullable Point start, Dates.@Nullable Point end, LocalDate asOf) {
        if (start == null || end == null || start.present()) {
            return null;
        }
        int now = asOf.getYear() * 12 + asOf.getMonthValue() - 1;
        int from;
        int to;
        if (start.month() == 0 && end.month() == 0 && start.year() == end.year()) {
            from = start.year() * 12;
            to = start.year() * 12 + 11;
        } else {
            from = start.year() * 12 + (start.month() == 0 ? 6 : start.month() - 1);
            to = end.present() ? now : end.year() * 12 + (end.month() == 0 ? 5 : end.month() - 1);
        }
        to = Math.min(to, Math.max(now, from));
        return from > to ? null : new int[] {from, to};
    }

    /** First and last month of a job that was read, see the other {@code months}. */
    static int @Nullable [] months(ParsedResume.Experience job, LocalDate asOf) {
        return months(point(job.startDate()), point(job.endDate()), asOf);
    }

    /** Months with at least one job. */
    static int total(List<ParsedResume.Experience> jobs, LocalDate asOf) {
        List<int[]> spans = new ArrayList<>();
        for (ParsedResume.Experience job : jobs) {
            int[] span = months(job, asOf);
            if (span != null) {
                spans.add(span);
            }
        }
        spans.sort((a, b) -> a[0] != b[0] ? Integer.compare(a[0], b[0]) : Integer.compare(a[1], b[1]));
        int total = 0;
        int covered = Integer.MIN_VALUE;
        for (int[] span : spans) {
            int from = Math.max(span[0], covered == Integer.MIN_VALUE ? span[0] : covered + 1);
            if (span[1] >= from) {
                total += span[1] - from + 1;
                covered = span[1];
            }
        }
        return total;
    }

    private static Dates.@Nullable Point point(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.equals("present")) {
            return Dates.Point.PRESENT;
        }
        return new Dates.Point(
                Integer.parseInt(text.substring(0, 4)), text.length() > 4 ? Integer.parseInt(text.substring(5)) : 0);
    }

    // ---- what a line is

    /** The dates that make a line the anchor of a job, or null. */
    private static @Nullable Dated anchor(List<Row> rows, int at) {
        Row row = rows.get(at);
        String text = row.text();
        if (text.length() > 200) {
            return null;
        }
        List<Dates.Range> dates = Dates.find(text);
        if (dates.isEmpty()) {
            return null;
        }
        Dates.Range range =
                dates.stream().filter(Dates.Range::complete).findFirst().orElse(null);
        boolean bullet = Words.bullet(text);
        if (range != null) {
            String rest = text.substring(0, range.from()) + text.substring(range.to());
            if (bullet && (rest.length() > 100 || rest.strip().endsWith(".") || !Vocabulary.anyWord("title", rest))) {
                return null;
            }
            return Words.count(rest) > 18 ? null : Dated.of(row, range);
        }
        if (bullet || text.length() > 120) {
            return null;
        }
        for (Dates.Range single : dates) {
            String before = text.substring(0, single.from()).strip();
            String after = Words.trim(text.substring(single.to()));
            boolean cell = text.substring(0, single.from()).endsWith("\t") || before.endsWith("|") || before.isEmpty();
            if (cell && after.isEmpty() && single.end() != null && !single.end().present()) {
                return Dated.of(row, single);
            }
            if (single.start() != null && single.end() == null && at + 1 < rows.size()) {
                // "2019 -" with the other end on the next line.
                Row below = rows.get(at + 1);
                Dates.Range rest = Dates.find(below.text()).stream().findFirst().orElse(null);
                if (rest != null && rest.from() == 0 && rest.end() != null) {
                    return new Dated(
                            new Dates.Range(single.start(), rest.end(), single.from(), single.to()),
                            text.substring(single.from(), single.to()) + " "
                                    + below.text().substring(0, rest.to()),
                            row.where().until(below.where()));
                }
            }
        }
        return null;
    }

    /** Whether a line belongs to a description and cannot head a job. */
    private static boolean body(List<Row> rows, int at) {
        Row row = rows.get(at);
        String text = row.text();
        if (Words.bullet(text) || text.length() > LONGEST_HEADER || Character.isLowerCase(text.charAt(0))) {
            return true;
        }
        if ((text.endsWith(".") && Words.count(text) > 7) || text.endsWith(";")) {
            return true;
        }
        int colon = text.indexOf(':');
        if (colon > 2 && colon < 30 && "skillline".equals(Vocabulary.meaning("label", text.substring(0, colon)))) {
            return true;
        }
        return wrapped(rows, at);
    }

    /** Whether a line continues a bullet above it, by its indentation. */
    private static boolean wrapped(List<Row> rows, int at) {
        TextLine.Style style = rows.get(at).line().style();
        if (style == null || style.x() == 0) {
            return false;
        }
        for (int i = at - 1; i >= 0 && at - i <= 6; i--) {
            TextLine.Style above = rows.get(i).line().style();
            if (above == null || above.block() != style.block()) {
                return false;
            }
            if (Words.bullet(rows.get(i).text())) {
                return style.x() > above.x() + 25 && !style.bold();
            }
            if (Math.abs(above.x() - style.x()) > 30) {
                return false;
            }
        }
        return false;
    }

    /** Whether the line after the dates still belongs to the header. */
    private static boolean header(List<Row> rows, int at, Entry entry) {
        String text = rows.get(at).text();
        if (body(rows, at) || text.length() > 90 || anchor(rows, at) != null) {
            return false;
        }
        boolean title = Vocabulary.anyWord("title", text);
        boolean company = company(text) > 0;
        boolean place = Places.isPlace(text) || Places.tail(text) != null;
        TextLine.Style style = rows.get(at).line().style();
        boolean bold = style != null && (style.bold() || style.heading() > 0);
        boolean nothing = entry.position == null && entry.company == null;
        boolean shortLine = Words.count(text) <= 7 && !text.endsWith(".") && text.indexOf(':') < 0;
        if (entry.position == null && title && shortLine) {
            return true;
        }
        if (entry.company == null && (company || place || bold) && shortLine) {
            return true;
        }
        return nothing && shortLine;
    }

    // ---- names out of header lines

    private static void name(List<Row> rows, Entry entry) {
        entry.company = null;
        entry.position = null;
        entry.location = null;
        List<String> parts = new ArrayList<>();
        for (int i = entry.firstHeader; i <= entry.lastHeader; i++) {
            String text = rows.get(i).text();
            if (i == entry.anchor && entry.dated != null) {
                Dates.Range range = entry.dated.range();
                text = text.substring(0, range.from()) + "\t" + text.substring(range.to());
            }
            text = SPAN.matcher(text).replaceAll(" ");
            for (String part : STRONG.split(text, -1)) {
                place(entry, Words.trim(part), parts);
            }
        }
        if (parts.size() == 1) {
            String only = parts.remove(0);
            for (String part : DASH.split(only, -1)) {
                place(entry, Words.trim(part), parts);
            }
        }
        if (parts.size() == 1) {
            commas(entry, parts.get(0));
            return;
        }
        assign(entry, parts);
    }

    /** Keeps a part, without the place in it. */
    private static void place(Entry entry, String part, List<String> into) {
        if (part.isEmpty() || !part.codePoints().anyMatch(Character::isLetter) || halfQuoted(part)) {
            return;
        }
        if (Places.isPlace(part)) {
            entry.location = entry.location == null ? part : entry.location;
            return;
        }
        // "Acme - Berlin, Germany"
        int dash = lastDash(part);
        if (dash > 0 && Places.isPlace(part.substring(dash + 3))) {
            entry.location = entry.location == null ? part.substring(dash + 3).strip() : entry.location;
            place(entry, Words.trim(part.substring(0, dash)), into);
            return;
        }
        String[] pieces = part.split(",", -1);
        for (int length = 2; length >= 1; length--) {
            for (int from = pieces.length - length; from >= 0; from--) {
                String run = String.join(",", Arrays.copyOfRange(pieces, from, from + length))
                        .strip();
                if (pieces.length > length && Places.isPlace(run) && !(length == 1 && from == 0)) {
                    List<String> rest = new ArrayList<>(List.of(pieces));
                    rest.subList(from, from + length).clear();
                    entry.location = entry.location == null ? run : entry.location;
                    into.add(Words.trim(String.join(",", rest)));
                    return;
                }
            }
        }
        into.add(part);
    }

    /** Whether a quotation begins or ends in another line: words of a motto, and no name. */
    private static boolean halfQuoted(String part) {
        return (part.indexOf('\u201c') >= 0) != (part.indexOf('\u201d') >= 0);
    }

    private static int lastDash(String part) {
        return Math.max(part.lastIndexOf(" - "), Math.max(part.lastIndexOf(" \u2013 "), part.lastIndexOf(" \u2014 ")));
    }

    /** One part with commas: the pieces that name a position are the position, the others the employer. */
    private static void commas(Entry entry, String part) {
        List<String> title = new ArrayList<>();
        List<String> company = new ArrayList<>();
        for (String piece : part.split(",", -1)) {
            String bare = piece.strip();
            boolean legal = company.size() > 0 && Words.count(bare) == 1 && company(bare) > 1;
            boolean named = Vocabulary.anyWord("title", bare) && company(bare) < 2;
            if (legal || !named) {
                company.add(bare);
            } else {
                title.add(bare);
            }
        }
        if (title.isEmpty() || company.isEmpty()) {
            if (title.isEmpty()) {
                entry.company = limit(part);
                entry.companyRule = companyRule(part, Rule.COMPANY_ALONE);
            } else {
                entry.position = limit(part);
                entry.positionRule = Rule.POSITION_WORD;
            }
            return;
        }
        entry.position = limit(String.join(", ", title));
        entry.positionRule = Rule.POSITION_WORD;
        entry.company = limit(String.join(", ", company));
        entry.companyRule = companyRule(String.join(", ", company), Rule.COMPANY_BESIDE_POSITION);
    }

    private static Rule companyRule(String printed, Rule otherwise) {
        int company = company(printed);
        return company == 2 ? Rule.COMPANY_LEGAL_FORM : company == 1 ? Rule.COMPANY_WORD : otherwise;
    }

    private static void assign(Entry entry, List<String> parts) {
        if (parts.isEmpty()) {
            return;
        }
        int title = best(parts, -1, true);
        int company = best(parts, title, false);
        if (title >= 0) {
            entry.position = limit(parts.get(title));
            entry.positionRule = titles(parts.get(title)) > 0 ? Rule.POSITION_WORD : Rule.POSITION_BESIDE_COMPANY;
        }
        if (company >= 0) {
            entry.company = limit(parts.get(company));
            entry.companyRule =
                    companyRule(parts.get(company), title >= 0 ? Rule.COMPANY_BESIDE_POSITION : Rule.COMPANY_ALONE);
        }
    }

    private static int best(List<String> parts, int taken, boolean title) {
        int best = -1;
        int bestScore = Integer.MIN_VALUE;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (i == taken || part.length() > LONGEST_HEADER) {
                continue;
            }
            int titles = titles(part);
            int score = title ? 3 * titles - 2 * company(part) : 2 * company(part) - 2 * titles;
            score = score * 10 - i;
            if (score > bestScore && (!title || titles > 0 || parts.size() > 1)) {
                bestScore = score;
                best = i;
            }
        }
        return best;
    }

    private static int titles(String part) {
        int found = 0;
        for (String word : Words.key(part).split(" ", -1)) {
            found += Vocabulary.list("title").containsKey(word) ? 1 : 0;
        }
        return Math.min(found, 2);
    }

    /** 0: does not look like an employer; 1: has a word of employers; 2: has a legal form or is quoted. */
    private static int company(String part) {
        char first = part.isEmpty() ? ' ' : part.charAt(0);
        if (part.indexOf('\u00ab') >= 0 || first == '"' || first == '\u201c' || part.endsWith("\"")) {
            return 2;
        }
        for (String word : Words.key(part).split(" ", -1)) {
            if (LEGAL.contains(word)) {
                return 2;
            }
        }
        return Vocabulary.anyWord("company", part) ? 1 : 0;
    }

    private static final Set<String> LEGAL = Set.of(
            "inc",
            "llc",
            "ltd",
            "corp",
            "gmbh",
            "plc",
            "llp",
            "corporation",
            "ооо",
            "оао",
            "зао",
            "пао",
            "ао",
            "ип",
            "тоо",
            "ooo",
            "ag",
            "sa",
            "bv");

    private static @Nullable String limit(String text) {
        String trimmed = Words.trim(text);
        return trimmed.isEmpty() || trimmed.length() > 160 ? null : trimmed;
    }

    /** Jobs without any date: a header line of position and employer, told by its words alone. */
    private void undated(List<Row> rows, List<ParsedResume.Experience> into) {
        for (int i = 0; i < rows.size() && into.size() < MOST_ENTRIES; i++) {
            if (body(rows, i)
                    || rows.get(i).text().length() > 80
                    || !Vocabulary.anyWord("title", rows.get(i).text())) {
                continue;
            }
            Entry entry = new Entry();
            entry.firstHeader = i;
            entry.lastHeader = i;
            entry.anchor = -1;
            name(rows, entry);
            if (entry.position == null || (entry.company == null && !rows.get(i).gapBefore())) {
                continue;
            }
            String path = "/experience/" + into.size() + "/";
            Trail.Where header = header(rows, entry);
            into.add(new ParsedResume.Experience(
                    trail.printed(path + "company", Rule.COMPANY_ALONE, entry.company, header),
                    trail.printed(path + "position", Rule.POSITION_UNDATED, entry.position, header),
                    null,
                    null,
                    null,
                    null,
                    trail.printed(path + "location", Rule.JOB_LOCATION, entry.location, header),
                    null));
            lines.add(lines(rows, i, i + 1));
        }
    }
}
