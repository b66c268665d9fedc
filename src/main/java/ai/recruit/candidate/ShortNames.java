package ai.recruit.candidate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which first names may be those of one person: Екатерина, Катя and Kate. Names are compared in their folded form. */
final class ShortNames {

    private static final String FILE = "short-names.txt";

    private final Map<String, Set<Integer>> groups;

    private ShortNames(Map<String, Set<Integer>> groups) {
        this.groups = groups;
    }

    /** Reads the names that the service knows. */
    static ShortNames load() {
        Map<String, Set<Integer>> groups = new HashMap<>();
        try (InputStream file = Objects.requireNonNull(ShortNames.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            int group = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    for (String name : line.strip().split(" +", -1)) {
                        groups.computeIfAbsent(NameWords.folded(name), key -> new HashSet<>())
                                .add(group);
                    }
                    group++;
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new ShortNames(groups);
    }

    /** The names that a folded form may stand for, each as a text; the form itself when it is not known. */
    Set<String> of(String folded) {
        Set<Integer> known = groups.get(folded);
        if (known == null) {
            return Set.of(folded);
        }
        Set<String> names = new HashSet<>();
        known.forEach(group -> names.add("#" + group));
        return names;
    }

    /** Whether two folded forms may be one person's. */
    boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        Set<String> names = new HashSet<>(of(one));
        names.retainAll(of(other));
        return !names.isEmpty();
    }
}
