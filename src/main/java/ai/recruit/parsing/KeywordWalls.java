package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds paragraphs that repeat keywords or list them beyond all measure. What stands among the skills counts once; a wall
 * anywhere else is kept out of the fields.
 */
final class KeywordWalls {

    private static final int LEAST_WORDS = 20;
    private static final double FEW_DISTINCT = 0.4;
    private static final double KEYWORD_SHARE = 0.4;
    private static final int SAME_WORD = 8;
    private static final double SAME_WORD_SHARE = 0.2;
    /** As many different skills in one paragraph are a wall outside of the skills, and among them. */
    private static final int LONG_LIST = 45;

    private static final int ENDLESS_LIST = 70;
    private static final double SOBER = 0.6;
    private static final double LIST_SHARE = 0.7;
    private static final int SAME_IN_DOCUMENT = 25;
    private static final double SAME_IN_DOCUMENT_SHARE = 0.1;
    private static final int ENOUGH_SKILLS = 3;

    private final DocumentText document;
    private final SkillLexicon lexicon;
    private final List<Flag> flags = new ArrayList<>();
    private final Set<TextLine> dropped = new HashSet<>();
    private final Map<TextLine, String> once = new HashMap<>();

    private KeywordWalls(DocumentText document, SkillLexicon lexicon) {
        this.document = document;
        this.lexicon = lexicon;
    }

    /**
     * What was found.
     *
     * @param document the document without the walls, the same object when there is none
     */
    record Result(DocumentText document, List<Flag> flags) {}

    static Result read(DocumentText document, SkillLexicon lexicon) {
        KeywordWalls walls = new KeywordWalls(document, lexicon);
        List<String> words = new ArrayList<>();
        List<List<TextLine>> found = walls.paragraphs(words);
        walls.repeatedEverywhere(words);
        if (!found.isEmpty()) {
            walls.judge(found);
        }
        return new Result(walls.rest(), walls.flags);
    }

    // ---- paragraphs

    private List<List<TextLine>> paragraphs(List<String> words) {
        List<List<TextLine>> found = new ArrayList<>();
        List<TextLine> now = new ArrayList<>();
        int from = 0;
        for (TextLine line : document.lines()) {
            boolean begins =
                    line.blank() || Words.bullet(line.text()) || (!now.isEmpty() && Sections.kind(line.text()) != null);
            if (begins && !now.isEmpty()) {
                if (wall(now, words.subList(from, words.size()))) {
                    found.add(now);
                }
                now = new ArrayList<>();
                from = words.size();
            }
            if (!line.blank()) {
                now.add(line);
                words(line.text(), words);
            }
        }
        if (!now.isEmpty() && wall(now, words.subList(from, words.size()))) {
            found.add(now);
        }
        return found;
    }

    private boolean wall(List<TextLine> lines, List<String> words) {
        return words.size() >= LEAST_WORDS
                && ((repeats(words) && keywords(lines, words)) || endless(lines, words.size(), LONG_LIST));
    }

    /** Words with a letter, in lower case. */
    private static void words(String text, List<String> into) {
        int at = 0;
        while (at < text.length()) {
            int start = at;
            boolean letter = false;
            boolean upper = false;
            while (at < text.length() && wordPart(text.charAt(at))) {
                letter |= Character.isLetter(text.charAt(at));
                upper |= Character.isUpperCase(text.charAt(at));
                at++;
            }
            if (letter) {
                into.add(upper ? Words.lower(text.substring(start, at)) : text.substring(start, at));
            }
            at = at == start ? at + 1 : at;
        }
    }

    private static boolean wordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '+' || c == '#';
    }

    private static boolean repeats(List<String> words) {
        if (words.size() < LEAST_WORDS) {
            return false;
        }
        Map<String, Integer> counts = new HashMap<>();
        int most = 0;
        for (String word : words) {
            int count = counts.merge(word, 1, Integer::sum);
            most = word.length() > 1 ? Math.max(most, count) : most;
        }
        // Long prose repeats its small words, so that its share of distinct ones falls with its length.
        boolean few = words.size() <= 400 ? counts.size() < FEW_DISTINCT * words.size() : counts.size() < 100;
        return few || (most >= SAME_WORD && most >= SAME_WORD_SHARE * words.size());
    }

    /** Whether what is repeated are skills, and not the blanks of a template or the parts of a bibliography. */
    private boolean keywords(List<TextLine> lines, List<String> words) {
        int known = 0;
        for (String word : words) {
            known += lexicon.find(word).isPresent() ? 1 : 0;
        }
        int covered = 0;
        for (TextLine line : lines) {
            for (SkillLexicon.Found found : lexicon.findIn(line.text())) {
                covered += Words.count(line.text().substring(found.start(), found.end()));
            }
        }
        return Math.max(known, covered) >= KEYWORD_SHARE * words.size();
    }

    /** A list of so many known skills in one breath that nobody could vouch for them. */
    private boolean endless(List<TextLine> lines, int words, int least) {
        if (words < least) {
            return false;
        }
        Set<String> distinct = new HashSet<>();
        int covered = 0;
        for (TextLine line : lines) {
            for (SkillLexicon.Found found : lexicon.findIn(line.text())) {
                distinct.add(found.skill().name());
                covered += Words.count(line.text().substring(found.start(), found.end()));
            }
        }
        return distinct.size() >= least && covered >= LIST_SHARE * words;
    }

    /** One skill in every other sentence of the document. */
    private void repeatedEverywhere(List<String> words) {
        if (words.size() < SAME_IN_DOCUMENT) {
            return;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (String word : words) {
            counts.merge(word, 1, Integer::sum);
        }
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= SAME_IN_DOCUMENT
                        && entry.getValue() >= SAME_IN_DOCUMENT_SHARE * words.size()
                        && entry.getKey().length() > 1
                        && lexicon.find(entry.getKey()).isPresent())
                .min(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(entry -> flags.add(
                        new Flag(Flag.Code.KEYWORD_STUFFING, null, entry.getValue(), entry.getKey(), null, "body")));
    }

    // ---- what to do about them

    private void judge(List<List<TextLine>> walls) {
        // By their ends: a line behind its heading ("Skills: Java") is a line of its own there.
        Set<Integer> listed = new HashSet<>();
        Set<Integer> inWalls = new HashSet<>();
        walls.forEach(wall -> wall.forEach(line -> inWalls.add(line.end())));
        int sober = 0;
        for (Sections.Section section : Sections.read(document).of(Sections.Kind.SKILLS)) {
            for (TextLine line : section.lines()) {
                listed.add(line.end());
                sober += inWalls.contains(line.end())
                        ? 0
                        : lexicon.findIn(line.text()).size();
            }
        }
        for (List<TextLine> wall : walls) {
            List<String> words = new ArrayList<>();
            for (TextLine line : wall) {
                words(line.text(), words);
            }
            boolean repeats = repeats(words);
            boolean inSkills = wall.stream().anyMatch(line -> listed.contains(line.end()));
            if (!repeats && inSkills && !endless(wall, words.size(), ENDLESS_LIST)) {
                continue;
            }
            flag(wall);
            Set<String> seen = new HashSet<>();
            List<TextLine> bricks = bricks(wall, repeats);
            boolean enough = sober + soberIn(wall, bricks) >= ENOUGH_SKILLS;
            for (TextLine line : bricks) {
                boolean skill = listed.contains(line.end());
                if (!skill || enough) {
                    dropped.add(line);
                } else if (repeats) {
                    once.put(line, once(line.text(), seen));
                }
            }
        }
    }

    /** The lines that make the wall: a heading and sober lines above it, which may touch it, are none. */
    private List<TextLine> bricks(List<TextLine> wall, boolean repeats) {
        List<TextLine> bricks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (TextLine line : wall) {
            List<String> words = new ArrayList<>();
            words(line.text(), words);
            int known = 0;
            for (String word : words) {
                known += seen.contains(word) ? 1 : 0;
            }
            Set<String> distinct = new HashSet<>(words);
            boolean within = words.size() >= 6 && distinct.size() <= SOBER * words.size();
            boolean before = words.size() >= 2 && known >= SOBER * words.size();
            boolean list = !repeats && words.size() >= 4 && covered(line) >= LIST_SHARE / 2 * words.size();
            if (Sections.kind(line.text()) == null && (!bricks.isEmpty() || within || before || list)) {
                bricks.add(line);
            }
            seen.addAll(words);
        }
        if (bricks.isEmpty()) {
            wall.stream().filter(line -> Sections.kind(line.text()) == null).forEach(bricks::add);
        }
        return bricks;
    }

    private int soberIn(List<TextLine> wall, List<TextLine> wallBricks) {
        Set<TextLine> bricks = new HashSet<>(wallBricks);
        return wall.stream()
                .filter(line -> !bricks.contains(line) && Sections.kind(line.text()) == null)
                .mapToInt(line -> lexicon.findIn(line.text()).size())
                .sum();
    }

    private int covered(TextLine line) {
        int covered = 0;
        for (SkillLexicon.Found found : lexicon.findIn(line.text())) {
            covered += Words.count(line.text().substring(found.start(), found.end()));
        }
        return covered;
    }

    private void flag(List<TextLine> wall) {
        TextLine first = wall.get(0);
        StringBuilder text = new StringBuilder();
        List<String> words = new ArrayList<>();
        for (TextLine line : wall) {
            words(line.text(), words);
            text.append(text.length() > 0 ? " " : "").append(line.text());
        }
        boolean paged = document.type() == DocumentType.PDF || document.type() == DocumentType.RTF;
        flags.add(new Flag(
                Flag.Code.KEYWORD_STUFFING,
                null,
                words.size(),
                Findings.excerpt(text),
                paged ? first.page() : null,
                paged ? null : first.part().name().toLowerCase(Locale.ROOT)));
    }

    /** The items of a line that have not come before, comma by comma or word by word. */
    private static String once(String line, Set<String> seen) {
        boolean commas = line.indexOf(',') >= 0 || line.indexOf(';') >= 0 || line.indexOf('|') >= 0;
        Set<String> kept = new LinkedHashSet<>();
        for (String item : line.split(commas ? "[,;|\\t]" : "\\s+", -1)) {
            String bare = Words.trim(item);
            Set<String> distinct = new LinkedHashSet<>(List.of(bare.split("\\s+", -1)));
            boolean same = distinct.size() == 1;
            String one = same ? distinct.iterator().next() : bare;
            if (!one.isEmpty() && seen.add(Words.key(one))) {
                kept.add(one);
            }
        }
        return String.join(", ", kept);
    }

    private DocumentText rest() {
        if (dropped.isEmpty() && once.isEmpty()) {
            return document;
        }
        List<TextLine> lines = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (TextLine line : document.lines()) {
            boolean gap = line.blank()
                    && (lines.isEmpty() || lines.get(lines.size() - 1).blank());
            String text = once.getOrDefault(line, line.text());
            if (!dropped.contains(line) && !gap && (line.blank() || !text.isEmpty())) {
                all.append(all.length() > 0 ? "\n" : "").append(text);
                lines.add(
                        text.equals(line.text())
                                ? line
                                : new TextLine(line.page(), line.start(), text, line.part(), line.style()));
            }
        }
        // The lines keep their places in the whole text.
        return new DocumentText(
                document.type(), document.pages(), lines, document.links(), all.toString(), document.flags());
    }
}
