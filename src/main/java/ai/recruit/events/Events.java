package ai.recruit.events;

import ai.recruit.tenancy.Tenant;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The event log. */
public interface Events {

    /**
     * Appends events in the transaction that the subscriber runs in, and rings the bell once that has committed.
     *
     * @throws IllegalStateException when there is no transaction
     */
    Mono<Void> append(List<NewEvent> events);

    /** Appends one event; see {@link #append(List)}. */
    default Mono<Void> append(NewEvent event) {
        return append(List.of(event));
    }

    /**
     * Follows the log without end: what is there already, one {@link LogSignal.CaughtUp}, then what comes. Nothing is
     * skipped or repeated, however often the bell is lost. A slow reader is slowed: it holds no connection and no buffer
     * of its own while it waits.
     *
     * @param viewer for whom; only what this tenant may see is delivered
     */
    Flux<LogSignal> follow(Tenant viewer, Selection selection, Start start);

    /** The latest event whose subject this is; empty when none is left in the log. */
    Mono<Event> latest(Tenant viewer, String subject);

    /** The place up to which the log can be read now. */
    Mono<Cursor> now();
}
