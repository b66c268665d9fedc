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
    private final Trail trail;
    private final Map<String, ParsedResume.Skill> skills = new LinkedHashMap<>();

    ListReader(Sections sections, SkillLexicon lexicon, Trail trail) {
        this.sections = sections;
        this.lexicon = lexicon;
        this.trail = trail;
    }

    /** One line of a list, which may go over several lines of the document. */
    private record Line(String text, Trail.Where where) {}

    /** Where the items of a list stand, and what makes skills of them. */
    private record Source(Sections.Kind section, Trail.Where where, Rule known, Rule unknown) {

        static Source listed(Trail.Where where) {
            return new Source(Sections.Kind.SKILLS, where, Rule.SKILL_LISTED_KNOWN, Rule.SKILL_LISTED);
        }

        static Source labelled(Sections.Kind section, Trail.Where where) {
            return new Source(section, where, Rule.SKILL_LABEL_KNOWN, Rule.SKILL_LABEL);
        }

        static Source sentence(Sections.Kind section, Trail.Where where) {
            return new Source(section, where, Rule.SKILL_SENTENCE, Rule.SKILL_SENTENCE);
        }
    }

    // ---- skills

    List<ParsedResume.Skill> skills() {
        for (Sections.Section section : sections.of(Sections.Kind.SKILLS)) {
            for (Line line : joined(section.lines())) {
                skillLine(line);
            }
        }
        for (Sections.Section section : sections.all()) {
            switch (section.kind()) {
                case EXPERIENCE, PROJECTS, VOLUNTEER, OTHER, TOP, SUMMARY -> {
                    for (TextLine line : section.lines()) {
                        labelledSkills(section.kind(), line);
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
                            add(
                                    line.text().substring(found.start(), found.end()),
                                    Source.sentence(section.kind(), Trail.Where.of(line)));
                        }
                    }
                }
            }
        }
        return List.copyOf(skills.values());
    }

    /** Lines of a section, with a wrapped line joined to the one that it continues. */
    private static List<Line> joined(List<TextLine> lines) {
        List<Line> joined = new ArrayList<>();
        TextLine before = null;
        for (TextLine line : lines) {
            if (line.blank()) {
                before = null;
                continue;
            }
            String last = joined.isEmpty() ? "" : joined.get(joined.size() - 1).text();
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
                Trail.Where where = joined.get(joined.size() - 1).where().until(Trail.Where.of(line));
                joined.set(joined.size() - 1, new Line(last + " " + line.text(), where));
            } else {
                joined.add(new Line(line.text(), Trail.Where.of(line)));
            }
            before = line;
        }
        return joined;
    }

    private static boolean open(String text) {
        return text.lastIndexOf('(') > text.lastIndexOf(')');
    }

    private void labelledSkills(Sections.Kind section, TextLine line) {
        String bare = Words.trim(line.text());
        int colon = bare.indexOf(':');
        if (colon > 2 && colon < 30 && "skillline".equals(Vocabulary.meaning("label", bare.substring(0, colon)))) {
            skillItems(bare.substring(colon + 1), Source.labelled(section, Trail.Where.of(line)));
        }
    }

    private void skillLine(Line line) {
        String bare = Words.trim(line.text());
        int colon = bare.indexOf(':');
        if (colon > 0 && colon <= 45 && colon + 1 < bare.length() && bare.charAt(colon + 1) != '/') {
            // "Databases: PostgreSQL, Redis": the category is no skill. "Languages: English" is not about skills.
            if (Vocabulary.meaning("heading", bare.substring(0, colon)) != null
                    && Sections.kind(bare.substring(0, colon)) == Sections.Kind.LANGUAGES
                    && spoken(bare.substring(colon + 1))) {
                return;
            }
            skillItems(bare.substring(colon + 1), Source.listed(line.where()));
            return;
        }
        if (bare.endsWith(":")) {
            return;
        }
        skillItems(bare, Source.listed(line.where()));
    }

    private static boolean spoken(String list) {
        for (String item : list.split("[,;(]", -1)) {
            if (Vocabulary.contains("spoken", item)) {
                return true;
            }
        }
        return false;
    }

    private void skillItems(String list, Source source) {
        for (String item : split(list)) {
            String bare = Words.trim(item);
            int open = bare.indexOf('(');
            if (open > 0 && bare.endsWith(")")) {
                String inside = bare.substring(open + 1, bare.length() - 1);
                bare = bare.substring(0, open).strip();
                if (!level(inside)) {
                    addItem(bare, source);
                    boolean list2 =
                            inside.indexOf(',') > 0 || lexicon.find(inside).isPresent();
                    if (list2) {
                        for (String inner : inside.split("[,;]", -1)) {
                            addItem(Words.trim(inner), source);
                        }
                    }
                    continue;
                }
            }
            Matcher tail = LEVEL_TAIL.matcher(bare);
            if (tail.find() && level(tail.group(1))) {
                bare = bare.substring(0, tail.start());
            }
            addItem(bare, source);
        }
    }

    private void addItem(String item, Source source) {
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
                add(bare.substring(found.start(), found.end()), source);
            }
            return;
        }
        if (bare.isEmpty() || !hasLetter(bare) || level(bare) || bare.indexOf('@') >= 0 || bare.startsWith("http")) {
            return;
        }
        if (Vocabulary.contains("spoken", bare) && !bare.equals("C")) {
            return;
        }
        add(bare, source);
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

    private void add(String printed, Source source) {
        if (skills.size() >= MOST_SKILLS) {
            return;
        }
        SkillLexicon.Entry known = lexicon.find(printed).orElse(null);
        String name = known == null ? printed : known.name();
        String key = Words.key(name);
        if (!skills.containsKey(key)
                && trail.made(
                        "/skills/" + skills.size() + "/name",
                        known == null ? source.unknown() : source.known(),
                        known == null ? Evidence.Form.PRINTED : Evidence.Form.LEXICON_NAME,
                        printed,
                        source.where())) {
            skills.put(
                    key,
                    new ParsedResume.Skill(
                            name,
                            known == null ? null : known.category(),
                            printed,
                            List.of(source.section().word()),
                            null,
                            null));
        }
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
                languageLine(line.text(), line, found);
            }
        }
        for (Sections.Section section : sections.all()) {
            for (TextLine line : section.lines()) {
                String bare = Words.trim(line.text());
                int colon = bare.indexOf(':');
                if (colon > 3 && colon < 30 && Sections.kind(bare.substring(0, colon)) == Sections.Kind.LANGUAGES) {
                    languageLine(bare.substring(colon + 1), line, found);
                } else if (section.kind() == Sections.Kind.SKILLS || section.kind() == Sections.Kind.OTHER) {
                    String first = bare.split("[\\s(:,-]", 2)[0];
                    if (Vocabulary.contains("spoken", first) && bare.length() < 50) {
                        languageLine(bare, line, found);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private void languageLine(String list, TextLine line, Map<String, ParsedResume.SpokenLanguage> found) {
        Trail.Where where = Trail.Where.of(line);
        for (String item : split(list)) {
            String bare = Words.trim(item);
            int end = bare.length();
            for (int i = 0; i < bare.length(); i++) {
                if ("(:-\u2013\u2014".indexOf(bare.charAt(i)) >= 0) {
                    end = i;
                    break;
                }
            }
            String printed = Words.trim(bare.substring(0, end));
            String name = Vocabulary.meaning("spoken", printed);
            String level = end < bare.length()
                    ? Words.trim(bare.substring(end).replace('(', ' ').replace(')', ' '))
                    : null;
            if (name == null) {
                int space = bare.indexOf(' ');
                printed = space > 0 ? bare.substring(0, space) : "";
                name = space > 0 ? Vocabulary.meaning("spoken", printed) : null;
                level = name == null ? null : Words.trim(bare.substring(space + 1));
            }
            if (name == null && bare.lastIndexOf(' ') > 0) {
                printed = bare.substring(bare.lastIndexOf(' ') + 1);
                name = Vocabulary.meaning("spoken", printed);
                level = name == null ? null : bare.substring(0, bare.lastIndexOf(' '));
            }
            String path = "/languages/" + found.size() + "/";
            if (name != null
                    && !found.containsKey(name)
                    && trail.made(path + "name", Rule.LANGUAGE_LISTED, Evidence.Form.LANGUAGE_NAME, printed, where)) {
                String known = level == null || level.isBlank()
                        ? null
                        : trail.printed(path + "level", Rule.LANGUAGE_LEVEL, level.strip(), where);
                found.put(name, new ParsedResume.SpokenLanguage(name, known));
            }
        }
    }

    // ---- certificates

    List<String> certifications() {
        Map<String, String> found = new LinkedHashMap<>();
        for (Sections.Section section : sections.of(Sections.Kind.CERTIFICATIONS)) {
            for (Line line : joined(section.lines())) {
                String bare = Words.trim(line.text().replace('\t', ' '));
                String name = Words.trim(YEARS.matcher(bare).replaceFirst(""));
                boolean dateOnly = Words.key(name).isEmpty()
                        || (Dates.find(bare).size() > 0 && Words.count(name) <= 1 && Words.hasDigit(name));
                if (!dateOnly && name.length() <= 160 && hasLetter(name) && !name.endsWith(":")) {
                    String key = Words.key(name);
                    String path = "/certifications/" + found.size();
                    if (!found.containsKey(key)
                            && trail.printed(path, Rule.CERTIFICATION_LISTED, name, line.where()) != null) {
                        found.put(key, name);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    @Nullable String summary() {
        for (Sections.Section section : sections.of(Sections.Kind.SUMMARY)) {
            StringBuilder text = new StringBuilder();
            List<TextLine> lines = new ArrayList<>();
            for (TextLine line : section.lines()) {
                if (!line.blank() && text.length() < 4_000) {
                    text.append(text.length() > 0 ? " " : "").append(line.text().replace('\t', ' '));
                    lines.add(line);
                }
            }
            if (text.length() > 0) {
                trail.lines("/summary", Rule.SUMMARY_SECTION, lines);
                return text.toString();
            }
        }
        return null;
    }
}
