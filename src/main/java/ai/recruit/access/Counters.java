package ai.recruit.access;

import ai.recruit.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts in fixed windows, common to all nodes in Redis. While Redis is away each node counts by itself: less exact, but
 * never open and never shut.
 */
@Component
class Counters {

    private static final Logger log = LoggerFactory.getLogger(Counters.class);
    private static final String PREFIX = "recruit:access:";
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST_LOCAL = 100_000;

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> HIT = RedisScript.of("""
            local count = redis.call('incr', KEYS[1])
            if count == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
            return {count, redis.call('pttl', KEYS[1])}
            """, List.class);

    private static final RedisScript<Long> GIVE_BACK = RedisScript.of("""
            if redis.call('exists', KEYS[1]) == 1 then return redis.call('decr', KEYS[1]) end
            return 0
            """, Long.class);

    private final ReactiveStringRedisTemplate redis;
    private final Clock clock;
    private final Map<String, Window> local = new ConcurrentHashMap<>();
    private volatile Instant awayUntil = Instant.MIN;

    Counters(ReactiveStringRedisTemplate redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Counts one more. */
    Mono<Hit> hit(String key, Duration window) {
        return either(
                () -> redis.execute(HIT, List.of(PREFIX + key), List.of(Long.toString(window.toMillis())))
                        .next()
                        .map(answer -> new Hit(
                                ((Number) answer.get(0)).longValue(),
                                Duration.ofMillis(Math.max(1, ((Number) answer.get(1)).longValue())))),
                () -> hitLocally(key, window));
    }

    /** Takes one back. */
    Mono<Void> giveBack(String key) {
        return either(
                        () -> redis.execute(GIVE_BACK, List.of(PREFIX + key), List.of())
                                .next(),
                        () -> {
                            local.computeIfPresent(
                                    key,
                                    (name, window) -> new Window(Math.max(0, window.count() - 1), window.endsAt()));
                            return 0L;
                        })
                .then();
    }

    /** Remembers a fact for a while. */
    Mono<Void> remember(String key, Duration time) {
        return either(() -> redis.opsForValue().set(PREFIX + key, "1", time), () -> {
                    local.put(key, new Window(1, clock.instant().plus(time)));
                    return true;
                })
                .then();
    }

    Mono<Boolean> exists(String key) {
        return either(() -> redis.hasKey(PREFIX + key), () -> {
            Window window = local.get(key);
            return window != null && window.endsAt().isAfter(clock.instant());
        });
    }

    Mono<Void> remove(String key) {
        return either(() -> redis.delete(PREFIX + key), () -> {
                    local.remove(key);
                    return 0L;
                })
                .then();
    }

    private <T> Mono<T> either(Supplier<Mono<T>> shared, Supplier<T> own) {
        return Mono.defer(() -> {
            if (clock.instant().isBefore(awayUntil)) {
                return Mono.fromSupplier(own);
            }
            return shared.get().timeout(PATIENCE).onErrorResume(failure -> {
                awayUntil = clock.instant().plus(PAUSE);
                log.warn("Redis is away, attempts are counted on this node alone: {}", failure.toString());
                return Mono.fromSupplier(own);
            });
        });
    }

    private Hit hitLocally(String key, Duration window) {
        Instant now = clock.instant();
        if (local.size() > MOST_LOCAL) {
            local.values().removeIf(old -> !old.endsAt().isAfter(now));
        }
        if (local.size() > MOST_LOCAL) {
            local.clear();
        }
        Window counted = local.merge(
                key,
                new Window(1, now.plus(window)),
                (old, fresh) -> old.endsAt().isAfter(now) ? new Window(old.count() + 1, old.endsAt()) : fresh);
        return new Hit(counted.count(), Duration.between(now, counted.endsAt()));
    }

    private record Window(long count, Instant endsAt) {}

    /**
     * A count.
     *
     * @param left how long the window still lasts
     */
    record Hit(long count, Duration left) {

        /** Fails when the count is over the limit. */
        Mono<Void> allow(int limit) {
            return count > limit ? Mono.error(Problem.rateLimited(left)) : Mono.empty();
        }
    }
}
