package ai.recruit.candidate;

import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who is the same person as the candidate of the address.
 *
 * @param mergedId who becomes one with them
 * @param choices whose value a field has afterwards, {@code survivor} or {@code merged}; without a choice it is the
 *     survivor's, or the merged one's where the survivor has none. Skills are united
 */
@Schema(example = """
                {"merged_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b5", "choices": {"email": "merged", "name": "survivor"}}""")
record NewMerge(@Nullable String mergedId, @Nullable Map<String, @Nullable String> choices) {

    /** The fields that can be chosen, as they are called here and in the layers. */
    private static final Map<String, String> FIELDS = fields();

    private static final String SURVIVOR = "survivor";
    private static final String MERGED = "merged";

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        List.of(
                        "name",
                        "email",
                        "phone",
                        "location",
                        "title",
                        "summary",
                        "education",
                        "status",
                        "source",
                        "position_id",
                        "score",
                        "resume",
                        "wishes")
                .forEach(field -> fields.put(field, field));
        fields.put("experience_years", "experience_months");
        return fields;
    }

    /** Checks the request and gives back who is merged. */
    UUID checked() {
        FieldChecks checks = new FieldChecks();
        UUID id = new UUID(0, 0);
        if (mergedId == null || mergedId.isBlank()) {
            checks.reject("merged_id", "is required");
        } else {
            Optional<UUID> given = IdKind.CANDIDATE.parse(mergedId);
            if (given.isEmpty()) {
                checks.reject("merged_id", "must be an id such as cand_...");
            }
            id = given.orElse(id);
        }
        if (choices != null) {
            choices.forEach((field, choice) -> {
                if (!FIELDS.containsKey(field)) {
                    checks.reject(
                            "choices." + field,
                            "is not a field to choose; known are " + String.join(", ", FIELDS.keySet()));
                } else if (!SURVIVOR.equals(choice) && !MERGED.equals(choice)) {
                    checks.reject("choices." + field, "must be survivor or merged");
                }
            });
        }
        checks.verify();
        return id;
    }

    /** The fields that the survivor takes over from the merged one. */
    List<String> taken(JsonNode survivor, JsonNode merged) {
        List<String> taken = new ArrayList<>();
        FIELDS.forEach((name, field) -> {
            String choice = choices == null ? null : choices.get(name);
            boolean take = choice == null
                    ? isEmpty(survivor.path(field)) && !isEmpty(merged.path(field))
                    : choice.equals(MERGED);
            if (take) {
                taken.add(field);
                if (field.equals("resume")) {
                    taken.add("resume_wishes");
                }
            }
        });
        taken.addAll(ProfileLayers.SETS);
        return taken;
    }

    private static boolean isEmpty(JsonNode value) {
        if (value.isObject()) {
            return value.valueStream().allMatch(NewMerge::isEmpty);
        }
        return value.isMissingNode()
                || value.isNull()
                || (value.isString() && value.asString().isEmpty())
                || (value.isNumber() && value.asLong() == 0)
                || (value.isArray() && value.isEmpty());
    }
}
