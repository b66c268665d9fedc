package ai.recruit.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The skills that the engine knows, with their English and Russian names and spellings and how they belong together.
 * Immutable and thread-safe. Its {@link #version()} changes with every change of its data, so a score can say which
 * lexicon it rests on.
 *
 * <p>Names are compared word by word as {@link SkillWords} writes them, along a tree of words: the work grows with the
 * length of the text, not with the number of skills.
 */
public final class SkillLexicon {

    private static final String DATA = "skills.txt";

    /** How far from a word that may mean something else its context may stand. */
    private static final int NEARBY = 6;

    /** The same where its capital says nothing, since a sentence begins with it. */
    private static final int BESIDE = 2;

    private static final String SIGNS = "-/.:'\u2019";

    /** Names of more words are left to the longest that they contain. */
    private static final int LONGEST_ITEM = 16;

    private final byte[] version;
    private final List<LexiconFile.Line> lines;
    private final Set<String> around;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final Node root = new Node();
    private final Set<String> words;
    private final BitSet[] above;
    private final BitSet[] beside;

    /**
     * One skill.
     *
     * @param number position in this lexicon, from 0 without gaps; changes with the data
     * @param id lasting name for programs, for example {@code spring-boot}
     * @param name canonical name, in English or as the maker writes it
     * @param russian its Russian name, where it has one
     * @param category group, for example {@code databases}
     * @param names all other names and spellings
     * @param ambiguous whether the canonical name alone may mean something else, so that it counts only with its context
     *     or where skills are listed
     * @param parents names of the skills that this one is a kind or part of
     */
    public record Entry(
            int number,
            String id,
            String name,
            @Nullable String russian,
            String category,
            List<String> names,
            boolean ambiguous,
            List<String> parents) {

        public Entry {
            names = List.copyOf(names);
            parents = List.copyOf(parents);
        }
    }

    /**
     * A skill found in a text.
     *
     * @param start index of its first character
     * @param end index after its last character
     */
    public record Found(Entry skill, int start, int end) {}

    /** How a skill that somebody has relates to one that is wanted. */
    public enum Relation {
        /** It is the one. */
        SAME,
        /** It is a kind or part of it: Spring Boot where Spring is wanted. */
        CHILD,
        /** It is what the wanted one is a kind or part of: Spring where Spring Boot is wanted. */
        PARENT,
        /** They are of one kind, or close: Vue.js where React is wanted. */
        SIBLING,
        NONE
    }

    /** A step in the tree of words, and the name that may end here. Most steps have one successor: it needs no map. */
    private static final class Node {

        private @Nullable String word;
        private @Nullable Node only;
        private @Nullable Map<String, Node> more;
        private @Nullable Entry entry;
        private LexiconFile.Mark mark = LexiconFile.Mark.ALWAYS;
        private boolean capital;

        private @Nullable Node to(String next) {
            return next.equals(word) ? only : more == null ? null : more.get(next);
        }

        private Node add(String next) {
            Node there = to(next);
            if (there != null) {
                return there;
            }
            Node node = new Node();
            if (word == null) {
                word = next;
                only = node;
            } else {
                if (more == null) {
                    more = new HashMap<>();
                }
                more.put(next, node);
            }
            return node;
        }
    }

    /** A name in a text: words {@code from} to {@code to}, the last not among them. */
    private record Hit(Node name, Entry entry, int from, int to) {}

    private SkillLexicon(List<LexiconFile.Line> lines, Set<String> around, byte[] version) {
        this.lines = List.copyOf(lines);
        this.around = around;
        this.version = version;
        for (LexiconFile.Line line : lines) {
            add(line);
        }
        int size = entries.size();
        // Canonical names win over synonyms of other skills, and names as they are written over their variants.
        Map<String, String> folded = new HashMap<>();
        UnaryOperator<String> fold = word -> folded.computeIfAbsent(word, SkillWords::fold);
        for (int i = 0; i < size; i++) {
            LexiconFile.Name name = lines.get(i).names().get(0);
            name(entries.get(i), name, SkillWords.of(name.text(), fold));
        }
        for (int i = 0; i < size; i++) {
            List<LexiconFile.Name> names = lines.get(i).names();
            for (LexiconFile.Name name : names.subList(1, names.size())) {
                name(entries.get(i), name, SkillWords.of(name.text(), fold));
            }
        }
        for (int i = 0; i < size; i++) {
            for (LexiconFile.Name name : lines.get(i).names()) {
                for (String variant : variants(name.text())) {
                    name(entries.get(i), name, SkillWords.of(variant, fold));
                }
            }
        }
        this.words = new HashSet<>(folded.values());
        this.above = new BitSet[size];
        this.beside = new BitSet[size];
        for (int i = 0; i < size; i++) {
            above(i, 0);
            beside[i] = new BitSet();
        }
        for (int i = 0; i < size; i++) {
            for (String related : lines.get(i).related()) {
                int other = known(related, lines.get(i)).number();
                beside[i].set(other);
                beside[other].set(i);
            }
        }
    }

    private void add(LexiconFile.Line line) {
        List<LexiconFile.Name> names = line.names();
        Entry entry = new Entry(
                entries.size(),
                id(line.name()),
                line.name(),
                line.russian() > 0 ? names.get(1).text() : null,
                line.category(),
                names.subList(1, names.size()).stream()
                        .map(LexiconFile.Name::text)
                        .toList(),
                names.get(0).mark() != LexiconFile.Mark.ALWAYS,
                line.parents());
        if (byId.putIfAbsent(entry.id(), entry) != null) {
            throw new IllegalStateException("the lexicon has two skills with the id " + entry.id());
        }
        entries.add(entry);
    }

    private static String id(String name) {
        StringBuilder id = new StringBuilder();
        boolean gap = false;
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean sign = c == '+' || c == '#';
            boolean letter = Character.isLetterOrDigit(c);
            gap |= !letter;
            if (sign || letter) {
                if (gap && id.length() > 0) {
                    id.append('-');
                }
                if (sign) {
                    id.append(c == '+' ? "plus" : "sharp");
                } else {
                    id.append(c);
                }
                gap = sign;
            }
        }
        return id.toString();
    }

    private void name(Entry entry, LexiconFile.Name name, List<SkillWords.Word> spelling) {
        Node node = root;
        for (SkillWords.Word word : spelling) {
            node = node.add(word.text());
        }
        if (node.entry == null && node != root) {
            node.entry = entry;
            node.mark = name.mark();
            char first = name.text().charAt(0);
            node.capital = first < 0x80 && !Character.isLowerCase(entry.name().charAt(0));
        }
    }

    /** Other spellings: without the signs within ("cicd", "nodejs"), with gaps for its dots, Latin names in one word. */
    private static List<String> variants(String name) {
        boolean latin = true;
        boolean signs = false;
        boolean gaps = false;
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            latin &= c < 0x80;
            signs |= SIGNS.indexOf(c) >= 0;
            gaps |= c == ' ';
        }
        if (!signs && !(latin && gaps)) {
            return List.of();
        }
        StringBuilder bare = new StringBuilder();
        StringBuilder one = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (i == 0 || SIGNS.indexOf(c) < 0) {
                bare.append(c);
                if (c != ' ') {
                    one.append(c);
                }
            }
        }
        List<String> variants = new ArrayList<>();
        if (signs && bare.length() > 2) {
            variants.add(bare.toString());
        }
        if (name.indexOf('.') > 0) {
            variants.add(name.charAt(0) + name.substring(1).replace('.', ' '));
        }
        if (latin && gaps && one.length() > 5) {
            variants.add(one.toString());
        }
        return variants;
    }

    private BitSet above(int number, int depth) {
        BitSet known = above[number];
        if (known != null) {
            return known;
        }
        LexiconFile.Line line = lines.get(number);
        if (depth > 16) {
            throw new IllegalStateException("the lexicon goes in circles at " + line.name());
        }
        BitSet all = new BitSet();
        for (String parent : line.parents()) {
            int up = known(parent, line).number();
            all.set(up);
            all.or(above(up, depth + 1));
        }
        above[number] = all;
        return all;
    }

    private Entry known(String name, LexiconFile.Line by) {
        Entry entry = byId.get(id(name));
        if (entry == null) {
            throw new IllegalStateException("the lexicon does not know " + name + ", which " + by.name() + " names");
        }
        return entry;
    }

    /** The lexicon that comes with the product. */
    public static SkillLexicon standard() {
        return Standard.LEXICON;
    }

    /**
     * This lexicon with an operator's own skills. A skill that is known already only gets the further names; a name that
     * is taken stays with the skill that has it.
     *
     * @param csv UTF-8 with a header and the columns {@code preferredLabel}, {@code altLabels} (one a line within its
     *     quotes) and {@code skillType} (becomes the category), as ESCO publishes them
     * @throws BadSkillsFile says line and column
     */
    public SkillLexicon with(byte[] csv) throws BadSkillsFile {
        Map<String, LexiconFile.Line> all = new LinkedHashMap<>();
        lines.forEach(line -> all.put(id(line.name()), line));
        for (LexiconFile.Line own : OwnSkills.read(csv)) {
            String id = find(own.name()).map(Entry::id).orElseGet(() -> id(own.name()));
            all.merge(id, own, SkillLexicon::both);
        }
        return new SkillLexicon(List.copyOf(all.values()), around, digest(version, csv));
    }

    private static LexiconFile.Line both(LexiconFile.Line known, LexiconFile.Line own) {
        Set<LexiconFile.Name> names = new LinkedHashSet<>(known.names());
        names.addAll(own.names());
        return new LexiconFile.Line(
                List.copyOf(names),
                known.russian(),
                known.category(),
                known.parents(),
                known.related(),
                known.context(),
                known.wide());
    }

    /** Hash of the data: the first 16 hexadecimal digits of its SHA-256. */
    public String version() {
        return HexFormat.of().formatHex(version, 0, 8);
    }

    /** All skills in the order of the data, which is that of their numbers. */
    public Collection<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The skill with an id. */
    public Optional<Entry> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How the skill that one has relates to the one that is wanted; both of this lexicon. */
    public Relation relation(Entry has, Entry wanted) {
        int one = has.number();
        int other = wanted.number();
        if (one == other) {
            return Relation.SAME;
        }
        if (above[one].get(other)) {
            return Relation.CHILD;
        }
        if (above[other].get(one)) {
            return Relation.PARENT;
        }
        if (beside[one].get(other)) {
            return Relation.SIBLING;
        }
        for (String parent : has.parents()) {
            if (wanted.parents().contains(parent)) {
                Entry up = byId.get(id(parent));
                if (up != null && !lines.get(up.number()).wide()) {
                    return Relation.SIBLING;
                }
            }
        }
        return Relation.NONE;
    }

    // ---- one name

    /**
     * The skill that a whole text names, whatever its case, punctuation, inflection or language; also with a version, its
     * maker, or words like "knowledge of" around it, and when it is named twice ("Structured Query Language SQL").
     */
    public Optional<Entry> find(String printed) {
        List<SkillWords.Word> all = SkillWords.of(printed);
        if (all.isEmpty() || all.size() > LONGEST_ITEM) {
            return Optional.empty();
        }
        Entry entry = whole(all, 0, all.size());
        int bracket = printed.indexOf('(');
        if (entry == null && bracket > 0) {
            List<SkillWords.Word> before = SkillWords.of(printed.substring(0, bracket));
            entry = before.isEmpty() ? null : within(before);
        }
        return Optional.ofNullable(entry == null ? within(all) : entry);
    }

    private @Nullable Entry within(List<SkillWords.Word> all) {
        int last = all.size();
        // The longest part that is a name, when nothing but words around names is left out.
        for (int length = last; length > 0; length--) {
            for (int from = 0; from + length <= last; from++) {
                Entry entry =
                        aside(all, 0, from) && aside(all, from + length, last) ? whole(all, from, from + length) : null;
                if (entry != null) {
                    return entry;
                }
            }
        }
        Entry only = null;
        int at = 0;
        for (Hit hit : hits(all)) {
            if (!aside(all, at, hit.from()) || (only != null && only != hit.entry())) {
                return null;
            }
            only = hit.entry();
            at = hit.to();
        }
        return aside(all, at, last) ? only : null;
    }

    private boolean aside(List<SkillWords.Word> all, int from, int to) {
        for (int i = from; i < to; i++) {
            String word = all.get(i).text();
            boolean version = word.length() < 6 && word.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
            if (!version && !around.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Entry whole(List<SkillWords.Word> all, int from, int to) {
        Node node = root;
        for (int i = from; i < to && node != null; i++) {
            node = node.to(word(all.get(i)));
        }
        return node == null ? null : node.entry;
    }

    /** The word, or without the version at its end when only that is known: "php7". */
    private String word(SkillWords.Word word) {
        String text = word.text();
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) >= '0' && text.charAt(end - 1) <= '9') {
            end--;
        }
        return end == text.length() || end < 3 || words.contains(text) || !words.contains(text.substring(0, end))
                ? text
                : text.substring(0, end);
    }

    /** The canonical name of a skill; a text that the lexicon does not know comes back stripped, as it is. */
    public String normalise(String printed) {
        return find(printed).map(Entry::name).orElseGet(printed::strip);
    }

    // ---- running text

    /**
     * The skills named in running text, longest names first, without overlaps, in order. A word that may mean something
     * else counts with its capital and a word of its context nearby in the sentence, or as an item of a list beside
     * another skill; where skills alone are listed, ask {@link #find} for each item instead.
     */
    public List<Found> findIn(String text) {
        List<SkillWords.Word> all = SkillWords.of(text);
        List<Hit> hits = hits(all);
        boolean[] sure = new boolean[hits.size()];
        for (int i = 0; i < sure.length; i++) {
            sure[i] = hits.get(i).name().mark == LexiconFile.Mark.ALWAYS;
        }
        boolean[] plain = sure.clone();
        for (int i = 0; i < sure.length; i++) {
            sure[i] = sure[i] || inContext(text, all, hits, plain, i);
        }
        for (int i = 1; i < sure.length; i++) {
            sure[i] = sure[i] || (sure[i - 1] && listed(text, all, hits.get(i - 1), hits.get(i)));
        }
        for (int i = sure.length - 2; i >= 0; i--) {
            sure[i] = sure[i] || (sure[i + 1] && listed(text, all, hits.get(i), hits.get(i + 1)));
        }
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < sure.length; i++) {
            Hit hit = hits.get(i);
            if (sure[i]) {
                found.add(new Found(
                        hit.entry(),
                        all.get(hit.from()).start(),
                        all.get(hit.to() - 1).end()));
            }
        }
        return found;
    }

    private List<Hit> hits(List<SkillWords.Word> all) {
        List<Hit> hits = new ArrayList<>();
        int at = 0;
        while (at < all.size()) {
            Hit longest = null;
            Node node = root.to(word(all.get(at)));
            for (int to = at + 1; node != null; to++) {
                if (node.entry != null) {
                    longest = new Hit(node, node.entry, at, to);
                }
                node = to < all.size() && !all.get(to).apart() ? node.to(word(all.get(to))) : null;
            }
            if (longest != null) {
                hits.add(longest);
            }
            at = longest == null ? at + 1 : longest.to();
        }
        return hits;
    }

    private boolean inContext(String text, List<SkillWords.Word> all, List<Hit> hits, boolean[] plain, int number) {
        Hit hit = hits.get(number);
        SkillWords.Word first = all.get(hit.from());
        if (hit.name().mark != LexiconFile.Mark.IN_CONTEXT
                || (hit.name().capital && !Character.isUpperCase(text.charAt(first.start())))
                || joined(text, first.start() - 1, -1)
                || joined(text, all.get(hit.to() - 1).end(), 1)) {
            return false;
        }
        int reach = hit.name().capital && first.sentence() ? BESIDE : NEARBY;
        int from = hit.from();
        while (from > 0 && hit.from() - from < reach && !all.get(from).sentence()) {
            from--;
        }
        int to = hit.to();
        while (to < all.size() && to - hit.to() < reach && !all.get(to).sentence()) {
            to++;
        }
        Set<String> context = lines.get(hit.entry().number()).context();
        for (int i = from; i < to; i++) {
            if ((i < hit.from() || i >= hit.to()) && context.contains(all.get(i).text())) {
                return true;
            }
        }
        return akin(hits, plain, number, -1, from, to) || akin(hits, plain, number, 1, from, to);
    }

    /** Whether a skill of the same category or family, which is plainly one, stands near. */
    private boolean akin(List<Hit> hits, boolean[] plain, int number, int step, int from, int to) {
        Hit hit = hits.get(number);
        for (int i = number + step; i >= 0 && i < hits.size(); i += step) {
            Hit other = hits.get(i);
            if (other.to() <= from || other.from() >= to) {
                return false;
            }
            if (plain[i]
                    && other.entry() != hit.entry()
                    && (other.entry().category().equals(hit.entry().category())
                            || relation(other.entry(), hit.entry()) != Relation.NONE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a hyphen or an ampersand ties another word to the name: "C-level", "R&D". */
    private static boolean joined(String text, int at, int step) {
        return at >= 0
                && at < text.length()
                && "-&_@'\u2019\u2011".indexOf(text.charAt(at)) >= 0
                && at + step >= 0
                && at + step < text.length()
                && Character.isLetterOrDigit(text.charAt(at + step));
    }

    /** Whether two names are items of one list: nothing but a comma or the like between them and at their outer ends. */
    private static boolean listed(String text, List<SkillWords.Word> all, Hit left, Hit right) {
        for (int i = left.to(); i < right.from(); i++) {
            if (!AND.contains(all.get(i).text())) {
                return false;
            }
        }
        int from = all.get(left.to() - 1).end();
        int to = all.get(right.from()).start();
        return text.substring(from, to).indexOf('.') < 0
                && (right.from() > left.to() || separator(text, from, to, false))
                && bounded(text, all, left.from() - 1)
                && bounded(text, all, right.to() - 1);
    }

    private static final Set<String> AND = Set.of("and", "or", "и", "или");

    /** Whether a list's item may begin or end between a word and the next; before the first word is -1. */
    private static boolean bounded(String text, List<SkillWords.Word> all, int word) {
        return word < 0
                || word + 1 >= all.size()
                || AND.contains(all.get(word).text())
                || AND.contains(all.get(word + 1).text())
                || separator(text, all.get(word).end(), all.get(word + 1).start(), true);
    }

    private static boolean separator(String text, int from, int to, boolean stop) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (",;/|\u2022\u00b7\t\n&()".indexOf(c) >= 0 || (stop && (c == '.' || c == ':'))) {
                return true;
            }
        }
        return false;
    }

    // ---- loading

    private static byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SkillLexicon lexicon && Arrays.equals(version, lexicon.version);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(version);
    }

    private static final class Standard {

        static final SkillLexicon LEXICON = load();

        private static SkillLexicon load() {
            try (@Nullable InputStream in = SkillLexicon.class.getResourceAsStream(DATA)) {
                if (in == null) {
                    throw new IllegalStateException(DATA + " is missing from the class path");
                }
                byte[] data = in.readAllBytes();
                LexiconFile file = new LexiconFile(new String(data, StandardCharsets.UTF_8));
                return new SkillLexicon(file.lines, file.around(), digest(data));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
