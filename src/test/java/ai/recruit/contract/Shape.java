package ai.recruit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says of an answer, itself JSON.
 *
 * <ul>
 *   <li>An object names the keys that must be there; more are allowed.
 *   <li>An array of one shape is a list with at least one element, all of which have that shape; {@code "list of string"}
 *       may be empty, {@code []} has to be.
 *   <li>A number or boolean is that very value, {@code "=word"} that word, {@code "one of a, b"} one of the words.
 *   <li>{@code string}, {@code text} (a string that is not empty), {@code time} (ISO 8601 in UTC), {@code integer},
 *       {@code points} (an integer up to 100), {@code number}, {@code share} (0 to 1), {@code percent}, {@code boolean},
 *       {@code object}, {@code id:cand} (a public id of that kind), {@code null}, {@code absent}.
 *   <li>{@code ... or null} allows null as well. The key has to be there all the same.
 * </ul>
 */
final class Shape {

    private static final String OR_NULL = " or null";
    private static final String LIST_OF = "list of ";
    private static final String ONE_OF = "one of ";
    private static final String ID = "id:";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ELEMENTS = 3;

    /** Values of other types, each of which is none of the others. */
    private static final List<JsonNode> STRANGERS = List.of(
            JSON.stringNode("another type"),
            JSON.stringNode(""),
            JSON.numberNode(123_456_789.5),
            JSON.booleanNode(true),
            JSON.booleanNode(false),
            JSON.arrayNode().add(JSON.objectNode()),
            JSON.objectNode().put("unheard_of", 1),
            JSON.nullNode());

    private Shape() {}

    /** Where an answer is not as documented; empty when it is. */
    static List<String> differences(JsonNode shape, JsonNode answer) {
        List<String> found = new ArrayList<>();
        compare(shape, answer, "$", found);
        return found;
    }

    private static void compare(JsonNode shape, JsonNode answer, String at, List<String> found) {
        if (shape.isObject()) {
            if (!answer.isObject()) {
                found.add(at + " is no object: " + answer);
                return;
            }
            for (Map.Entry<String, JsonNode> key : shape.properties()) {
                String place = at + "." + key.getKey();
                JsonNode value = answer.get(key.getKey());
                if (isAbsent(key.getValue())) {
                    if (value != null) {
                        found.add(place + " must not be there");
                    }
                } else if (value == null) {
                    found.add(place + " is missing");
                } else {
                    compare(key.getValue(), value, place, found);
                }
            }
        } else if (shape.isArray() && shape.isEmpty()) {
            if (!answer.isArray() || !answer.isEmpty()) {
                found.add(at + " is no empty list: " + answer);
            }
        } else if (shape.isArray()) {
            if (!answer.isArray() || answer.isEmpty()) {
                found.add(at + " is no list with elements: " + answer);
                return;
            }
            for (int i = 0; i < answer.size(); i++) {
                compare(shape.path(0), answer.path(i), at + "[" + i + "]", found);
            }
        } else if (!fits(shape, answer)) {
            found.add(at + " is not " + shape + ": " + answer);
        }
    }

    private static boolean isAbsent(JsonNode shape) {
        return shape.isString() && shape.asString().equals("absent");
    }

    private static boolean fits(JsonNode shape, JsonNode value) {
        if (!shape.isString()) {
            return shape.isNumber()
                    ? value.isNumber() && shape.decimalValue().compareTo(value.decimalValue()) == 0
                    : shape.equals(value);
        }
        String word = shape.asString();
        if (word.startsWith("=")) {
            return value.isString() && value.asString().equals(word.substring(1));
        }
        if (word.endsWith(OR_NULL)) {
            return value.isNull() || fits(word.substring(0, word.length() - OR_NULL.length()), value);
        }
        return fits(word, value);
    }

    private static boolean fits(String word, JsonNode value) {
        if (word.startsWith(LIST_OF)) {
            return value.isArray() && value.valueStream().allMatch(one -> fits(word.substring(LIST_OF.length()), one));
        }
        if (word.startsWith(ONE_OF)) {
            return value.isString()
                    && List.of(word.substring(ONE_OF.length()).split(", ")).contains(value.asString());
        }
        if (word.startsWith(ID)) {
            return value.isString() && value.asString().matches(word.substring(ID.length()) + "_[0-9a-f]{32}");
        }
        return switch (word) {
            case "string" -> value.isString();
            case "text" -> value.isString() && !value.asString().isBlank();
            case "time" -> value.isString() && TIME.matcher(value.asString()).matches();
            case "integer" -> value.isIntegralNumber();
            case "points" -> value.isIntegralNumber() && between(value, 100);
            case "number" -> value.isNumber();
            case "share" -> value.isNumber() && between(value, 1);
            case "percent" -> value.isNumber() && between(value, 100);
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("Unknown word of a contract: " + word);
        };
    }

    private static boolean between(JsonNode value, int most) {
        return value.asDouble() >= 0 && value.asDouble() <= most;
    }

    /** How many keys a shape names. */
    static int keys(JsonNode shape) {
        return (shape.isObject() ? shape.size() : 0)
                + shape.valueStream().mapToInt(Shape::keys).sum();
    }

    /** A change to an answer that a comparison has to notice. */
    record Mutation(String what, String place, JsonNode answer) {}

    /** The keys that a shape says are there, as {@code .data[].id}. */
    static Set<String> places(JsonNode shape) {
        Set<String> places = new TreeSet<>();
        collect(shape, "", places);
        return places;
    }

    /** The keys of an answer that a shape says nothing of. */
    static Set<String> unnamed(JsonNode shape, JsonNode answer) {
        Set<String> found = new TreeSet<>();
        unnamed(shape, answer, "", found);
        return found;
    }

    private static void unnamed(JsonNode shape, JsonNode answer, String at, Set<String> found) {
        if (shape.isObject() && answer.isObject()) {
            answer.properties().forEach(key -> {
                JsonNode known = shape.get(key.getKey());
                if (known == null) {
                    found.add(at + "." + key.getKey());
                } else {
                    unnamed(known, key.getValue(), at + "." + key.getKey(), found);
                }
            });
        } else if (shape.isArray() && !shape.isEmpty() && answer.isArray()) {
            answer.forEach(element -> unnamed(shape.path(0), element, at + "[]", found));
        }
    }

    private static void collect(JsonNode shape, String at, Set<String> places) {
        if (shape.isObject()) {
            shape.properties().stream().filter(key -> !isAbsent(key.getValue())).forEach(key -> {
                places.add(at + "." + key.getKey());
                collect(key.getValue(), at + "." + key.getKey(), places);
            });
        } else if (shape.isArray() && !shape.isEmpty()) {
            collect(shape.path(0), at + "[]", places);
        }
    }

    /** The answer once for each documented key in it, with that key renamed. */
    static Stream<Mutation> renamed(JsonNode shape, JsonNode answer) {
        return places(shape, answer, List.of()).map(place -> {
            JsonNode copy = answer.deepCopy();
            ObjectNode parent = (ObjectNode) find(copy, place.parent());
            parent.set(place.key() + "_", parent.remove(place.key()));
            return new Mutation(place + " renamed", place.generic(), copy);
        });
    }

    /** The answer once for each documented key in it and each value of another type. */
    static Stream<Mutation> retyped(JsonNode shape, JsonNode answer) {
        return places(shape, answer, List.of())
                .flatMap(place -> STRANGERS.stream()
                        .filter(stranger -> !resembles(place.shape(), stranger))
                        .map(stranger -> {
                            JsonNode copy = answer.deepCopy();
                            ((ObjectNode) find(copy, place.parent())).set(place.key(), stranger);
                            return new Mutation(place + " = " + stranger, place.generic(), copy);
                        }));
    }

    /** Whether the documents leave it open that a value is this; written down apart from the comparison. */
    private static boolean resembles(JsonNode shape, JsonNode stranger) {
        if (shape.isBoolean()) {
            return stranger.equals(shape);
        }
        if (!shape.isString()) {
            return false;
        }
        String word = shape.asString();
        if (stranger.isNull()) {
            return word.endsWith("null");
        }
        if (stranger.isString()) {
            return word.startsWith("string")
                    || word.startsWith("text") && !stranger.asString().isEmpty();
        }
        return stranger.isBoolean() && word.startsWith("boolean")
                || stranger.isNumber() && word.startsWith("number")
                || stranger.isObject() && word.startsWith("object")
                || stranger.isArray() && word.startsWith("list of object");
    }

    private record Place(List<Object> parent, String key, JsonNode shape) {

        String generic() {
            return and(parent, key).stream()
                    .map(step -> step instanceof Integer ? "[]" : "." + step)
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return parent + "." + key;
        }
    }

    private static Stream<Place> places(JsonNode shape, JsonNode answer, List<Object> at) {
        if (shape.isObject()) {
            return shape.properties().stream()
                    .filter(key -> !isAbsent(key.getValue()))
                    .flatMap(key -> Stream.concat(
                            Stream.of(new Place(at, key.getKey(), key.getValue())),
                            places(key.getValue(), answer.path(key.getKey()), and(at, key.getKey()))));
        }
        if (shape.isArray() && !shape.isEmpty()) {
            return IntStream.range(0, Math.min(ELEMENTS, answer.size()))
                    .boxed()
                    .flatMap(i -> places(shape.path(0), answer.path(i), and(at, i)));
        }
        return Stream.empty();
    }

    private static List<Object> and(List<Object> path, Object step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }

    private static JsonNode find(JsonNode root, List<Object> path) {
        JsonNode found = root;
        for (Object step : path) {
            found = step instanceof Integer index ? ((ArrayNode) found).get(index) : found.get((String) step);
        }
        return found;
    }
}
