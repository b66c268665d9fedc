package ai.recruit.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        implements LogSignal {}
