package ai.recruit.tenancy;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/** Pieces of work that share one transaction and so go one after another: each sets its own tenant. */
final class Turns {

    private final ContextView transaction;
    private Mono<Void> last = Mono.empty();

    /** @param transaction the context that says in which transaction they are */
    Turns(ContextView transaction) {
        this.transaction = transaction;
    }

    /** The same work, in the transaction and when its turn has come. */
    @SuppressWarnings("CheckReturnValue") // what is subscribed to ends when the turn before does
    <T> Flux<T> take(Publisher<T> work) {
        return Flux.defer(() -> {
            Sinks.Empty<Void> over = Sinks.empty();
            Mono<Void> before;
            synchronized (this) {
                before = last;
                last = over.asMono();
            }
            // Who does not wait any longer still leaves the turn before its time.
            return before.thenMany(work)
                    .contextWrite(context -> context.putAll(transaction).delete(Turns.class))
                    .doFinally(signal -> before.subscribe(none -> {}, failure -> {}, over::tryEmitEmpty));
        });
    }
}
