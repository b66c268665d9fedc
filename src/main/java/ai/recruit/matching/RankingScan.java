package ai.recruit.matching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Goes through all rows of a snapshot and keeps the best. It leaves nothing out: a row is passed over only when it could
 * not be among the best even with all skills.
 *
 * @param <S> the columns
 */
final class RankingScan<S extends Segment> {

    /** Whether a row may be seen at all. */
    interface Visible<S> {
        boolean test(S segment, int row);
    }

    /** A row among the best; the better first, and of two alike the one with the smaller id. */
    record Hit<S extends Segment>(int total, UUID id, S segment, int row) implements Comparable<Hit<S>> {

        private static final Comparator<Hit<?>> ORDER =
                Comparator.<Hit<?>>comparingInt(Hit::total).reversed().thenComparing(Hit::id, RankingScan::compare);

        @Override
        public int compareTo(Hit<S> other) {
            return ORDER.compare(this, other);
        }
    }

    private final RankingTable.Snapshot<S> snapshot;
    private final PairScorer<S> scorer;
    private final Visible<S> visible;
    private final Best best;
    private final int limit;
    private volatile boolean cancelled;

    /**
     * @param limit how many at most
     * @param least the least score
     */
    RankingScan(RankingTable.Snapshot<S> snapshot, PairScorer<S> scorer, Visible<S> visible, int limit, int least) {
        this.snapshot = snapshot;
        this.scorer = scorer;
        this.visible = visible;
        this.limit = limit;
        this.best = new Best(least);
    }

    /** The best, in order. Segment by segment on the parallel threads, between other work; may be cancelled. */
    Mono<List<Hit<S>>> run() {
        return Flux.range(0, snapshot.segments().size())
                .flatMap(
                        number -> Mono.fromRunnable(() -> scan(number)).subscribeOn(Schedulers.parallel()),
                        Schedulers.DEFAULT_POOL_SIZE)
                .then(Mono.fromSupplier(best::inOrder))
                .doOnCancel(() -> cancelled = true);
    }

    private void scan(int number) {
        S segment = snapshot.segments().get(number);
        int rows = snapshot.rowsOf(number);
        Best here = new Best(best.least());
        PairNumbers numbers = new PairNumbers();
        for (int row = 0; row < rows && !cancelled; row++) {
            if (segment.alive(row, snapshot.number()) && visible.test(segment, row)) {
                int total = scorer.total(segment, row, here.least(), numbers);
                if (total != PairScorer.BELOW) {
                    here.offer(new Hit<>(total, segment.id(row), segment, row));
                }
            }
        }
        best.offerAll(here);
    }

    /** In the order that PostgreSQL gives them, which is that of their text. */
    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** The best so far, the worst of them on top. */
    private final class Best {

        private final PriorityQueue<Hit<S>> hits = new PriorityQueue<>(Collections.reverseOrder());
        private volatile int least;

        Best(int least) {
            this.least = least;
        }

        /** Below this, nothing can come among the best any more. */
        int least() {
            return least;
        }

        void offer(Hit<S> hit) {
            Hit<S> worst = hits.size() < limit ? null : hits.peek();
            if (worst != null) {
                if (hit.compareTo(worst) > 0) {
                    return;
                }
                hits.remove();
            }
            hits.add(hit);
            if (hits.size() == limit) {
                least = Math.max(least, hits.element().total());
            }
        }

        synchronized void offerAll(Best others) {
            others.hits.forEach(this::offer);
        }

        synchronized List<Hit<S>> inOrder() {
            List<Hit<S>> all = new ArrayList<>(hits);
            Collections.sort(all);
            return all;
        }
    }
}
