package ai.recruit.parsing;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a person wants of work: salary, when they could start, kinds of employment, where they work, whether they
 * would move. It believes labels ("Desired salary: ...", "Занятость: ...") and a few fixed phrases, and only outside of
 * the jobs that a resume tells of, which have salaries and schedules of their own.
 */
final class WishReader {

    private static final int LONGEST = 160;
    private static final int LONGEST_LABEL = 40;
    private static final int LONGEST_VALUE = 80;
    private static final Set<Sections.Kind> OWN_WORDS = Set.of(
            Sections.Kind.TOP,
            Sections.Kind.SUMMARY,
            Sections.Kind.CONTACT,
            Sections.Kind.OTHER,
            Sections.Kind.INTERESTS);
    private static final Pattern AMOUNT = Pattern.compile(
            "(?<![\\p{L}0-9])([$\u20ac\u00a3\u20bd\u20b8])?\\s?([0-9]{1,3}(?:[ \u00a0\u202f.,'][0-9]{3}){1,3}+|[0-9]{2,9})(?:[.,][0-9]{1,2})?"
                    + "\\s?(k|\u0442\u044b\u0441\\.?|\u0442\u044b\u0441\u044f\u0447)?(?![\\p{L}0-9])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern PERIOD = Pattern.compile(
            "(?:per|a|an|/|в|за)\\s?(year|annum|month|hour|год|месяц|мес\\.?|час)(?![\\p{L}])|\\b(p\\.?a\\.?|annually|yearly|monthly|hourly)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern AFTER = Pattern.compile(
            "([0-9]{1,2})\\s?(?:-|\u2013)?\\s?(days?|weeks?|months?|дн(?:я|ей)?|день|недел[яиюь]|месяц(?:а|ев)?)(?![\\p{L}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern MOVING = Pattern.compile(
            "(?<![\\p{L}])((?:not|не)\\s)?(?:(?:willing|ready|open|able) to (?:relocate|relocation)|готов[а]?\\s(?:к переезду|переехать)|(?:переезд|relocation)\\s(?:возможен|possible))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Map<Character, String> SIGNS =
            Map.of('$', "USD", '\u20ac', "EUR", '\u00a3', "GBP", '\u20bd', "RUB", '\u20b8', "KZT");

    private final Sections sections;
    private final LocalDate asOf;
    private final Trail trail;

    private @Nullable Long salary;
    private @Nullable String currency;
    private @Nullable String period;
    private @Nullable String availability;
    private @Nullable String availableFrom;
    private @Nullable Boolean relocation;
    private final Set<String> employmentTypes = new LinkedHashSet<>();
    private final Set<String> workModes = new LinkedHashSet<>();

    WishReader(Sections sections, LocalDate asOf, Trail trail) {
        this.sections = sections;
        this.asOf = asOf;
        this.trail = trail;
    }

    ParsedResume.Wishes read() {
        for (Sections.Section section : sections.all()) {
            if (!OWN_WORDS.contains(section.kind())) {
                continue;
            }
            boolean salaries = Vocabulary.anyWord("salaryword", section.heading());
            for (TextLine line : section.lines()) {
                if (!line.blank() && line.text().length() <= LONGEST) {
                    line(line, salaries);
                }
            }
        }
        return new ParsedResume.Wishes(
                salary,
                currency,
                period,
                availability,
                availableFrom,
                List.copyOf(employmentTypes),
                List.copyOf(workModes),
                relocation);
    }

    private void line(TextLine line, boolean salaries) {
        String text = line.text();
        for (String part : text.split("[\\t|\u2022]", -1)) {
            int colon = part.indexOf(':');
            String label =
                    colon > 2 && colon < LONGEST_LABEL ? Vocabulary.meaning("wish", part.substring(0, colon)) : null;
            if (label != null) {
                labelled(label, Words.trim(part.substring(colon + 1)), line);
            }
        }
        if (salaries && salary == null) {
            money(Words.trim(text), line, true);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (relocation == null && (lower.contains("relocat") || lower.contains("пере"))) {
            Matcher moving = MOVING.matcher(text);
            if (moving.find() && note("/relocation", Rule.WISH_PHRASE, Evidence.Form.WORD, moving.group(), line)) {
                relocation = moving.group(1) == null;
            }
        }
    }

    private void labelled(String label, String value, TextLine line) {
        if (value.isEmpty() || value.length() > LONGEST_VALUE) {
            return;
        }
        switch (label) {
            case "salary" -> money(value, line, false);
            case "availability" -> available(value, line);
            case "employment" -> words("employmentword", value, "/employment_types/", employmentTypes, line);
            case "mode" -> words("modeword", value, "/work_modes/", workModes, line);
            case "relocation" -> {
                String answer = Vocabulary.meaning("yesno", value);
                if (answer != null
                        && relocation == null
                        && note("/relocation", Rule.WISH_LABEL, Evidence.Form.WORD, value, line)) {
                    relocation = answer.equals("yes");
                }
            }
            default -> throw new IllegalStateException(label);
        }
    }

    /** @param alone whether only a line of nothing but an amount and its currency counts */
    private void money(String value, TextLine line, boolean alone) {
        if (salary != null) {
            return;
        }
        Matcher amount = AMOUNT.matcher(value);
        if (!amount.find()) {
            return;
        }
        String money = currency(value, amount.group(1));
        long units = Long.parseLong(amount.group(2).replaceAll("[^0-9]", ""));
        units = amount.group(3) == null ? units : units * 1000;
        boolean bare = Words.count(value) <= 5 && money != null;
        if ((alone && !bare) || units == 0) {
            return;
        }
        if (note(
                "/salary", Rule.WISH_LABEL, Evidence.Form.NUMBER, amount.group().strip(), line)) {
            salary = units;
            currency = money;
            Matcher of = PERIOD.matcher(value);
            period = of.find() ? period(of.group().toLowerCase(Locale.ROOT)) : null;
        }
    }

    private static @Nullable String currency(String value, @Nullable String sign) {
        if (sign != null) {
            return SIGNS.get(sign.charAt(0));
        }
        for (int i = 0; i < value.length(); i++) {
            String known = SIGNS.get(value.charAt(i));
            if (known != null) {
                return known;
            }
        }
        for (String word : Words.key(value).split(" ", -1)) {
            String known = Vocabulary.meaning("currency", word);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    private static String period(String words) {
        if (words.contains("hour") || words.contains("час")) {
            return "hour";
        }
        return words.contains("month") || words.contains("мес") ? "month" : "year";
    }

    private void available(String value, TextLine line) {
        if (availability != null) {
            return;
        }
        LocalDate from = from(value);
        String when = trail.printed("/wishes/availability", Rule.WISH_LABEL, value, Trail.Where.of(line));
        if (when != null) {
            availability = when;
            if (from != null && note("/available_from", Rule.WISH_LABEL, Evidence.Form.DATE, value, line)) {
                availableFrom = from.toString();
            }
        }
    }

    private @Nullable LocalDate from(String value) {
        if ("now".equals(Vocabulary.meaning("when", value))) {
            return asOf;
        }
        Matcher after = AFTER.matcher(value);
        if (after.find()) {
            int count = Integer.parseInt(after.group(1));
            String unit = after.group(2).toLowerCase(Locale.ROOT);
            return unit.startsWith("d") || unit.startsWith("д")
                    ? asOf.plusDays(count)
                    : unit.startsWith("w") || unit.startsWith("н") ? asOf.plusWeeks(count) : asOf.plusMonths(count);
        }
        for (Dates.Range range : Dates.find(value)) {
            Dates.Point point = range.start() != null ? range.start() : range.end();
            if (point != null && !point.present() && point.month() > 0) {
                return LocalDate.of(point.year(), point.month(), 1);
            }
        }
        return null;
    }

    private void words(String list, String value, String path, Set<String> into, TextLine line) {
        for (String item : value.split("[,;/]| и | or | and | или ", -1)) {
            String printed = Words.trim(item);
            String word = Vocabulary.meaning(list, printed);
            if (word != null
                    && !into.contains(word)
                    && note(path + into.size(), Rule.WISH_LABEL, Evidence.Form.WORD, printed, line)) {
                into.add(word);
            }
        }
    }

    private boolean note(String path, Rule rule, Evidence.Form form, String printed, TextLine line) {
        return trail.made("/wishes" + path, rule, form, printed, Trail.Where.of(line));
    }
}
