package ai.recruit.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How an example differs from a real answer: in its keys, and in the types of its values where both have one. */
final class Likeness {

    /** Keys that come and go with the state of what is asked for. */
    private static final Set<String> SOMETIMES =
            Set.of("next_cursor", "matches", "started_at", "finished_at", "retry_after");

    private Likeness() {}

    static List<String> differences(JsonNode example, JsonNode real) {
        List<String> differences = new ArrayList<>();
        compare("", example, real, differences);
        return differences;
    }

    private static void compare(String at, JsonNode example, JsonNode real, List<String> differences) {
        // What has been erased is counted by its kind, as far as the erasure has come.
        if (example.isNull() || real.isNull() || at.endsWith(".erased")) {
            return;
        }
        if (example.isObject() && real.isObject()) {
            real.propertyNames().stream()
                    .filter(key -> !example.has(key) && !SOMETIMES.contains(key))
                    .forEach(key -> differences.add("the example lacks " + at + "." + key));
            example.properties().forEach(field -> {
                if (real.has(field.getKey())) {
                    compare(at + "." + field.getKey(), field.getValue(), real.get(field.getKey()), differences);
                } else if (!SOMETIMES.contains(field.getKey())) {
                    differences.add("no real answer has " + at + "." + field.getKey());
                }
            });
        } else if (example.isArray() && real.isArray()) {
            if (!example.isEmpty() && !real.isEmpty()) {
                compare(at + "[]", together(example), together(real), differences);
            }
        } else if (!kind(example).equals(kind(real))) {
            differences.add("the example of " + at + " is a " + kind(example) + ", not a " + kind(real));
        }
    }

    /** All keys that elements have, each with a value that is not null if there is one. */
    private static JsonNode together(JsonNode array) {
        if (!array.get(0).isObject()) {
            return array.get(0);
        }
        ObjectNode all = (ObjectNode) array.get(0).deepCopy();
        array.forEach(element -> element.properties().forEach(field -> {
            if (!all.has(field.getKey()) || all.get(field.getKey()).isNull()) {
                all.set(field.getKey(), field.getValue());
            }
        }));
        return all;
    }

    private static String kind(JsonNode node) {
        return node.isNumber() ? "number" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
