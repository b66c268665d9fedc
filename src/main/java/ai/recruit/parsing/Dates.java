package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds dates and ranges of dates in a line, in the English and Russian forms that resumes use: "Sep 2019 - present",
 * "сент. 2019 – н.в.", "03/2018 to 05/2020", "2015–2019", "Summer 2021", "с 2019 по настоящее время".
 */
final class Dates {

    /**
     * A point in time.
     *
     * @param year year, 0 for the present
     * @param month month from 1, 0 when only the year is known
     */
    record Point(int year, int month) {

        static final Point PRESENT = new Point(0, 0);

        boolean present() {
            return year == 0;
        }

        String text() {
            return present()
                    ? "present"
                    : month == 0
                            ? String.format(Locale.ROOT, "%04d", year)
                            : String.format(Locale.ROOT, "%04d-%02d", year, month);
        }
    }

    /**
     * A range, or a single date.
     *
     * @param start first date, null when only the end is printed
     * @param end last date, null when there is only one date
     * @param from index of its first character in the line
     * @param to index after its last character
     */
    record Range(@Nullable Point start, @Nullable Point end, int from, int to) {

        /** Whether two ends are printed, or an open end. */
        boolean complete() {
            return start != null && end != null;
        }
    }

    private record Hit(Point point, int from, int to, boolean monthOnly, boolean season) {}

    private static final int LONGEST_WITHOUT_DIGITS = 30;
    private static final String YEAR = "((?:19[3-9]|20[0-4])[0-9])(?![0-9])";
    private static final String MONTH =
            "(jan(?:uary)?+|feb(?:ruary)?+|mar(?:ch)?+|apr(?:il)?+|may|june?+|july?+|aug(?:ust)?+|sept?+(?:ember)?+"
                    + "|oct(?:ober)?+|nov(?:ember)?+|dec(?:ember)?+"
                    + "|янв(?:ар[яьею]?)?+|фев(?:р(?:ал[яьею]?)?+)?+|мар(?:та?|те)?+|апр(?:ел[яьею]?)?+|ма[йяею]"
                    + "|июн[яьею]?+|июл[яьею]?+|авг(?:уста?|усте)?+|сент?(?:ябр[яьею]?)?+|окт(?:ябр[яьею]?)?+"
                    + "|ноя(?:бр[яьею]?)?+|дек(?:абр[яьею]?)?+)(?![\\p{L}])";
    private static final String PRESENT = "present(?: time| day)?|current(?:ly)?|now|today|ongoing|till date|to date"
            + "|(?:по )?настоящее время|(?:по )?наст\\.? ?вр(?:емя|\\.)?|(?:по )?н\\. ?в\\.?|сейчас|(?:по )?текущее время"
            + "|по сей день|до сих пор|(?:по )?сегодня(?:шний день)?|до настоящего времени";
    private static final Pattern DATE = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:"
                    + "(?:[0-3]?[0-9](?:st|nd|rd|th)?[ ,.]{0,2})?" + MONTH + "\\.?[ ,'’/.-]{0,3}(?:of )?(?:" + YEAR
                    + "|['’]([0-9]{2})(?![0-9]))"
                    + "|(spring|summer|fall|autumn|winter|весна|лето|осень|зима),? {0,2}" + YEAR
                    + "|([0-3]?[0-9])[./]([01]?[0-9])[./]" + YEAR
                    + "|(0?[1-9]|1[0-2]) ?[./-] ?" + YEAR
                    + "|" + YEAR + "[./-](0[1-9]|1[0-2])(?![0-9/.-])"
                    + "|" + YEAR
                    + "|(" + PRESENT + ")(?![\\p{L}])"
                    + "|" + MONTH + "\\.?"
                    + ")(?: ?(?:гг?\\.?|года?|year)(?![\\p{L}]))?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern SEPARATOR = Pattern.compile(
            "\\s{0,3}(?:-{1,3}|[\\u2012-\\u2015\\u2212~]|to|till?|until|through|thru|по|до|\\.{2,3}|\\u2192)\\s{0,3}(?:по |the )?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern SINCE = Pattern.compile(
            "(?<![\\p{L}])(?:since|from|с|со|начиная с)\\s{1,2}$", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    /** What months, seasons, years and words for the present begin with. */
    private static final String BEGINNINGS =
            "0123456789acdfjmnopstw\u0430\u0432\u0434\u0437\u0438\u043b\u043c\u043d\u043e\u043f\u0441\u0442\u0444\u044f";

    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("apr", 4),
            Map.entry("may", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("oct", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12),
            Map.entry("янв", 1),
            Map.entry("фев", 2),
            Map.entry("мар", 3),
            Map.entry("апр", 4),
            Map.entry("май", 5),
            Map.entry("мая", 5),
            Map.entry("мае", 5),
            Map.entry("маю", 5),
            Map.entry("июн", 6),
            Map.entry("июл", 7),
            Map.entry("авг", 8),
            Map.entry("сен", 9),
            Map.entry("окт", 10),
            Map.entry("ноя", 11),
            Map.entry("дек", 12));

    private Dates() {}

    /** All ranges and single dates of a line, in order. */
    static List<Range> find(String line) {
        if (line.length() > LONGEST_WITHOUT_DIGITS && !Words.hasDigit(line)) {
            return List.of();
        }
        List<Hit> hits = hits(line);
        List<Range> ranges = new ArrayList<>();
        int i = 0;
        while (i < hits.size()) {
            Hit hit = hits.get(i);
            Hit next = i + 1 < hits.size() ? hits.get(i + 1) : null;
            if (next != null
                    && next.from() - hit.to() <= 12
                    && SEPARATOR.matcher(line).region(hit.to(), next.from()).matches()
                    && !hit.point().present()
                    && !(next.monthOnly())) {
                Point start = hit.monthOnly()
                        ? new Point(next.point().year(), hit.point().month())
                        : hit.point();
                if (!(hit.monthOnly() && next.point().present())) {
                    ranges.add(new Range(start, next.point(), since(line, hit.from()), next.to()));
                }
                i += 2;
                continue;
            }
            if (hit.monthOnly() || (hit.point().present() && !ownWord(line, hit))) {
                i++;
                continue;
            }
            int since = since(line, hit.from());
            if (hit.point().present()) {
                ranges.add(new Range(null, Point.PRESENT, hit.from(), hit.to()));
            } else if (since < hit.from()) {
                ranges.add(new Range(hit.point(), Point.PRESENT, since, hit.to()));
            } else if (hit.season()) {
                ranges.add(new Range(hit.point(), hit.point(), hit.from(), hit.to()));
            } else if (openEnd(line, hit.to())) {
                ranges.add(new Range(
                        hit.point(), null, hit.from(), line.stripTrailing().length()));
            } else {
                ranges.add(new Range(null, hit.point(), hit.from(), hit.to()));
            }
            i++;
        }
        return ranges;
    }

    /** The first complete range of a line, or null. */
    static @Nullable Range range(String line) {
        for (Range range : find(line)) {
            if (range.complete()) {
                return range;
            }
        }
        return null;
    }

    /** A dash at the end of the line: the other end stands on the next one. */
    private static boolean openEnd(String line, int at) {
        String rest = line.substring(at).strip();
        return rest.equals("-") || rest.equals("\u2013") || rest.equals("\u2014");
    }

    /** "present" as a date of its own, not the word of a sentence. */
    private static boolean ownWord(String line, Hit hit) {
        return line.strip().length() - (hit.to() - hit.from()) <= 3;
    }

    private static int since(String line, int from) {
        Matcher matcher = SINCE.matcher(line).region(Math.max(0, from - 12), from);
        matcher.useTransparentBounds(true);
        return matcher.find() ? matcher.start() : from;
    }

    private static List<Hit> hits(String line) {
        List<Hit> hits = new ArrayList<>();
        Matcher m = DATE.matcher(line).useTransparentBounds(true);
        for (int at = next(line, 0); at < line.length(); at = next(line, at)) {
            if (!m.region(at, line.length()).lookingAt()) {
                at++;
                continue;
            }
            at = m.end();
            Point point;
            boolean monthOnly = false;
            boolean season = false;
            if (m.group(1) != null) {
                int year = m.group(2) != null ? number(m.group(2)) : century(number(m.group(3)));
                point = new Point(year, month(m.group(1)));
            } else if (m.group(4) != null) {
                point = new Point(number(m.group(5)), 0);
                season = true;
            } else if (m.group(6) != null) {
                int second = number(m.group(7));
                int first = number(m.group(6));
                int month = second >= 1 && second <= 12 ? second : first;
                point = new Point(number(m.group(8)), month >= 1 && month <= 12 ? month : 0);
            } else if (m.group(9) != null) {
                point = new Point(number(m.group(10)), number(m.group(9)));
            } else if (m.group(11) != null) {
                point = new Point(number(m.group(11)), number(m.group(12)));
            } else if (m.group(13) != null) {
                point = new Point(number(m.group(13)), 0);
            } else if (m.group(14) != null) {
                point = Point.PRESENT;
            } else {
                point = new Point(-1, month(m.group(15)));
                monthOnly = true;
            }
            hits.add(new Hit(point, m.start(), m.end(), monthOnly, season));
        }
        return hits;
    }

    /** The next place where a date could begin, which spares the pattern most of the line. */
    private static int next(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean may = c < 0x80
                    ? BEGINNINGS.indexOf(c | 0x20) >= 0
                    : c < 0x400 || c >= 0x500 || BEGINNINGS.indexOf(Character.toLowerCase(c)) >= 0;
            if (may && (i == 0 || !Character.isLetterOrDigit(line.charAt(i - 1)))) {
                return i;
            }
        }
        return line.length();
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static int century(int twoDigits) {
        return twoDigits <= 40 ? 2000 + twoDigits : 1900 + twoDigits;
    }

    private static int month(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return MONTHS.getOrDefault(lower.substring(0, Math.min(3, lower.length())), 0);
    }

    /** "2 years 3 months", "1 year", "5 months". */
    static String duration(int months) {
        int years = months / 12;
        int rest = months % 12;
        String text = years == 0 ? "" : years == 1 ? "1 year" : years + " years";
        if (rest > 0 || years == 0) {
            text += (text.isEmpty() ? "" : " ") + (rest == 1 ? "1 month" : rest + " months");
        }
        return text;
    }
}
