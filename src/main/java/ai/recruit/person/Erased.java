package ai.recruit.person;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a feature has erased.
 *
 * @param counts how many of what, for the certificate: {@code notes} to 3
 * @param ids the public ids of what is gone, whose traces in logs, answers and audit entries are then cleared
 * @param files the storage keys of files that are to be removed
 */
public record Erased(Map<String, Long> counts, Set<String> ids, Set<String> files) {

    public static final Erased NOTHING = new Erased(Map.of(), Set.of(), Set.of());

    public Erased {
        counts = Map.copyOf(counts);
        ids = Set.copyOf(ids);
        files = Set.copyOf(files);
    }

    public static Erased of(String what, Set<String> ids) {
        return new Erased(Map.of(what, (long) ids.size()), ids, Set.of());
    }

    /** Both together. */
    public Erased and(Erased other) {
        Map<String, Long> allCounts = new LinkedHashMap<>(counts);
        other.counts.forEach((what, count) -> allCounts.merge(what, count, Long::sum));
        Set<String> allIds = new HashSet<>(ids);
        allIds.addAll(other.ids);
        Set<String> allFiles = new HashSet<>(files);
        allFiles.addAll(other.files);
        return new Erased(allCounts, allIds, allFiles);
    }
}
