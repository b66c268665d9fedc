package ai.recruit.parsing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lexicon's own data file, whose format is told at its top. */
final class LexiconFile {

    private static final int COLUMNS = 6;

    /** When a name counts in running text. */
    enum Mark {
        ALWAYS,
        /** With its capital and a word of its context nearby, or in a list beside another skill. */
        IN_CONTEXT,
        /** Only in a list beside another skill. */
        IN_LISTS
    }

    record Name(String text, Mark mark) {}

    /**
     * One skill as it is written down.
     *
     * @param names the canonical one first
     * @param russian how many of the others are Russian; they come next
     * @param context words as they are compared
     * @param wide whether its kinds are too unlike to stand for each other
     */
    record Line(
            List<Name> names,
            int russian,
            String category,
            List<String> parents,
            List<String> related,
            Set<String> context,
            boolean wide) {

        String name() {
            return names.get(0).text();
        }
    }

    final List<Line> lines = new ArrayList<>();
    private final Map<String, Set<String>> groups = new HashMap<>();
    private String category = "";
    private Set<String> categoryContext = Set.of();

    LexiconFile(String text) {
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("# ") || line.equals("#")) {
                continue;
            }
            try {
                if (line.startsWith("@")) {
                    int equals = line.indexOf('=');
                    groups.put(line.substring(1, equals).strip(), context(line.substring(equals + 1)));
                } else if (line.startsWith("[")) {
                    int close = line.indexOf(']');
                    category = line.substring(1, close);
                    categoryContext = context(line.substring(close + 1));
                } else {
                    lines.add(skill(line.split("\\|", -1)));
                }
            } catch (RuntimeException wrong) {
                throw new IllegalStateException("the lexicon, line " + number + ": " + line, wrong);
            }
        }
    }

    /** Words that stand around a name without changing what it names. */
    Set<String> around() {
        return groups.getOrDefault("around", Set.of());
    }

    private Line skill(String[] columns) {
        if (columns.length > COLUMNS || category.isEmpty()) {
            throw new IllegalStateException("more than " + COLUMNS + " columns, or no category");
        }
        String first = columns[0].strip();
        boolean wide = first.startsWith("*");
        List<Name> names = new ArrayList<>();
        names.add(name(wide ? first.substring(1) : first));
        for (String russian : items(columns, 1)) {
            names.add(name(russian));
        }
        int russian = names.size() - 1;
        for (String other : items(columns, 2)) {
            names.add(name(other));
        }
        Set<String> context = columns.length > 5 ? new LinkedHashSet<>(context(columns[5])) : new LinkedHashSet<>();
        context.addAll(categoryContext);
        return new Line(List.copyOf(names), russian, category, items(columns, 3), items(columns, 4), context, wide);
    }

    private static Name name(String marked) {
        return switch (marked.charAt(0)) {
            case '?' -> new Name(marked.substring(1).strip(), Mark.IN_CONTEXT);
            case '!' -> new Name(marked.substring(1).strip(), Mark.IN_LISTS);
            default -> new Name(marked, Mark.ALWAYS);
        };
    }

    private Set<String> context(@Nullable String column) {
        Set<String> words = new LinkedHashSet<>();
        for (String item : items(new String[] {column == null ? "" : column}, 0)) {
            if (item.startsWith("@")) {
                Set<String> group = groups.get(item.substring(1));
                if (group == null) {
                    throw new IllegalStateException("no group " + item);
                }
                words.addAll(group);
            } else {
                words.add(SkillWords.fold(item));
            }
        }
        return words;
    }

    private static List<String> items(String[] columns, int column) {
        List<String> items = new ArrayList<>();
        if (column < columns.length) {
            for (String item : columns[column].split(";", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        return items;
    }
}
