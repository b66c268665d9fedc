package ai.recruit.tenancy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Small changes that come at the same time are written in one transaction. One transaction runs at a time; what comes
 * meanwhile is written by the next. A change that comes alone is therefore written at once, and the more come, the less
 * each of them costs: behind a transaction that wrote several, the next one waits a few milliseconds for each of them, so
 * that it finds more to write. Only changes of the same key (the account) share a transaction.
 *
 * @param <K> what changes must have in common to be written together
 * @param <I> a change
 * @param <O> its outcome
 */
@SuppressWarnings("CheckReturnValue") // each subscription ends by itself, and its outcome goes to the sinks
public final class GroupCommit<K, I, O> {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** For each change of a transaction, from its beginning to that of the next one. */
    public static final Duration PACE = Duration.ofMillis(10);

    static final Duration SLOWEST_PACE = Duration.ofMillis(50);

    private final int most;
    private final Duration pace;
    private final Function<I, K> keyOf;
    private final BiFunction<K, List<I>, Mono<List<O>>> commit;
    private final Map<K, Deque<Entry<I, O>>> waiting = new LinkedHashMap<>();
    private boolean running;

    /** With the usual pace, {@link #PACE}. */
    public GroupCommit(int most, Function<I, K> keyOf, BiFunction<K, List<I>, Mono<List<O>>> commit) {
        this(most, PACE, keyOf, commit);
    }

    /**
     * @param most how many changes one transaction takes
     * @param pace for each change of a transaction that wrote several, from its beginning to that of the next one; zero when
     *     somebody waits for each of them, since those who wait send nothing more meanwhile
     * @param commit writes changes in one transaction and gives their outcomes in the same order; it must change nothing
     *     when it fails
     */
    public GroupCommit(int most, Duration pace, Function<I, K> keyOf, BiFunction<K, List<I>, Mono<List<O>>> commit) {
        this.most = most;
        this.pace = pace;
        this.keyOf = keyOf;
        this.commit = commit;
    }

    private record Entry<I, O>(I item, Sinks.One<O> outcome) {}

    private record Group<K, I, O>(K key, List<Entry<I, O>> entries, long began) {

        List<I> items() {
            return entries.stream().map(Entry::item).toList();
        }
    }

    /** Hands a change over at once, whether or not anybody waits for its outcome. */
    public Mono<O> submit(I item) {
        Entry<I, O> entry = new Entry<>(item, Sinks.one());
        synchronized (this) {
            waiting.computeIfAbsent(keyOf.apply(item), key -> new ArrayDeque<>())
                    .add(entry);
        }
        proceed();
        return entry.outcome().asMono();
    }

    private void proceed() {
        Group<K, I, O> group;
        synchronized (this) {
            if (running || waiting.isEmpty()) {
                return;
            }
            running = true;
            group = take();
        }
        Mono<List<O>> written = Mono.defer(() -> commit.apply(group.key(), group.items()))
                .onErrorResume(failure -> group.entries().size() > 1 && !Outages.isOutage(failure)
                        ? Mono.just(List.of())
                        : Mono.error(failure));
        written.subscribe(
                outcomes -> {
                    if (outcomes.size() == group.entries().size()) {
                        for (int i = 0; i < outcomes.size(); i++) {
                            group.entries()
                                    .get(i)
                                    .outcome()
                                    .emitValue(outcomes.get(i), Sinks.EmitFailureHandler.FAIL_FAST);
                        }
                        end(group);
                    } else {
                        apart(group);
                    }
                },
                failure -> {
                    group.entries()
                            .forEach(entry -> entry.outcome().emitError(failure, Sinks.EmitFailureHandler.FAIL_FAST));
                    end(group);
                });
    }

    /** One of them cannot be written: the others shall not suffer for it. */
    private void apart(Group<K, I, O> group) {
        Flux.fromIterable(group.entries())
                .concatMap(entry -> Mono.defer(() -> commit.apply(group.key(), List.of(entry.item())))
                        .doOnNext(outcomes ->
                                entry.outcome().emitValue(outcomes.get(0), Sinks.EmitFailureHandler.FAIL_FAST))
                        .doOnError(failure -> entry.outcome().emitError(failure, Sinks.EmitFailureHandler.FAIL_FAST))
                        .onErrorComplete())
                .subscribe(
                        ignored -> {}, failure -> log.error("A group of changes was lost", failure), () -> end(group));
    }

    private void end(Group<K, I, O> group) {
        int written = group.entries().size();
        long paced = Math.min(written * pace.toNanos(), SLOWEST_PACE.toNanos());
        long rest = paced - (System.nanoTime() - group.began());
        if (written > 1 && written < most && rest > 0) {
            Schedulers.parallel().schedule(this::next, rest, TimeUnit.NANOSECONDS);
        } else {
            next();
        }
    }

    private void next() {
        synchronized (this) {
            running = false;
        }
        proceed();
    }

    /** The next group, of the key that has waited longest. */
    private Group<K, I, O> take() {
        Iterator<Map.Entry<K, Deque<Entry<I, O>>>> keys = waiting.entrySet().iterator();
        Map.Entry<K, Deque<Entry<I, O>>> first = keys.next();
        K key = first.getKey();
        Deque<Entry<I, O>> queue = first.getValue();
        keys.remove();
        List<Entry<I, O>> taken = new ArrayList<>();
        while (!queue.isEmpty() && taken.size() < most) {
            taken.add(queue.remove());
        }
        if (!queue.isEmpty()) {
            waiting.put(key, queue);
        }
        return new Group<>(key, taken, System.nanoTime());
    }
}
