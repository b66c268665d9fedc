package ai.recruit.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The rules of all features together. Of the rules that match a request, the one with the most literal path holds. */
@Component
class RuleBook {

    /** How many segments at the beginning of a path choose the rules that are looked at. */
    private static final int SEGMENTS = 3;

    private final List<Entry> entries;

    /** By the beginning of a path: the rules for such paths, in the order of all. */
    private final Map<String, List<Entry>> byBeginning = new HashMap<>();

    /** The rules for all other paths. */
    private final List<Entry> others;

    RuleBook(List<AccessRules> rules) {
        PathPatternParser parser = new PathPatternParser();
        Map<String, AccessRule> seen = new HashMap<>();
        List<Entry> all = new ArrayList<>();
        for (AccessRule rule :
                rules.stream().flatMap(some -> some.rules().stream()).toList()) {
            AccessRule before = seen.put(rule.method() + " " + rule.pattern(), rule);
            if (before != null && !before.equals(rule)) {
                throw new IllegalStateException("Two access rules contradict each other: " + before + " and " + rule);
            }
            if (before == null) {
                all.add(new Entry(parser.parse(rule.pattern()), rule, beginning(rule.pattern())));
            }
        }
        all.sort(Comparator.comparing(Entry::pattern)
                .thenComparing(entry -> entry.rule().method() == null));
        this.entries = List.copyOf(all);
        this.others = all.stream().filter(entry -> entry.beginning() == null).toList();
        for (Entry chosen : all) {
            String beginning = chosen.beginning();
            if (beginning != null) {
                byBeginning.computeIfAbsent(
                        beginning,
                        key -> all.stream()
                                .filter(entry -> entry.beginning() == null || key.equals(entry.beginning()))
                                .toList());
            }
        }
    }

    /** The first segments of a pattern as they stand in every path that it matches; null when they are not all literal. */
    private static @Nullable String beginning(String pattern) {
        String[] segments = pattern.split("/", -1);
        if (segments.length <= SEGMENTS) {
            return null;
        }
        String beginning = String.join("/", Arrays.asList(segments).subList(1, SEGMENTS + 1));
        return beginning.chars().anyMatch(c -> "{}*?".indexOf(c) >= 0) ? null : beginning;
    }

    /** The same of a path; null when it has not so many. */
    private static @Nullable String beginning(PathContainer path) {
        StringBuilder beginning = new StringBuilder();
        int segments = 0;
        for (PathContainer.Element element : path.elements()) {
            if (element instanceof PathContainer.PathSegment segment) {
                beginning.append(segments == 0 ? "" : "/").append(segment.valueToMatch());
                if (++segments == SEGMENTS) {
                    return beginning.toString();
                }
            }
        }
        return null;
    }

    /** The rule for a request; null when there is none. */
    @Nullable AccessRule find(HttpMethod method, PathContainer path) {
        HttpMethod asked = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        String beginning = beginning(path);
        for (Entry entry : beginning == null ? others : byBeginning.getOrDefault(beginning, others)) {
            HttpMethod own = entry.rule().method();
            if ((own == null || own.equals(asked)) && entry.pattern().matches(path)) {
                return entry.rule();
            }
        }
        return null;
    }

    /** The scopes that some rule lets in. */
    Set<String> scopes() {
        return entries.stream()
                .map(entry -> entry.rule().scope())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The methods that some rule names for a path. */
    Set<String> methods(PathContainer path) {
        return entries.stream()
                .filter(entry ->
                        entry.rule().method() != null && entry.pattern().matches(path))
                .map(entry -> String.valueOf(entry.rule().method()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Entry(
            PathPattern pattern, AccessRule rule, @Nullable String beginning) {}
}
