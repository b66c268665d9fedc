package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds who the resume is of: name, headline and place, mostly at the top of the first page. */
final class PersonReader {

    private static final String PATH = "/personal_info/";
    private static final int TOP_LINES = 25;
    /** A name and what may stand before its end; nobody's is longer. */
    private static final int LONGEST_HEAD = 120;

    private static final Pattern CELLS = Pattern.compile("[\\t|\\u2022]");
    private static final Pattern SEPARATORS = Pattern.compile(
            "[\\t|\\u2022\\u00b7\\u25cf\\u2666\\u25aa;]|\\s[-\\u2013\\u2014/]\\s|\\s{3,}|[\\ue000-\\uf8ff]");

    private final DocumentText document;
    private final Sections sections;
    private final Contacts contacts;
    private final Trail trail;

    PersonReader(DocumentText document, Sections sections, Contacts contacts, Trail trail) {
        this.document = document;
        this.sections = sections;
        this.contacts = contacts;
        this.trail = trail;
    }

    ParsedResume.PersonalInfo read() {
        Named named = name();
        String name = named == null ? null : trail.printed(PATH + "name", named.rule(), named.name(), named.where());
        String first = null;
        String last = null;
        String patronymic = null;
        if (named != null && name != null) {
            String[] words = name.split(" ", -1);
            if (words.length >= 2) {
                int middle = patronymicAt(words);
                if (middle == 2 || (words.length == 2 && russianSurname(words[0]) && !russianSurname(words[1]))) {
                    last = words[0];
                    first = words[1];
                } else {
                    first = words[0];
                    last = words[words.length - 1];
                }
                patronymic = middle > 0 ? words[middle] : null;
                if (middle == words.length - 1 && middle == 1) {
                    last = null;
                }
            } else {
                first = name;
            }
            trail.printed(PATH + "first_name", Rule.NAME_ORDER, first, named.where());
            trail.printed(PATH + "last_name", Rule.NAME_ORDER, last, named.where());
            trail.printed(PATH + "patronymic", Rule.NAME_PATRONYMIC, patronymic, named.where());
        }
        return new ParsedResume.PersonalInfo(
                name,
                first,
                last,
                patronymic,
                headline(named),
                contacts.emails(),
                contacts.phones(),
                location(),
                contacts.links());
    }

    // ---- name

    /** A name and the line that it stands on, -1 for a labelled one. */
    private record Named(String name, int line, Rule rule, Trail.Where where) {}

    /** What a label names. */
    private record Labelled(String value, Trail.Where where) {}

    private @Nullable Named name() {
        Labelled labelled = labelled("name", 40);
        if (labelled != null) {
            String name = nameIn(labelled.value());
            if (name != null) {
                return new Named(name, -1, Rule.NAME_LABEL, labelled.where());
            }
        }
        int biggest = 0;
        List<TextLine> lines = document.lines();
        int size = Math.min(lines.size(), 400);
        for (int i = 0; i < size; i++) {
            TextLine.Style style = lines.get(i).style();
            if (style != null && lines.get(i).page() == 1 && lines.get(i).text().length() > 2) {
                biggest = Math.max(biggest, style.size());
            }
        }
        Named best = null;
        int bestScore = 0;
        int seen = 0;
        for (int i = 0; i < size && lines.get(i).page() == 1; i++) {
            TextLine line = lines.get(i);
            if (line.blank()) {
                continue;
            }
            seen++;
            boolean big = line.style() != null && biggest > 0 && line.style().size() >= biggest * 0.97;
            if (seen > TOP_LINES && !big) {
                continue;
            }
            String name = nameIn(line.text());
            TextLine last = line;
            if (name == null && big && i + 1 < size && lines.get(i + 1).style() != null) {
                // First and last name in large letters on two lines.
                TextLine next = lines.get(i + 1);
                boolean same = next.style() != null
                        && line.style() != null
                        && next.style().size() == line.style().size();
                name = same && Words.count(line.text()) == 1 && Words.count(next.text()) <= 2
                        ? nameIn(line.text() + " " + next.text())
                        : null;
                last = next;
            }
            if (name == null || Sections.kind(line.text()) != null) {
                continue;
            }
            int words = Words.count(name);
            int score = 40 - Math.min(30, seen * 2);
            score += big ? 30 : 0;
            score += line.style() != null && line.style().heading() > 0 ? 5 : 0;
            score += words == 2 || words == 3 ? 10 : 0;
            score += seen == 1 ? 10 : 0;
            boolean mail = matchesEmail(name);
            score += mail ? 25 : 0;
            score -= Places.isPlace(name) ? 30 : 0;
            score -= Vocabulary.anyWord("title", name) ? 35 : 0;
            score -= Vocabulary.anyWord("company", name) ? 15 : 0;
            if (score > bestScore) {
                bestScore = score;
                best = new Named(
                        name,
                        i,
                        mail ? Rule.NAME_LIKE_EMAIL : big ? Rule.NAME_LARGEST_LINE : Rule.NAME_TOP_LINE,
                        Trail.Where.of(List.of(line, last)));
            }
        }
        return best != null && bestScore >= 25 ? best : null;
    }

    private boolean matchesEmail(String name) {
        for (String email : contacts.emails()) {
            String local = email.substring(0, email.indexOf('@'));
            for (String word : name.toLowerCase(Locale.ROOT).split(" ", -1)) {
                if (word.length() >= 3 && local.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The name at the start of a line, without what follows it, or null when it does not look like one. */
    private static @Nullable String nameIn(String text) {
        String bareText = Words.trim(text);
        if (bareText.isEmpty()
                || !Character.isLetter(bareText.codePointAt(0))
                || Character.isLowerCase(bareText.codePointAt(0))) {
            return null;
        }
        String start = bareText.length() > LONGEST_HEAD ? bareText.substring(0, LONGEST_HEAD) : bareText;
        String head = SEPARATORS.split(start, 2)[0].strip();
        int bracket = head.indexOf('(');
        head = bracket > 0 ? head.substring(0, bracket).strip() : head;
        int comma = head.indexOf(',');
        if (comma > 0) {
            String tail = head.substring(comma + 1);
            boolean titles = true;
            for (String word : Words.key(tail).split(" ", -1)) {
                titles &= Vocabulary.contains("postnominal", word);
            }
            if (!titles) {
                return null;
            }
            head = head.substring(0, comma);
        }
        for (String prefix : new String[] {"Dr. ", "Mr. ", "Mrs. ", "Ms. ", "Prof. "}) {
            head = head.startsWith(prefix) ? head.substring(prefix.length()) : head;
        }
        String[] words = head.split(" ", -1);
        if (words.length == 0 || words.length > 5 || head.length() > 50 || head.length() < 3) {
            return null;
        }
        boolean ideographs = head.codePoints().anyMatch(Character::isIdeographic);
        if (words.length == 1 && !ideographs) {
            return null;
        }
        for (String word : words) {
            if (word.isEmpty() || Vocabulary.contains("notname", word)) {
                return null;
            }
            char c = word.charAt(0);
            boolean particle = word.length() <= 3 && word.equals(word.toLowerCase(Locale.ROOT));
            if (!Character.isLetter(c) || (!Character.isUpperCase(c) && !particle && !ideographs)) {
                return null;
            }
            for (int i = 0; i < word.length(); i++) {
                char d = word.charAt(i);
                if (!Character.isLetter(d) && d != '-' && d != '\'' && d != '\u2019' && d != '.') {
                    return null;
                }
            }
        }
        return Character.isLowerCase(head.charAt(0)) ? null : head;
    }

    private static int patronymicAt(String[] words) {
        for (int i = 1; i < words.length; i++) {
            String lower = words[i].toLowerCase(Locale.ROOT);
            if (lower.endsWith("ович")
                    || lower.endsWith("евич")
                    || lower.endsWith("овна")
                    || lower.endsWith("евна")
                    || lower.endsWith("ична")
                    || (lower.endsWith("ич") && i == 2)) {
                return i;
            }
        }
        return 0;
    }

    private static boolean russianSurname(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (String end :
                new String[] {"ов", "ев", "ёв", "ин", "ова", "ева", "ёва", "ина", "ский", "ская", "цкий", "цкая", "енко"
                }) {
            if (lower.endsWith(end) && lower.length() > end.length() + 2) {
                return true;
            }
        }
        return false;
    }

    // ---- headline and place

    private @Nullable String headline(@Nullable Named named) {
        Labelled labelled = labelled("position", 40);
        if (labelled != null) {
            return headline(Rule.HEADLINE_LABEL, Words.trim(labelled.value()), labelled.where());
        }
        if (named == null || named.line() < 0) {
            return null;
        }
        List<TextLine> lines = document.lines();
        String own = lines.get(named.line()).text();
        String[] parts = SEPARATORS.split(own, -1);
        if (parts.length > 1 && Vocabulary.anyWord("title", parts[1]) && parts[1].length() < 80) {
            return headline(Rule.HEADLINE_BESIDE_NAME, Words.trim(parts[1]), Trail.Where.of(lines.get(named.line())));
        }
        int seen = 0;
        for (int i = named.line() + 1; i < lines.size() && seen < 4; i++) {
            String text = lines.get(i).text();
            if (text.isEmpty()) {
                continue;
            }
            seen++;
            if (Sections.kind(text) != null) {
                return null;
            }
            String first = text.split("[\\t|]", 2)[0];
            if (first.length() <= 80
                    && first.indexOf('@') < 0
                    && !first.endsWith(".")
                    && Vocabulary.anyWord("title", first)
                    && Dates.range(first) == null) {
                return headline(Rule.HEADLINE_BELOW_NAME, Words.trim(first), Trail.Where.of(lines.get(i)));
            }
        }
        return null;
    }

    private @Nullable String headline(Rule rule, String value, Trail.Where where) {
        return trail.printed(PATH + "headline", rule, value, where);
    }

    private @Nullable String place(Rule rule, @Nullable String value, Trail.Where where) {
        return trail.printed(PATH + "location", rule, value, where);
    }

    private @Nullable String location() {
        Labelled labelled = labelled("location", TOP_LINES * 3);
        if (labelled != null) {
            for (String part : SEPARATORS.split(labelled.value(), -1)) {
                String place = Places.ofAddress(part);
                if (place != null && place.length() <= 80 && place.indexOf('@') < 0) {
                    return place(Rule.LOCATION_LABEL, Words.trim(place), labelled.where());
                }
            }
        }
        List<TextLine> top = new ArrayList<>();
        for (Sections.Section section : sections.all()) {
            if (section.kind() == Sections.Kind.TOP || section.kind() == Sections.Kind.CONTACT) {
                top.addAll(section.lines());
            }
        }
        int seen = 0;
        for (TextLine line : top) {
            if (line.blank() || ++seen > TOP_LINES) {
                continue;
            }
            for (String part : SEPARATORS.split(line.text(), -1)) {
                String bare = Places.strip(withoutContacts(part));
                if (Places.isPlace(bare)) {
                    return place(Rule.LOCATION_PLACE, bare, Trail.Where.of(line));
                }
            }
        }
        seen = 0;
        for (TextLine line : top) {
            if (line.blank() || ++seen > TOP_LINES) {
                continue;
            }
            for (String part : SEPARATORS.split(line.text(), -1)) {
                String tail = part.length() > 120 ? null : Places.tail(Places.strip(withoutContacts(part)));
                if (tail != null) {
                    return place(Rule.LOCATION_END_OF_ADDRESS, Places.ofAddress(tail), Trail.Where.of(line));
                }
            }
        }
        return null;
    }

    private String withoutContacts(String text) {
        String rest = text;
        for (ParsedResume.Phone phone : contacts.phones()) {
            rest = rest.replace(phone.printed(), "\t");
        }
        for (ParsedResume.Link link : contacts.links()) {
            rest = rest.replace(link.url(), "\t");
        }
        int at = rest.indexOf('@');
        if (at > 0) {
            int from = rest.lastIndexOf(' ', at);
            rest = from > 0 ? rest.substring(0, from) : "";
        }
        return rest;
    }

    /** What follows a label such as "Name:" near the top, or null. */
    private @Nullable Labelled labelled(String label, int within) {
        int seen = 0;
        List<TextLine> lines = document.lines();
        for (int i = 0; i < lines.size() && seen < within; i++) {
            String text = lines.get(i).text();
            if (text.isEmpty()) {
                continue;
            }
            seen++;
            if (text.indexOf(':') < 0) {
                continue;
            }
            for (String part : CELLS.split(text, -1)) {
                String bare = Words.trim(part);
                int colon = bare.indexOf(':');
                if (colon > 1 && colon < 40 && label.equals(labelKind(bare.substring(0, colon)))) {
                    String value = Words.trim(bare.substring(colon + 1));
                    if (!value.isEmpty()) {
                        return new Labelled(value, Trail.Where.of(lines.get(i)));
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String labelKind(String label) {
        return Vocabulary.meaning("label", label);
    }
}
