package ai.recruit.events;

import java.util.List;
import reactor.core.publisher.Mono;

/** Remembers which pieces of work have had their effect, so that a redelivery has none. */
public interface Inbox {

    /**
     * Records the work as done, in the transaction that the subscriber runs in.
     *
     * @return true the first time, false when it had been recorded before
     */
    Mono<Boolean> record(Work work);

    /** Records several pieces of work as done, in the transaction that the subscriber runs in. */
    Mono<Void> recordAll(List<Work> work);
}
