package ai.recruit.events;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to append.
 *
 * @param type what happened, a noun and a past participle or state, for example {@code candidate.created}
 * @param subject the public id of what it happened to
 * @param parent the public id of what the subject belongs to; null for none
 * @param audience who may see it
 * @param ownerId the account that owns the subject; null when the subject is common to all
 * @param data the details, an object that is written as JSON in snake_case; no personal data beyond ids where it can be
 *     helped, since the log is kept for a while
 * @param queue the queue of work that the relay hands the event to; null for none
 */
public record NewEvent(
        String type,
        String subject,
        @Nullable String parent,
        Audience audience,
        @Nullable UUID ownerId,
        Map<String, ?> data,
        @Nullable String queue) {

    /** An event that the owning account may see. */
    public static NewEvent owned(UUID ownerId, String type, String subject, Map<String, ?> data) {
        return new NewEvent(type, subject, null, Audience.OWNER, ownerId, data, null);
    }

    /** An event about something common to all accounts. */
    public static NewEvent common(String type, String subject, Map<String, ?> data) {
        return new NewEvent(type, subject, null, Audience.EVERYONE, null, data, null);
    }

    /** An event for the service itself. */
    public static NewEvent internal(String type, String subject, Map<String, ?> data) {
        return new NewEvent(type, subject, null, Audience.INTERNAL, null, data, null);
    }

    public NewEvent under(@Nullable String parentId) {
        return new NewEvent(type, subject, parentId, audience, ownerId, data, queue);
    }

    /** The same event, also handed to a queue of work. */
    public NewEvent queuedTo(String queueName) {
        return new NewEvent(type, subject, parent, audience, ownerId, data, queueName);
    }
}
