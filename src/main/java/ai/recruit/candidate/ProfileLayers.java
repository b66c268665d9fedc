package ai.recruit.candidate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a candidate into whom others are merged is like: the profile from before the first merge, and upon it, in their
 * order, the merges and the later changes. Leaving a merge out gives what the candidate would be like had it never been,
 * with every later change kept.
 */
final class ProfileLayers {

    /** Fields that are sets: a merge adds to them, a change adds and removes. */
    static final List<String> SETS = List.of("skills", "edited");

    private ProfileLayers() {}

    /** What a layer is. */
    enum Kind {
        BASE,
        MERGE,
        CHANGE
    }

    /**
     * A layer.
     *
     * @param mergedId whose fields a merge takes
     * @param fields of the base the whole profile; of a merge the names of the fields that it takes; of a change the
     *     fields with their new values, for sets what is added and removed
     */
    record Layer(Kind kind, @Nullable UUID mergedId, JsonNode fields) {}

    /** The profile that the layers make. */
    static ObjectNode fold(List<Layer> layers, Map<UUID, JsonNode> merged) {
        ObjectNode profile = (ObjectNode) layers.get(0).fields().deepCopy();
        for (Layer layer : layers.subList(1, layers.size())) {
            if (layer.kind() == Kind.MERGE) {
                JsonNode other = layer.mergedId() == null ? null : merged.get(layer.mergedId());
                if (other == null) {
                    throw new IllegalStateException("A merged profile is missing");
                }
                layer.fields().forEach(field -> take(profile, field.asString(), other));
            } else {
                layer.fields().forEachEntry((field, value) -> change(profile, field, value));
            }
        }
        return profile;
    }

    private static void take(ObjectNode profile, String field, JsonNode other) {
        if (SETS.contains(field)) {
            set(profile, field, other.path(field), null);
        } else {
            profile.set(field, other.path(field).deepCopy());
        }
    }

    private static void change(ObjectNode profile, String field, JsonNode value) {
        if (SETS.contains(field)) {
            set(profile, field, value.path("add"), value.path("remove"));
        } else {
            profile.set(field, value.deepCopy());
        }
    }

    private static void set(ObjectNode profile, String field, JsonNode add, @Nullable JsonNode remove) {
        Set<String> values = new LinkedHashSet<>();
        profile.path(field).forEach(value -> values.add(value.asString()));
        if (remove != null) {
            remove.forEach(value -> values.remove(value.asString()));
        }
        add.forEach(value -> values.add(value.asString()));
        ArrayNode all = profile.putArray(field);
        values.forEach(all::add);
    }
}
