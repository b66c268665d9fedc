package ai.recruit.matching;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How one passage through all pairs of a candidate or job is done.
 *
 * @param since matches that were made or changed since then are left as they are; null for none
 * @param step told after each chunk how many pairs it had
 */
record Pass(@Nullable Instant since, Function<Integer, Mono<Void>> step) {

    /** Every pair, without a word. */
    static final Pass WHOLE = new Pass(null, pairs -> Mono.empty());
}
