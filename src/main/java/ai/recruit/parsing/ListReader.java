package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what resumes write as lists: skills, spoken languages, certificates. */
final class ListReader {

    private static final int LONGEST_ITEM = 70;
    private static final int MOST_SKILLS = 300;
    private static final Pattern YEARS = Pattern.compile(
            "[,(\\s|-]*+\\b(?:19|20)[0-9]{2}(?:\\s*+[-\\u2013]\\s*+(?:(?:19|20)[0-9]{2}|present))?+\\)?+\\s*+$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LEVEL_TAIL =
            Pattern.compile("\\s*+[-\\u2013\\u2014:]\\s*+([^-\\u2013\\u2014:]{1,40})$");

    private final Sections sections;
    private final SkillLexicon lexicon;
    private final Map<String, ParsedResume.Skill> skills = new LinkedHashMap<>();

    ListReader(Sections sections, SkillLexicon lexicon) {
        this.sections = sections;
        this.lexicon = lexicon;
    }

    // ---- skills

    List<ParsedResume.Skill> skills() {
        for (Sections.Section section : sections.of(Sections.Kind.SKILLS)) {
            List<String> lines = joined(section.lines());
            for (String line : lines) {
                skillLine(line);
            }
        }
        for (Sections.Section section : sections.all()) {
            switch (section.kind()) {
                case EXPERIENCE, PROJECTS, VOLUNTEER, OTHER, TOP, SUMMARY -> {
                    for (TextLine line : section.lines()) {
                        labelledSkills(line.text());
                    }
                }
                default -> {
                    // Nothing of the kind is written there.
                }
            }
        }
        if (skills.isEmpty()) {
            for (Sections.Section section : sections.all()) {
                if (section.kind() == Sections.Kind.EXPERIENCE
                        || section.kind() == Sections.Kind.SUMMARY
                        || section.kind() == Sections.Kind.PROJECTS
                        || section.kind() == Sections.Kind.TOP) {
                    for (TextLine line : section.lines()) {
                        for (SkillLexicon.Found found : lexicon.findIn(line.text())) {
                            add(line.text().substring(found.start(), found.end()));
                        }
                    }
                }
            }
        }
        return List.copyOf(skills.values());
    }

    /** Lines of a section, with a wrapped line joined to the one that it continues. */
    private static List<String> joined(List<TextLine> lines) {
        List<String> joined = new ArrayList<>();
        TextLine before = null;
        for (TextLine line : lines) {
            if (line.blank()) {
                before = null;
                continue;
            }
            String last = joined.isEmpty() ? "" : joined.get(joined.size() - 1);
            boolean continues = before != null
                    && !Words.bullet(line.text())
                    && line.text().indexOf(':') < 0
                    && (last.endsWith(",")
                            || last.endsWith("&")
                            || (Character.isLowerCase(line.text().charAt(0))
                                    && Words.bullet(last)
                                    && last.length() > 40)
                            || (open(last) && !open(last + line.text())));
            if (continues) {
                joined.set(joined.size() - 1, last + " " + line.text());
            } else {
                joined.add(line.text());
            }
            before = line;
        }
        return joined;
    }

    private static boolean open(String text) {
        return text.lastIndexOf('(') > text.lastIndexOf(')');
    }

    private void labelledSkills(String text) {
        String bare = Words.trim(text);
        int colon = bare.indexOf(':');
        if (colon > 2 && colon < 30 && "skillline".equals(Vocabulary.meaning("label", bare.substring(0, colon)))) {
            skillItems(bare.substring(colon + 1));
        }
    }

    private void skillLine(String line) {
        String bare = Words.trim(line);
        int colon = bare.indexOf(':');
        if (colon > 0 && colon <= 45 && colon + 1 < bare.length() && bare.charAt(colon + 1) != '/') {
            // "Databases: PostgreSQL, Redis": the category is no skill. "Languages: English" is not about skills.
            if (Vocabulary.meaning("heading", bare.substring(0, colon)) != null
                    && Sections.kind(bare.substring(0, colon)) == Sections.Kind.LANGUAGES
                    && spoken(bare.substring(colon + 1))) {
                return;
            }
            skillItems(bare.substring(colon + 1));
            return;
        }
        if (bare.endsWith(":")) {
            return;
        }
        skillItems(bare);
    }

    private static boolean spoken(String list) {
        for (String item : list.split("[,;(]", -1)) {
            if (Vocabulary.contains("spoken", item)) {
                return true;
            }
        }
        return false;
    }

    private void skillItems(String list) {
        for (String item : split(list)) {
            String bare = Words.trim(item);
            int open = bare.indexOf('(');
            if (open > 0 && bare.endsWith(")")) {
                String inside = bare.substring(open + 1, bare.length() - 1);
                bare = bare.substring(0, open).strip();
                if (!level(inside)) {
                    addItem(bare);
                    boolean list2 =
                            inside.indexOf(',') > 0 || lexicon.find(inside).isPresent();
                    if (list2) {
                        for (String inner : inside.split("[,;]", -1)) {
                            addItem(Words.trim(inner));
                        }
                    }
                    continue;
                }
            }
            Matcher tail = LEVEL_TAIL.matcher(bare);
            if (tail.find() && level(tail.group(1))) {
                bare = bare.substring(0, tail.start());
            }
            addItem(bare);
        }
    }

    private void addItem(String item) {
        String bare = item;
        for (String prefix : PREFIXES) {
            if (bare.toLowerCase(Locale.ROOT).startsWith(prefix) && bare.length() > prefix.length()) {
                bare = bare.substring(prefix.length()).strip();
                break;
            }
        }
        if (bare.endsWith(".") && bare.length() > 3) {
            bare = bare.substring(0, bare.length() - 1);
        }
        if (bare.length() > LONGEST_ITEM || Words.count(bare) > 8) {
            for (SkillLexicon.Found found : lexicon.findIn(bare)) {
                add(bare.substring(found.start(), found.end()));
            }
            return;
        }
        if (bare.isEmpty() || !hasLetter(bare) || level(bare) || bare.indexOf('@') >= 0 || bare.startsWith("http")) {
            return;
        }
        if (Vocabulary.contains("spoken", bare) && !bare.equals("C")) {
            return;
        }
        add(bare);
    }

    private static final String[] PREFIXES = {
        "and ",
        "basic ",
        "familiar with ",
        "knowledge of ",
        "proficient in ",
        "experience with ",
        "базовые знания ",
        "базовое знание ",
        "знание ",
        "опыт работы с ",
        "работа с rest",
        "владение "
    };

    private void add(String printed) {
        if (skills.size() >= MOST_SKILLS) {
            return;
        }
        SkillLexicon.Entry known = lexicon.find(printed).orElse(null);
        String name = known == null ? printed : known.name();
        skills.putIfAbsent(
                Words.key(name), new ParsedResume.Skill(name, known == null ? null : known.category(), printed));
    }

    private static boolean level(String text) {
        String key = Words.key(text);
        if (key.isEmpty() || Vocabulary.list("level").containsKey(key)) {
            return true;
        }
        if (key.matches("[0-9+]{1,3}(?: (?:years?|yrs?|лет|года?|months?))?.{0,14}")) {
            return true;
        }
        for (String word : key.split(" ", -1)) {
            if (!Vocabulary.list("level").containsKey(word) && !word.equals("level") && !word.equals("уровень")) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLetter(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    /** Splits at commas, semicolons, bullets, bars and tabs that are not inside brackets. */
    private static List<String> split(String list) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean separator = c == ','
                    || c == ';'
                    || c == '|'
                    || c == '\t'
                    || c == '\u2022'
                    || c == '\u00b7'
                    || c == '\u25cf'
                    || c == '\n';
            if (separator && (depth <= 0 || c == '\t')) {
                items.add(item.toString());
                item.setLength(0);
                depth = 0;
            } else {
                item.append(c);
            }
        }
        items.add(item.toString());
        return items;
    }

    // ---- spoken languages

    List<ParsedResume.SpokenLanguage> languages() {
        Map<String, ParsedResume.SpokenLanguage> found = new LinkedHashMap<>();
        for (Sections.Section section : sections.of(Sections.Kind.LANGUAGES)) {
            for (TextLine line : section.lines()) {
                languageLine(line.text(), found);
            }
        }
        for (Sections.Section section : sections.all()) {
            for (TextLine line : section.lines()) {
                String bare = Words.trim(line.text());
                int colon = bare.indexOf(':');
                if (colon > 3 && colon < 30 && Sections.kind(bare.substring(0, colon)) == Sections.Kind.LANGUAGES) {
                    languageLine(bare.substring(colon + 1), found);
                } else if (section.kind() == Sections.Kind.SKILLS || section.kind() == Sections.Kind.OTHER) {
                    String first = bare.split("[\\s(:,-]", 2)[0];
                    if (Vocabulary.contains("spoken", first) && bare.length() < 50) {
                        languageLine(bare, found);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static void languageLine(String line, Map<String, ParsedResume.SpokenLanguage> found) {
        for (String item : split(line)) {
            String bare = Words.trim(item);
            int end = bare.length();
            for (int i = 0; i < bare.length(); i++) {
                if ("(:-\u2013\u2014".indexOf(bare.charAt(i)) >= 0) {
                    end = i;
                    break;
                }
            }
            String name = Vocabulary.meaning("spoken", bare.substring(0, end));
            String level = end < bare.length()
                    ? Words.trim(bare.substring(end).replace('(', ' ').replace(')', ' '))
                    : null;
            if (name == null) {
                int space = bare.indexOf(' ');
                name = space > 0 ? Vocabulary.meaning("spoken", bare.substring(0, space)) : null;
                level = name == null ? null : Words.trim(bare.substring(space + 1));
            }
            if (name == null && bare.lastIndexOf(' ') > 0) {
                name = Vocabulary.meaning("spoken", bare.substring(bare.lastIndexOf(' ') + 1));
                level = name == null ? null : bare.substring(0, bare.lastIndexOf(' '));
            }
            if (name != null) {
                found.putIfAbsent(
                        name, new ParsedResume.SpokenLanguage(name, level == null || level.isBlank() ? null : level));
            }
        }
    }

    // ---- certificates

    List<String> certifications() {
        Map<String, String> found = new LinkedHashMap<>();
        for (Sections.Section section : sections.of(Sections.Kind.CERTIFICATIONS)) {
            for (String line : joined(section.lines())) {
                String bare = Words.trim(line.replace('\t', ' '));
                String name = Words.trim(YEARS.matcher(bare).replaceFirst(""));
                boolean dateOnly = Words.key(name).isEmpty()
                        || (Dates.find(bare).size() > 0 && Words.count(name) <= 1 && Words.hasDigit(name));
                if (!dateOnly && name.length() <= 160 && hasLetter(name) && !name.endsWith(":")) {
                    found.putIfAbsent(Words.key(name), name);
                }
            }
        }
        return List.copyOf(found.values());
    }

    static @Nullable String summary(Sections sections) {
        for (Sections.Section section : sections.of(Sections.Kind.SUMMARY)) {
            StringBuilder text = new StringBuilder();
            for (TextLine line : section.lines()) {
                if (!line.blank() && text.length() < 4_000) {
                    text.append(text.length() > 0 ? " " : "").append(line.text().replace('\t', ' '));
                }
            }
            if (text.length() > 0) {
                return text.toString();
            }
        }
        return null;
    }
}
