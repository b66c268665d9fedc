package ai.recruit.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One row of the log.
 *
 * @param cursor its place
 * @param type what happened, for example {@code resume.progress}
 * @param subject the public id of what it happened to, for example {@code res_...}
 * @param parent the public id of what the subject belongs to, for example the batch of a resume; null for none
 * @param audience who may see it
 * @param ownerId the account that owns the subject; null when the subject is common to all
 * @param at when it was appended
 * @param data the details as JSON text, an object
 */
public record Event(
        Cursor cursor,
        String type,
        String subject,
        @Nullable String parent,
        Audience audience,
        @Nullable UUID ownerId,
        Instant at,
        String data)
        implements LogSignal {

    private static final Pattern ID = Pattern.compile("[a-z]+_[0-9a-f]{32}");

    /** The event without its data but for ids, as {@link LogErasure} leaves it. */
    Event emptied(JsonMapper json) {
        Map<String, Object> left = new LinkedHashMap<>();
        json.readTree(data).properties().forEach(field -> {
            String text = field.getValue().asString("");
            if (field.getValue().isString() && ID.matcher(text).matches()) {
                left.put(field.getKey(), text);
            }
        });
        left.put("erased", true);
        return new Event(cursor, type, subject, parent, audience, ownerId, at, json.writeValueAsString(left));
    }
}
