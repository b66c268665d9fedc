package ai.recruit.candidate;

import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events of candidates. They hold ids and the names of fields, never what stands in them. */
final class CandidateEvents {

    static final String CREATED = "candidate.created";
    static final String UPDATED = "candidate.updated";
    static final String SCORED = "candidate.scored";
    static final String REMOVED = "candidate.removed";
    /** The candidate is one with another from now on; {@code survivor_id} tells with whom. */
    static final String MERGED = "candidate.merged";

    static final String UNMERGED = "candidate.unmerged";
    /** For the account with which a candidate is shared from now on, or with other permissions. */
    static final String SHARED = "candidate.shared";
    /** For the account with which a candidate is shared no more. */
    static final String UNSHARED = "candidate.unshared";
    /** For the account whose tags they are. */
    static final String TAGGED = "candidate.tagged";
    /** For the account that looked. */
    static final String VIEWED = "candidate.viewed";

    private CandidateEvents() {}

    static NewEvent of(String type, UUID accountId, UUID candidateId, Map<String, ?> data) {
        String id = IdKind.CANDIDATE.format(candidateId);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("candidate_id", id);
        all.putAll(data);
        return NewEvent.owned(accountId, type, id, all);
    }

    static NewEvent updated(UUID ownerId, UUID candidateId, Collection<String> changed) {
        return of(UPDATED, ownerId, candidateId, Map.of("changed", List.copyOf(changed)));
    }

    /** The events, and each of those that tell of a change also for those with whom the candidate is shared. */
    static List<NewEvent> told(List<NewEvent> events, Collection<Map.Entry<UUID, UUID>> recipients) {
        if (recipients.isEmpty()) {
            return events;
        }
        List<NewEvent> all = new ArrayList<>(events);
        for (Map.Entry<UUID, UUID> recipient : recipients) {
            String subject = IdKind.CANDIDATE.format(recipient.getKey());
            events.stream()
                    .filter(event -> event.subject().equals(subject)
                            && (event.type().equals(UPDATED) || event.type().equals(SCORED)))
                    .map(event -> NewEvent.owned(recipient.getValue(), event.type(), subject, event.data()))
                    .forEach(all::add);
        }
        return all;
    }
}
