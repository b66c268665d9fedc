package ai.recruit.access;

import ai.recruit.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts, common to all nodes in Redis: in fixed windows what somebody tries, in sliding ones what somebody asks. While
 * Redis is away each node counts by itself: less exact, but never open and never shut.
 */
@Component
class Counters {

    private static final Logger log = LoggerFactory.getLogger(Counters.class);
    private static final String PREFIX = "recruit:access:";
    private static final String RATES = "recruit:rate:";
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

    /**
     * Takes some of what a limit leaves, by the clock of Redis. The hash has a field for each slot of time in which
     * something was taken, and a field {@code slot:lease} for each lease that is not closed yet. A slot counts until a
     * window, and the time that a node may take to use what it got, have passed since its end.
     *
     * <p>Everything in it may happen twice, when an answer is lost and the command is sent again, and then at worst too
     * much is counted: a lease is written, not added, and closed by removing it.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> TAKE = RedisScript.of("""
            local limit, hold, slotted, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
            local time = redis.call('time')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local slot = math.floor(now / slotted)
            local closed, spent = ARGV[6], tonumber(ARGV[7])
            if closed ~= '' and redis.call('hdel', KEYS[1], closed) == 1 and spent > 0 then
                redis.call('hincrby', KEYS[1], string.match(closed, '^%d+'), spent)
            end
            local used, oldest = 0, nil
            local all = redis.call('hgetall', KEYS[1])
            for i = 1, #all, 2 do
                local began = string.match(all[i], '^%d+')
                local ends = (began + 1) * slotted + hold
                if ends <= now then
                    redis.call('hdel', KEYS[1], all[i])
                else
                    used = used + all[i + 1]
                    if oldest == nil or ends < oldest then oldest = ends end
                    if #began < #all[i] and slot > began + 1 and now - began * slotted > 60000 then
                        redis.call('hdel', KEYS[1], all[i])
                        redis.call('hincrby', KEYS[1], began, all[i + 1])
                    end
                end
            end
            local left, granted = limit - used, 0
            if left > 0 and wanted > 0 then
                granted = math.min(wanted, 1 + math.floor((left - 1) / 16))
                if granted == 1 then
                    redis.call('hincrby', KEYS[1], string.format('%d', slot), 1)
                else
                    redis.call('hset', KEYS[1], string.format('%d', slot) .. ':' .. ARGV[5], granted)
                end
                if oldest == nil then oldest = (slot + 1) * slotted + hold end
                redis.call('pexpire', KEYS[1], hold + slotted)
            end
            if oldest == nil then oldest = now end
            return {granted, left - granted, oldest - now, slot}
            """, List.class);

    private final ReactiveStringRedisTemplate redis;
    private final Clock clock;
    private final Map<String, Window> local = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
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

    /**
     * Takes some of what a limit leaves. Nobody may use it later than {@code grace} after he has asked.
     *
     * @param wanted how many at most; 0 to close a lease and no more. More than one is a lease, which must be closed
     * @param lease a name for it that is never used again
     * @param closed a lease that is over, as in {@link Grant#lease}; empty for none
     * @param spent how many of it were used
     * @return {@link Grant#ALONE} when Redis is away
     */
    Mono<Grant> take(String key, RateLimit limit, Duration grace, int wanted, String lease, String closed, int spent) {
        return either(
                () -> redis.execute(
                                TAKE,
                                List.of(RATES + key),
                                List.of(
                                        Integer.toString(limit.most()),
                                        Long.toString(limit.window().plus(grace).toMillis()),
                                        Long.toString(limit.slotMillis()),
                                        Integer.toString(wanted),
                                        lease,
                                        closed,
                                        Integer.toString(spent)))
                        .next()
                        .map(answer -> new Grant(
                                (int) number(answer, 0),
                                Math.max(0, number(answer, 1)),
                                Math.max(1, number(answer, 2)),
                                number(answer, 3) + ":" + lease)),
                () -> Grant.ALONE);
    }

    private static long number(List<?> answer, int at) {
        return ((Number) answer.get(at)).longValue();
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

    /** How often Redis has been asked. */
    long asked() {
        return asked.sum();
    }

    private <T> Mono<T> either(Supplier<Mono<T>> shared, Supplier<T> own) {
        return Mono.defer(() -> {
            if (clock.instant().isBefore(awayUntil)) {
                return Mono.fromSupplier(own);
            }
            asked.increment();
            return shared.get().timeout(PATIENCE).onErrorResume(failure -> {
                awayUntil = clock.instant().plus(PAUSE);
                log.warn("Redis is away, attempts and requests are counted on this node alone: {}", failure.toString());
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

    /**
     * What a limit has left.
     *
     * @param granted how many may be used; they count as used
     * @param left how many are left besides
     * @param freesAfter milliseconds until more may be left
     * @param lease the name under which more than one is counted until it is closed
     */
    record Grant(int granted, long left, long freesAfter, String lease) {

        /** Redis is away. */
        static final Grant ALONE = new Grant(0, 0, 0, "");
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
