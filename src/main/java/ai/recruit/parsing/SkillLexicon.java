package ai.recruit.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The skills that the engine knows, with their English and Russian names and spellings. Immutable and thread-safe. Its
 * {@link #version()} changes with every change of its data, so a score can say which lexicon it rests on.
 */
public final class SkillLexicon {

    private static final String DATA = "skills.tsv";
    private static final int COLUMNS = 5;

    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final Map<String, Entry> byKey = new HashMap<>();
    private final String version;
    private final int longest;

    /**
     * One skill.
     *
     * @param name canonical name, in English or as the maker writes it
     * @param category group, for example {@code databases}
     * @param names all other names and spellings
     * @param ambiguous whether the word alone may mean something else, so that it counts only where skills are listed
     */
    public record Entry(String name, String category, List<String> names, boolean ambiguous) {

        public Entry {
            names = List.copyOf(names);
        }
    }

    /**
     * A skill found in a text.
     *
     * @param start index of its first character
     * @param end index after its last character
     */
    public record Found(Entry skill, int start, int end) {}

    private SkillLexicon(byte[] data) {
        int most = 1;
        for (String line : new String(data, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalStateException("skills.tsv: not five columns: " + line);
            }
            List<String> names = new ArrayList<>();
            for (String list : new String[] {columns[2], columns[3]}) {
                for (String name : list.split(";", -1)) {
                    if (!name.isBlank()) {
                        names.add(name.strip());
                    }
                }
            }
            Entry entry =
                    new Entry(columns[0], columns[1], names, columns[4].strip().equals("context"));
            byName.put(entry.name(), entry);
        }
        // Canonical names win over synonyms of other skills.
        for (Entry entry : byName.values()) {
            byKey.putIfAbsent(key(entry.name()), entry);
            most = Math.max(most, tokens(entry.name()).size());
        }
        for (Entry entry : byName.values()) {
            for (String name : entry.names()) {
                byKey.putIfAbsent(key(name), entry);
                most = Math.max(most, tokens(name).size());
            }
        }
        this.longest = most;
        this.version = hash(data);
    }

    /** The lexicon that comes with the product. */
    public static SkillLexicon standard() {
        return Standard.LEXICON;
    }

    /** Hash of the data: the first 16 hexadecimal digits of its SHA-256. */
    public String version() {
        return version;
    }

    /** All skills in the order of the data. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** The skill that a whole text names, whatever its case, punctuation or language. */
    public Optional<Entry> find(String printed) {
        Entry entry = byKey.get(key(printed));
        if (entry == null) {
            int bracket = printed.indexOf('(');
            entry = bracket > 0 ? byKey.get(key(printed.substring(0, bracket))) : null;
        }
        return Optional.ofNullable(entry);
    }

    /** The canonical name of a skill; a text that the lexicon does not know comes back stripped, as it is. */
    public String normalise(String printed) {
        return find(printed).map(Entry::name).orElseGet(printed::strip);
    }

    /**
     * The skills named in running text, longest names first, without overlaps, in order. Words that may mean something
     * else are left out; where skills are listed, ask {@link #find} for each item instead.
     */
    public List<Found> findIn(String text) {
        List<Token> tokens = tokens(text);
        List<Found> found = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            int used = 0;
            StringBuilder key = new StringBuilder();
            for (int n = 1; n <= longest && at + n <= tokens.size(); n++) {
                if (n > 1) {
                    if (tokens.get(at + n - 1).breakBefore()) {
                        break;
                    }
                    key.append(' ');
                }
                key.append(tokens.get(at + n - 1).text());
                Entry entry = byKey.get(key.toString());
                if (entry != null && !(entry.ambiguous() && n == 1)) {
                    Found hit = new Found(
                            entry,
                            tokens.get(at).start(),
                            tokens.get(at + n - 1).end());
                    if (used > 0) {
                        found.remove(found.size() - 1);
                    }
                    found.add(hit);
                    used = n;
                }
            }
            at += Math.max(1, used);
        }
        return found;
    }

    private record Token(String text, int start, int end, boolean breakBefore) {}

    private static String key(String text) {
        StringBuilder key = new StringBuilder();
        for (Token token : tokens(text)) {
            if (key.length() > 0) {
                key.append(' ');
            }
            key.append(token.text());
        }
        return key.toString();
    }

    /**
     * Words in one spelling: lower case, without accents of compatibility. {@code +}, {@code #} and a dot inside or in
     * front of a word belong to it (C++, C#, Node.js, .NET).
     */
    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        boolean hardBreak = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean dotWord = c == '.'
                    && at + 1 < text.length()
                    && Character.isLetter(text.charAt(at + 1))
                    && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
            if (!Character.isLetterOrDigit(c) && !dotWord) {
                hardBreak |= c == ',' || c == ';' || c == '\n' || c == '\t' || c == '|' || c == '\u2022' || c == '.';
                at++;
                continue;
            }
            int start = at;
            at++;
            while (at < text.length()) {
                char d = text.charAt(at);
                boolean inner = (d == '.' || d == '\'')
                        && at + 1 < text.length()
                        && Character.isLetterOrDigit(text.charAt(at + 1));
                if (Character.isLetterOrDigit(d) || d == '+' || d == '#' || inner) {
                    at++;
                } else {
                    break;
                }
            }
            tokens.add(new Token(fold(text.substring(start, at)), start, at, hardBreak));
            hardBreak = false;
        }
        return tokens;
    }

    private static String fold(String word) {
        boolean ascii = word.chars().allMatch(c -> c < 0x80);
        String plain = ascii ? word : Normalizer.normalize(word, Normalizer.Form.NFKC);
        String lower = plain.toLowerCase(Locale.ROOT);
        return lower.indexOf('ё') < 0 ? lower : lower.replace('ё', 'е');
    }

    private static String hash(byte[] data) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(data);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Standard {

        static final SkillLexicon LEXICON = load();

        private static SkillLexicon load() {
            try (@Nullable InputStream in = SkillLexicon.class.getResourceAsStream(DATA)) {
                if (in == null) {
                    throw new IllegalStateException(DATA + " is missing from the class path");
                }
                return new SkillLexicon(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
