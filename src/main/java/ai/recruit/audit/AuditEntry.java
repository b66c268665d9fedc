package ai.recruit.audit;

import ai.recruit.access.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done, to be recorded. Ids alone, but for the details: those are the only place where personal words
 * may stand, because they can be erased later without breaking the chain of entries.
 *
 * @param actorId the account that did it; null for the service itself
 * @param keyId the service key that acted for the account; null for a person
 * @param role the role in which it was done, for example {@code recruiter}; {@code service} for the service itself
 * @param action what was done, a noun and a past participle like the types of events: {@code candidate.viewed}
 * @param subject the public id of what it was done to
 * @param parent the public id of what the subject belongs to, for example the candidate of a resume; null for none
 * @param ownerId the account in whose database the subject lies, which may read the entry too; null for none
 * @param address the IP address that the request came from; null when it is not known
 * @param requestId the request; null outside of one
 * @param details whatever else there is to say, written as JSON
 */
public record AuditEntry(
        @Nullable UUID actorId,
        @Nullable UUID keyId,
        String role,
        String action,
        String subject,
        @Nullable String parent,
        @Nullable UUID ownerId,
        @Nullable String address,
        @Nullable String requestId,
        Map<String, ?> details) {

    /** Something that the caller did. */
    public static AuditEntry by(Caller caller, String action, String subject, @Nullable UUID ownerId) {
        return new AuditEntry(
                caller.accountId(),
                caller.isKey() ? caller.sessionId() : null,
                caller.role().word(),
                action,
                subject,
                null,
                ownerId,
                caller.address(),
                caller.requestId(),
                Map.of());
    }

    /** Something that the service did without being asked. */
    public static AuditEntry byService(String action, String subject, @Nullable UUID ownerId) {
        return new AuditEntry(null, null, "service", action, subject, null, ownerId, null, null, Map.of());
    }

    /** The same entry, for a subject that belongs to this. */
    public AuditEntry under(@Nullable String parentId) {
        return new AuditEntry(actorId, keyId, role, action, subject, parentId, ownerId, address, requestId, details);
    }

    /** The same entry with details. */
    public AuditEntry with(Map<String, ?> more) {
        return new AuditEntry(actorId, keyId, role, action, subject, parent, ownerId, address, requestId, more);
    }
}
