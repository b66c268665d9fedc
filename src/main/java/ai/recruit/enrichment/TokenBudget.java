package ai.recruit.enrichment;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/**
 * The tokens of one UTC day, common to all nodes in Redis. While Redis is away each node counts for itself. Calls that run
 * at the same time may exceed the limit by their own size.
 */
final class TokenBudget {

    private static final String PREFIX = "recruit:enrichment:tokens:";
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final String TWO_DAYS = "172800";
    private static final RedisScript<Long> ADD = RedisScript.of("""
            local used = redis.call('incrby', KEYS[1], ARGV[1])
            redis.call('expire', KEYS[1], ARGV[2])
            return used
            """, Long.class);

    private final ReactiveStringRedisTemplate redis;
    private final Clock clock;
    private final long limit;
    private final String pool;
    private final AtomicLong local = new AtomicLong();
    private volatile String localDay = "";

    /** @param pool what shares one budget, for example the server and model */
    TokenBudget(ReactiveStringRedisTemplate redis, Clock clock, long limit, String pool) {
        this.redis = redis;
        this.clock = clock;
        this.limit = limit;
        this.pool = pool;
    }

    /** Whether something is left today. */
    Mono<Boolean> isLeft() {
        return add(0).map(used -> used < limit);
    }

    /** Counts what was spent; gives back what the day has cost by now. */
    Mono<Long> spend(long tokens) {
        return add(Math.max(0, tokens));
    }

    private Mono<Long> add(long tokens) {
        String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        return redis.execute(ADD, List.of(PREFIX + pool + ':' + day), List.of(Long.toString(tokens), TWO_DAYS))
                .next()
                .timeout(PATIENCE)
                .map(used -> Math.max(used, ownSince(day, tokens)))
                .onErrorResume(away -> Mono.fromSupplier(() -> ownSince(day, tokens)));
    }

    private synchronized long ownSince(String day, long tokens) {
        if (!day.equals(localDay)) {
            localDay = day;
            local.set(0);
        }
        return local.addAndGet(tokens);
    }
}
