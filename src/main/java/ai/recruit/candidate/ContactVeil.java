package ai.recruit.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of texts and parsed data how a person can be reached. */
final class ContactVeil {

    private static final String HIDDEN = "[hidden]";
    private static final Set<String> FIELDS = Set.of("email", "phone", "links", "address");
    private static final Pattern EMAIL = Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]{1,189}");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)\\b(?:https?://|www\\.)\\S+|\\b(?:t\\.me|wa\\.me|linkedin\\.com|github\\.com|vk\\.com)/\\S+");
    /** Nine digits or more with what stands between the digits of a number. Two years and a line are eight. */
    private static final Pattern PHONE = Pattern.compile("\\+?\\(?\\d(?:[\\s().-]{0,3}\\d){8,14}");

    private ContactVeil() {}

    static @Nullable String text(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String veiled = EMAIL.matcher(text).replaceAll(HIDDEN);
        veiled = ADDRESS.matcher(veiled).replaceAll(HIDDEN);
        return PHONE.matcher(veiled).replaceAll(HIDDEN);
    }

    /** The JSON text without the fields for contact data, wherever they stand, and with all other texts veiled. */
    static String json(String json, JsonMapper mapper) {
        JsonNode tree = mapper.readTree(json);
        veil(tree);
        return mapper.writeValueAsString(tree);
    }

    private static void veil(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            for (String name : names) {
                JsonNode value = object.get(name);
                if (FIELDS.contains(name)) {
                    if (value.isArray()) {
                        object.putArray(name);
                    } else {
                        object.putNull(name);
                    }
                } else if (value.isString()) {
                    object.put(name, text(value.asString()));
                } else {
                    veil(value);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isString()) {
                    array.set(i, array.stringNode(text(array.get(i).asString())));
                } else {
                    veil(array.get(i));
                }
            }
        }
    }
}
