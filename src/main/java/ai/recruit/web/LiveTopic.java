package ai.recruit.web;

import ai.recruit.access.Caller;
import ai.recruit.events.Event;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A kind of thing that can be watched live, over SSE and as the WebSocket topic {@code prefix:id}. Each feature declares
 * a bean for each kind.
 */
public interface LiveTopic {

    /** The word before the colon, for example {@code resume}. */
    String prefix();

    /**
     * The endpoint that shows the same over SSE, with {@code {id}} for the id. Whoever may not use it, by role or by the
     * scopes of a key, may not watch the topic either.
     */
    String endpoint();

    /**
     * Opens the topic for the caller, who may use the endpoint.
     *
     * @param id the public id
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND} when the caller may not see it, in the same words as
     *     when it does not exist
     */
    Mono<Topic> open(Caller caller, String id);

    /**
     * What is watched.
     *
     * @param selection the events
     * @param start where a watcher without a cursor begins
     * @param subject whose state decides that the topic has ended; null for a topic without end
     * @param last whether an event of the subject is the last one
     * @param ended whether the subject has ended, asked only when its events have left the log
     */
    record Topic(
            Selection selection, Start start, @Nullable String subject, Predicate<Event> last, Mono<Boolean> ended) {

        /** A topic without end that begins now. */
        public static Topic endless(Selection selection) {
            return new Topic(selection, Start.now(), null, event -> false, Mono.just(false));
        }
    }
}
