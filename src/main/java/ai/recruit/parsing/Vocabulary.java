package ai.recruit.parsing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The word lists that the readers of fields go by: headings, titles, companies, places, degrees, languages. */
final class Vocabulary {

    private static final String DATA = "vocabulary.tsv";
    private static final Map<String, Map<String, String>> LISTS = load();

    private Vocabulary() {}

    /** The meaning of a phrase in a list, or null; phrases are compared as {@link Words#key} spells them. */
    static @Nullable String meaning(String list, String phrase) {
        return list(list).get(Words.key(phrase));
    }

    static boolean contains(String list, String phrase) {
        return list(list).containsKey(Words.key(phrase));
    }

    /** Whether any word of a text is in a list. */
    static boolean anyWord(String list, String text) {
        Map<String, String> words = list(list);
        for (String word : Words.key(text).split(" ", -1)) {
            if (words.containsKey(word)) {
                return true;
            }
        }
        return false;
    }

    static Map<String, String> list(String name) {
        Map<String, String> list = LISTS.get(name);
        if (list == null) {
            throw new IllegalArgumentException("no list " + name);
        }
        return list;
    }

    private static Map<String, Map<String, String>> load() {
        Map<String, Map<String, String>> lists = new HashMap<>();
        Set<String> seen = new HashSet<>();
        try (@Nullable InputStream in = Vocabulary.class.getResourceAsStream(DATA)) {
            if (in == null) {
                throw new IllegalStateException(DATA + " is missing from the class path");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] columns = line.split("\t", -1);
                if (columns.length != 3) {
                    throw new IllegalStateException(DATA + ": not three columns: " + line);
                }
                Map<String, String> list = lists.computeIfAbsent(columns[0], any -> new HashMap<>());
                for (String phrase : columns[2].split(";", -1)) {
                    String key = Words.key(phrase);
                    if (!key.isEmpty() && seen.add(columns[0] + ' ' + key)) {
                        list.put(key, columns[1]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lists;
    }
}
