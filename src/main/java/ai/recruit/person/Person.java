package ai.recruit.person;

import java.util.List;
import java.util.UUID;

/**
 * A person in the database of one account.
 *
 * @param ownerId the account
 * @param candidateId the candidate that others are merged into, if any are
 * @param candidateIds this candidate and all who are merged into it
 * @param apartIds others who were merged with one of them once and are not any more
 */
public record Person(UUID ownerId, UUID candidateId, List<UUID> candidateIds, List<UUID> apartIds) {

    public Person {
        candidateIds = List.copyOf(candidateIds);
        apartIds = List.copyOf(apartIds);
    }
}
