package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads schools: institution, degree, field and year, in whatever order the lines give them. */
final class EducationReader {

    private static final String INSTITUTION = "institution";
    private static final String DEGREE = "degree";
    private static final String FIELD = "field";
    private static final String YEAR = "graduation_year";
    private static final List<String> KEYS = List.of(INSTITUTION, DEGREE, FIELD, YEAR);
    private static final int MOST_ENTRIES = 30;
    private static final Pattern STRONG = Pattern.compile(
            "[\\t|\\u2022\\u25cf;]|\\s[-\\u2013\\u2014\\u00b7]\\s|\\sat\\s(?=\\p{Lu})|\\sfrom\\s(?=\\p{Lu})");
    private static final Pattern FIELD_JOINT = Pattern.compile(
            "\\s(?:in|по|majoring in|with a major in|по специальности|по направлению)\\s|:\\s",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOISE = Pattern.compile(
            "\\(?\\b(?:gpa|cgpa|grade)\\b[^,;)\\t]{0,24}+\\)?|[0-9][.,][0-9]{1,2}\\s?/?\\s?[0-9.]{0,4}\\s?gpa"
                    + "|(?:expected\\s)?graduat(?:ion|ed|ing)\\b:?|\\bexpected\\b:?|\\banticipated\\b:?"
                    + "|\\b(?:summa|magna)?\\s?cum laude\\b|\\bwith (?:honou?rs|distinction)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final Sections sections;
    private final Trail trail;

    EducationReader(Sections sections, Trail trail) {
        this.sections = sections;
        this.trail = trail;
    }

    /** A school, or what one line says of it; with each value the line that has it. */
    private static final class Entry {
        final Map<String, Trail.Where> where = new HashMap<>();
        Rule institutionRule = Rule.INSTITUTION_WORD;

        @Nullable String printedDate;

        @Nullable String institution;

        @Nullable String degree;

        @Nullable String level;

        @Nullable String field;

        @Nullable Integer year;

        boolean dated;

        boolean named() {
            return institution != null || degree != null || field != null;
        }

        /** All values of an entry that is one line stand there. */
        void stands(Trail.Where line) {
            for (String key : KEYS) {
                where.put(key, line);
            }
        }

        Trail.Where at(String key) {
            return Objects.requireNonNull(where.get(key), key);
        }
    }

    List<ParsedResume.Education> read() {
        List<Entry> entries = new ArrayList<>();
        for (Sections.Section section : sections.of(Sections.Kind.EDUCATION)) {
            read(section, entries);
        }
        List<ParsedResume.Education> schools = new ArrayList<>();
        Entry before = null;
        for (Entry entry : entries) {
            if (entry.institution == null && entry.degree == null && (entry.field == null || entry.year == null)) {
                continue;
            }
            if (entry.institution == null && before != null && before.institution != null && entry.degree != null) {
                entry.institution = before.institution;
                entry.institutionRule = Rule.INSTITUTION_ABOVE;
                entry.where.put(INSTITUTION, before.at(INSTITUTION));
            }
            String path = "/education/" + schools.size() + "/";
            schools.add(new ParsedResume.Education(
                    entry.institution == null
                            ? null
                            : trail.printed(
                                    path + INSTITUTION,
                                    entry.institutionRule,
                                    entry.institution,
                                    entry.at(INSTITUTION)),
                    entry.degree == null
                            ? null
                            : trail.printed(path + DEGREE, Rule.DEGREE_WORD, entry.degree, entry.at(DEGREE)),
                    entry.field == null
                            ? null
                            : trail.printed(path + FIELD, Rule.DEGREE_FIELD, entry.field, entry.at(FIELD)),
                    year(path, entry),
                    entry.level == null
                            ? null
                            : ParsedResume.EducationLevel.valueOf(entry.level.toUpperCase(Locale.ROOT))));
            before = entry;
        }
        return List.copyOf(schools);
    }

    private @Nullable Integer year(String path, Entry entry) {
        return entry.year != null
                        && entry.printedDate != null
                        && trail.made(
                                path + YEAR,
                                Rule.GRADUATION_DATE,
                                Evidence.Form.DATE,
                                entry.printedDate,
                                entry.at(YEAR))
                ? entry.year
                : null;
    }

    private static void read(Sections.Section section, List<Entry> entries) {
        Entry now = new Entry();
        for (TextLine line : section.lines()) {
            String text = line.text();
            if (line.blank() || text.length() > 300 || entries.size() >= MOST_ENTRIES) {
                continue;
            }
            boolean bullet = Words.bullet(text);
            if (bullet && now.institution != null && (Words.count(text) > 9 || now.degree != null)) {
                continue;
            }
            Entry found = line(text);
            found.stands(Trail.Where.of(line));
            if (bullet && found.institution == null && found.degree == null) {
                continue;
            }
            boolean clash = (found.institution != null && now.institution != null)
                    || (found.degree != null && now.degree != null)
                    || (found.dated && now.dated && !found.named() && now.institution != null && now.degree != null);
            if (clash && (found.institution != null || found.degree != null || found.dated)) {
                entries.add(now);
                now = new Entry();
            }
            merge(now, found);
        }
        if (now.named()) {
            entries.add(now);
        }
    }

    private static void merge(Entry into, Entry found) {
        if (into.institution == null && found.institution != null) {
            into.institution = found.institution;
            into.institutionRule = found.institutionRule;
            into.where.put(INSTITUTION, found.at(INSTITUTION));
        }
        if (into.degree == null && found.degree != null) {
            into.degree = found.degree;
            into.level = found.level;
            into.where.put(DEGREE, found.at(DEGREE));
            if (found.field != null) {
                into.field = found.field;
                into.where.put(FIELD, found.at(FIELD));
            }
        }
        if (into.field == null && found.field != null) {
            into.field = found.field;
            into.where.put(FIELD, found.at(FIELD));
        }
        if (found.year != null && (into.year == null || !into.dated)) {
            into.year = found.year;
            into.printedDate = found.printedDate;
            into.where.put(YEAR, found.at(YEAR));
        }
        into.dated |= found.dated;
    }

    /** What one line says. */
    private static Entry line(String text) {
        Entry entry = new Entry();
        StringBuilder rest = new StringBuilder();
        int at = 0;
        for (Dates.Range range : Dates.find(text)) {
            rest.append(text, at, range.from()).append('\t');
            at = range.to();
            entry.dated = true;
            Dates.Point last = range.end() != null ? range.end() : range.start();
            if (last != null && !last.present()) {
                entry.year = last.year();
                entry.printedDate = text.substring(range.from(), range.to());
            }
        }
        rest.append(text.substring(at));
        String bare = NOISE.matcher(rest).replaceAll("\t");
        for (String strong : STRONG.split(bare, -1)) {
            String part = Words.trim(strong);
            if (part.isEmpty() || Places.isPlace(part) || !part.codePoints().anyMatch(Character::isLetter)) {
                continue;
            }
            if (!labelled(part, entry)) {
                part(part, entry);
            }
        }
        return entry;
    }

    private static boolean labelled(String part, Entry entry) {
        int colon = part.indexOf(':');
        if (colon < 2 || colon > 40) {
            return false;
        }
        String label = Vocabulary.meaning("label", part.substring(0, colon));
        String value = Words.trim(part.substring(colon + 1));
        if (label == null || value.isEmpty()) {
            // "Coursework: ...", "Thesis: ...": said about the school, not its name.
            return true;
        }
        switch (label) {
            case "field" -> entry.field = entry.field == null ? value : entry.field;
            case "institution" -> {
                entry.institution = value;
                entry.institutionRule = Rule.INSTITUTION_LABEL;
            }
            case "degree" -> part(value, entry);
            default -> {
                // Labels of other things.
            }
        }
        return true;
    }

    private static void part(String part, Entry entry) {
        List<String> pieces = new ArrayList<>(withoutPlaces(part));
        boolean afterDegree = false;
        boolean afterInstitution = false;
        for (String piece : pieces) {
            String bare = Words.trim(piece);
            if (bare.isEmpty()) {
                continue;
            }
            String degree = degreeIn(bare);
            if (degree != null && entry.degree == null && !institution(bare.substring(0, degree.length()))) {
                degree(bare, degree, entry);
                afterDegree = entry.field == null;
                afterInstitution = false;
            } else if (institution(bare) && entry.institution == null) {
                entry.institution = limit(bare);
                afterInstitution = true;
                afterDegree = false;
            } else if (afterDegree && entry.field == null && Words.count(bare) <= 8) {
                entry.field = limit(bare);
            } else if (afterInstitution && entry.institution != null && Words.count(bare) <= 4 && !detail(bare)) {
                entry.institution = limit(entry.institution + ", " + bare);
                afterInstitution = false;
            } else if (entry.field == null
                    && Words.count(bare) <= 8
                    && !detail(bare)
                    && !bare.endsWith(".")
                    && (Character.isUpperCase(bare.charAt(0)) || Words.russian(bare))) {
                entry.field = limit(bare);
            }
        }
    }

    private static boolean detail(String text) {
        return Words.hasDigit(text) || text.indexOf(':') >= 0 || text.indexOf('@') >= 0;
    }

    private static void degree(String text, String degree, Entry entry) {
        String[] halves = FIELD_JOINT.split(text, 2);
        String head = halves[0].strip();
        String field = halves.length > 1 ? Words.trim(halves[1]) : null;
        entry.level = Vocabulary.meaning("degree", degree);
        if (head.length() <= degree.length()) {
            entry.degree = limit(head);
        } else {
            String tail = head.substring(degree.length()).strip();
            boolean of = tail.toLowerCase(Locale.ROOT).startsWith("of ");
            boolean bracket = tail.startsWith("(");
            boolean word = tail.toLowerCase(Locale.ROOT).startsWith("degree");
            if (of || bracket || word) {
                entry.degree = limit(head);
            } else {
                entry.degree = limit(head.substring(0, degree.length()));
                field = field == null ? Words.trim(tail) : field;
            }
        }
        if (field != null && !field.isEmpty() && !institution(field)) {
            entry.field = limit(field);
        } else if (field != null && institution(field) && entry.institution == null) {
            entry.institution = limit(field);
        }
    }

    /** The words of a degree at the start of a text, as printed, or null. */
    private static @Nullable String degreeIn(String text) {
        int end = 0;
        String best = null;
        for (int words = 1; words <= 5 && end < text.length(); words++) {
            int space = text.indexOf(' ', end == 0 ? 0 : end + 1);
            end = space < 0 ? text.length() : space;
            String prefix = text.substring(0, end);
            while (!prefix.isEmpty() && ",:;(".indexOf(prefix.charAt(prefix.length() - 1)) >= 0) {
                prefix = prefix.substring(0, prefix.length() - 1);
            }
            if (Vocabulary.contains("degree", prefix) && !ordinaryWord(prefix)) {
                best = prefix;
            }
        }
        return best;
    }

    /** "me", "be", "as" in small letters are no degrees; "BE", "B.E." are. */
    private static boolean ordinaryWord(String prefix) {
        String letters = Words.key(prefix);
        return letters.length() <= 3 && letters.indexOf(' ') < 0 && prefix.equals(prefix.toLowerCase(Locale.ROOT));
    }

    private static boolean institution(String text) {
        if (Vocabulary.anyWord("institution", text)
                && !text.toLowerCase(Locale.ROOT).startsWith("high school diploma")) {
            return true;
        }
        return Vocabulary.contains("institution", text);
    }

    /** Pieces between commas, those that name a place left out. */
    private static List<String> withoutPlaces(String part) {
        String[] pieces = part.split(",", -1);
        if (pieces.length == 1) {
            return List.of(part);
        }
        List<String> kept = new ArrayList<>(Arrays.asList(pieces));
        for (int from = kept.size() - 2; from >= 1; from--) {
            if (from + 1 < kept.size()
                    && Places.isPlace(
                            kept.get(from).strip() + ", " + kept.get(from + 1).strip())) {
                kept.remove(from + 1);
                kept.remove(from);
            }
        }
        for (int i = kept.size() - 1; i >= 1; i--) {
            if (Places.isPlace(kept.get(i))) {
                kept.remove(i);
            }
        }
        return kept;
    }

    private static @Nullable String limit(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String trimmed = Words.trim(text);
        return trimmed.isEmpty() || trimmed.length() > 160 ? null : trimmed;
    }
}
