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

    private final Map<Lane, Deque<Turn>> waiting = new EnumMap<>(Lane.class);
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

    /** A place in the queue, and then a slot. */
    final class Turn {

        private final Lane lane;
        private final Sinks.Empty<Void> come = Sinks.empty();
        private boolean inside;
        private boolean left;

        private Turn(Lane lane) {
            this.lane = lane;
        }

        /** Completes when the slot is there. */
        Mono<Void> come() {
            return come.asMono();
        }

        /** Gives the slot back, or the place in the queue; once. */
        void leave() {
            synchronized (DocumentSlots.this) {
                if (left) {
                    return;
                }
                left = true;
                if (inside) {
                    free++;
                    freeForBulk += lane == Lane.BULK ? 1 : 0;
                } else {
                    waiting(lane).remove(this);
                }
            }
            admit();
        }
    }

    /** Takes a place in the queue; whoever took it must leave. */
    Turn turn(Lane lane) {
        Turn turn = new Turn(lane);
        synchronized (this) {
            waiting(lane).add(turn);
        }
        admit();
        return turn;
    }

    /** Does the work when it is its turn. */
    <T> Mono<T> in(Lane lane, Mono<T> work) {
        return Mono.defer(() -> {
            Turn turn = turn(lane);
            return turn.come().then(work).doFinally(signal -> turn.leave());
        });
    }

    private void admit() {
        for (Turn next = next(); next != null; next = next()) {
            next.come.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    private synchronized @Nullable Turn next() {
        if (free == 0) {
            return null;
        }
        Turn next = waiting(Lane.INTERACTIVE).poll();
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

    private Deque<Turn> waiting(Lane lane) {
        Deque<Turn> queue = waiting.get(lane);
        if (queue == null) {
            throw new IllegalStateException(lane.word());
        }
        return queue;
    }
}
