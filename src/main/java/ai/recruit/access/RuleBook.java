package ai.recruit.access;

import java.util.ArrayList;
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

    private final List<Entry> entries;

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
                all.add(new Entry(parser.parse(rule.pattern()), rule));
            }
        }
        all.sort(Comparator.comparing(Entry::pattern)
                .thenComparing(entry -> entry.rule().method() == null));
        this.entries = List.copyOf(all);
    }

    /** The rule for a request; null when there is none. */
    @Nullable AccessRule find(HttpMethod method, PathContainer path) {
        HttpMethod asked = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        for (Entry entry : entries) {
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

    private record Entry(PathPattern pattern, AccessRule rule) {}
}
