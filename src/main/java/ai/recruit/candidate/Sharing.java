package ai.recruit.candidate;

import ai.recruit.access.Caller;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Whom a candidate is shown to. */
public interface Sharing {

    /**
     * Ends all shares of a candidate and of everybody merged into it, so that whoever they were shared with does not see
     * them any more, in open streams either. Runs as the service, in the transaction of the subscriber.
     *
     * @param by who says so, in whose name it is recorded
     * @param ownerId the account that owns the candidate
     * @param reason a word for the audit, for example {@code consent_withdrawn}
     * @return how many
     */
    Mono<Long> end(Caller by, UUID ownerId, UUID candidateId, String reason);
}
