package ai.recruit.matching;

import java.util.Collection;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Matches of candidates with jobs. Each new one is an event {@code match.found} of the candidate's owner, with
 * {@code match_id}, {@code candidate_id}, {@code job_id} and {@code match_score}.
 */
public interface Matches {

    /**
     * Scores a candidate against all active jobs and stores what is at or above the minimum; what has fallen below is
     * taken out. Doing it again with nothing changed changes nothing and causes no event. Works in short transactions of
     * its own, so it must not be called inside one.
     *
     * @param ownerId the account that owns the candidate
     * @return how many matches the candidate has now
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND} when the account has no such candidate
     */
    Mono<Integer> matchCandidate(UUID ownerId, UUID candidateId);

    /**
     * Does the same for several candidates of an account at once, which costs far less than one by one. Candidates that
     * the account does not have are passed over.
     */
    Mono<Void> matchCandidates(UUID ownerId, Collection<UUID> candidateIds);
}
