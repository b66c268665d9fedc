package ai.recruit.resume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * How many documents are in memory and being read at once. Whoever waits for one of a batch lets the others pass: single
 * uploads go first, and one slot is never given to a batch, so that they need not wait for one of its long documents.
 */
@Component
class DocumentSlots {

    private final Map<Lane, Deque<Waiter>> waiting = new EnumMap<>(Lane.class);
    private int free;
    private int freeForBulk;

    @Autowired
    DocumentSlots(ResumeProperties properties) {
        this(properties.documentsAtOnce());
    }

    DocumentSlots(int slots) {
        this.free = slots;
        this.freeForBulk = Math.max(1, slots - 1);
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new ArrayDeque<>());
        }
    }

    private static final class Waiter {

        private final Lane lane;
        private final Sinks.Empty<Void> turn = Sinks.empty();
        private boolean inside;

        Waiter(Lane lane) {
            this.lane = lane;
        }
    }

    /** Does the work when it is its turn. */
    <T> Mono<T> in(Lane lane, Mono<T> work) {
        return Mono.defer(() -> {
            Waiter waiter = new Waiter(lane);
            enter(waiter);
            return waiter.turn.asMono().then(work).doFinally(signal -> leave(waiter));
        });
    }

    private void enter(Waiter waiter) {
        synchronized (this) {
            waiting(waiter.lane).add(waiter);
        }
        admit();
    }

    private void leave(Waiter waiter) {
        synchronized (this) {
            if (waiter.inside) {
                free++;
                freeForBulk += waiter.lane == Lane.BULK ? 1 : 0;
            } else {
                waiting(waiter.lane).remove(waiter);
            }
        }
        admit();
    }

    private void admit() {
        for (Waiter next = next(); next != null; next = next()) {
            next.turn.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    private synchronized @Nullable Waiter next() {
        if (free == 0) {
            return null;
        }
        Waiter next = waiting(Lane.INTERACTIVE).poll();
        if (next == null && freeForBulk > 0) {
            next = waiting(Lane.BULK).poll();
            freeForBulk -= next == null ? 0 : 1;
        }
        if (next != null) {
            next.inside = true;
            free--;
        }
        return next;
    }

    private Deque<Waiter> waiting(Lane lane) {
        Deque<Waiter> queue = waiting.get(lane);
        if (queue == null) {
            throw new IllegalStateException(lane.word());
        }
        return queue;
    }
}
