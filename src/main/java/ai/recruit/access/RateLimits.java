package ai.recruit.access;

import ai.recruit.kernel.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets each account and each service key ask only so much, over all nodes together: never more than the limit in any span
 * of time of the limit's length (table 1.R, C13).
 *
 * <p>What is let through is counted in Redis ({@link Counters#take}). A node whose client asks fast takes several at once
 * while the limit is far, and may use them for {@link #GRACE}; they count as used as if they were used at the end of it,
 * and those that were not are given back. Besides, each node counts what it lets through by itself, and keeps the limit by
 * that count too: that is what holds while Redis is away, and why a service of one node stays exact even then.
 */
@Component
class RateLimits {

    /** How long what was taken may be used. A node that is slower than that takes anew. */
    static final Duration GRACE = Duration.ofMillis(600);

    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_TRIES = 3;
    /** A client that was refused is refused without asking Redis again for that long. */
    private static final long REFUSED_MILLIS = 100;

    private static final List<String> RECRUITER_API =
            List.of("auth", "candidates", "resumes", "interviews", "positions", "webhooks");

    private final Counters counters;
    private final Plans plans;
    private final ApiKeys apiKeys;
    private final RateProperties properties;
    private final Clock clock;
    private final LongSupplier millis;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    private final String node = Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, 36);
    private final AtomicLong leases = new AtomicLong();

    @Autowired
    RateLimits(Counters counters, Plans plans, ApiKeys apiKeys, RateProperties properties, Clock clock) {
        this(counters, plans, apiKeys, properties, clock, () -> System.nanoTime() / 1_000_000);
    }

    /** @param millis a clock that only goes forward */
    RateLimits(
            Counters counters,
            Plans plans,
            ApiKeys apiKeys,
            RateProperties properties,
            Clock clock,
            LongSupplier millis) {
        this.counters = counters;
        this.plans = plans;
        this.apiKeys = apiKeys;
        this.properties = properties;
        this.clock = clock;
        this.millis = millis;
    }

    /**
     * Counts a request and says in the answer's headers what is left.
     *
     * @return the caller
     * @throws Problem {@link ai.recruit.kernel.ProblemCode#RATE_LIMIT_EXCEEDED}
     */
    Mono<Caller> admit(ServerWebExchange exchange, Caller caller) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        if (!properties.enabled() || !isLimited(path.value())) {
            return Mono.just(caller);
        }
        RateLimit hourly = properties.hourly();
        RateLimit ofPlan =
                properties.of(caller.isKey() ? apiKeys.planOf(caller) : plans.of(caller.accountId(), caller.role()));
        RateLimit limit = isRecruiterApi(path.value()) ? hourly : ofPlan;
        return take(caller, limit).flatMap(outcome -> {
            headers(exchange.getResponse().getHeaders(), limit, List.of(hourly, ofPlan), outcome);
            return outcome.admitted()
                    ? Mono.just(caller)
                    : Mono.error(Problem.rateLimited(Duration.ofMillis(outcome.freesAfter())));
        });
    }

    /** Takes one of what the limit leaves: at once, where Redis need not be asked. */
    Mono<Outcome> take(Caller caller, RateLimit limit) {
        String key = (caller.isKey() ? caller.sessionId() : caller.accountId()) + ":" + limit.name();
        Share share = shares.compute(
                key, (name, present) -> present != null && present.fits(limit) ? present : new Share(name, limit));
        Outcome known = share.takeHere(limit, millis.getAsLong());
        return known == null ? ask(share, limit, 1) : Mono.just(known);
    }

    private Mono<Outcome> ask(Share share, RateLimit limit, int attempt) {
        return Mono.defer(() -> {
            long now = millis.getAsLong();
            Share.Ask ask = share.ask(now);
            return counters.take(share.key, limit, GRACE, ask.wanted(), ask.lease(), ask.closed(), ask.spent())
                    .flatMap(grant -> {
                        Outcome outcome = share.settle(limit, ask, grant, now, millis.getAsLong());
                        if (outcome != null) {
                            return Mono.just(outcome);
                        }
                        return attempt < MOST_TRIES
                                ? again(share, limit, attempt + 1)
                                : Mono.error(() -> Problem.rateLimited(GRACE));
                    })
                    .doFinally(signal -> share.asked(ask));
        });
    }

    private Mono<Outcome> again(Share share, RateLimit limit, int attempt) {
        Outcome known = share.takeHere(limit, millis.getAsLong());
        return known == null ? ask(share, limit, attempt) : Mono.just(known);
    }

    /** Gives back what was taken and not used, and forgets who has not asked for a window. */
    Mono<Void> maintain() {
        return Flux.defer(() -> {
                    long now = millis.getAsLong();
                    shares.values().removeIf(share -> share.isIdle(now));
                    return Flux.fromIterable(shares.values()).filter(share -> share.isOver(now));
                })
                .concatMap(share -> {
                    Share.Ask ask = share.close();
                    return ask == null
                            ? Mono.empty()
                            : counters.take(share.key, share.limit, GRACE, 0, ask.lease(), ask.closed(), ask.spent());
                })
                .then();
    }

    private static boolean isLimited(String path) {
        return path.startsWith("/api/") || path.equals("/ws");
    }

    private static boolean isRecruiterApi(String path) {
        String prefix = "/api/v1/";
        if (!path.startsWith(prefix)) {
            return false;
        }
        int end = path.indexOf('/', prefix.length());
        return RECRUITER_API.contains(path.substring(prefix.length(), end < 0 ? path.length() : end));
    }

    private void headers(HttpHeaders headers, RateLimit limit, List<RateLimit> policies, Outcome outcome) {
        long seconds = seconds(outcome.freesAfter());
        headers.set("X-RateLimit-Limit", Integer.toString(limit.most()));
        headers.set("X-RateLimit-Remaining", Long.toString(outcome.left()));
        headers.set("X-RateLimit-Reset", Long.toString(seconds(clock.millis() + outcome.freesAfter())));
        headers.set("RateLimit", '"' + limit.name() + "\";r=" + outcome.left() + ";t=" + seconds);
        headers.set(
                "RateLimit-Policy",
                policies.get(0).policy() + ", " + policies.get(1).policy());
    }

    private static long seconds(long milliseconds) {
        return Math.max(1, (milliseconds + 999) / 1000);
    }

    /**
     * Whether a request is let through.
     *
     * @param left how many more may follow
     * @param freesAfter milliseconds until more may follow than that
     */
    record Outcome(boolean admitted, long left, long freesAfter) {}

    /** What one principal has of one limit on this node. */
    private final class Share {

        private final String key;
        private final RateLimit limit;
        private final RateWindow own;

        /** The lease in use: how many of it are left, and until when. */
        private String lease = "";

        private int leased;
        private int unused;
        private long leaseEnds;

        /** Whether somebody takes a lease at this moment: only one at a time does. */
        private boolean leasing;

        private long left;
        private long freesAt;
        private long refusedUntil;
        private long lastSeen;

        /** Requests in this span of {@link #GRACE} and in the one before it, by which a lease is sized. */
        private long span;

        private int inSpan;
        private int inSpanBefore;

        Share(String key, RateLimit limit) {
            this.key = key;
            this.limit = limit;
            this.own = new RateWindow(limit);
            this.lastSeen = millis.getAsLong();
        }

        boolean fits(RateLimit other) {
            return limit.window().equals(other.window());
        }

        synchronized boolean isIdle(long now) {
            return now - lastSeen > limit.window().plus(GRACE).multipliedBy(2).toMillis();
        }

        synchronized boolean isOver(long now) {
            return !lease.isEmpty() && !leasing && now >= leaseEnds;
        }

        /** What can be said without asking Redis; null when it must be asked. */
        synchronized @Nullable Outcome takeHere(RateLimit present, long now) {
            lastSeen = now;
            see(now);
            if (own.count(now) >= present.most()) {
                return new Outcome(false, 0, own.freesAfter(now));
            }
            if (now < refusedUntil) {
                return new Outcome(false, 0, Math.max(1, freesAt - now));
            }
            if (unused > 0 && now < leaseEnds) {
                unused--;
                own.add(now);
                return new Outcome(true, left + unused, Math.max(1, freesAt - now));
            }
            return null;
        }

        private void see(long now) {
            long present = now / GRACE.toMillis();
            if (present != span) {
                inSpanBefore = present == span + 1 ? inSpan : 0;
                inSpan = 0;
                span = present;
            }
            inSpan++;
        }

        /** What to ask Redis for. */
        synchronized Ask ask(long now) {
            int demand = Math.min(MOST_AT_ONCE, Math.max(inSpanBefore, inSpan / 2));
            boolean many = demand > 1 && !leasing;
            boolean closes = !leasing && !lease.isEmpty();
            Ask ask = new Ask(
                    many ? demand : 1,
                    many,
                    node + leases.incrementAndGet(),
                    closes ? lease : "",
                    closes ? leased - unused : 0);
            if (closes) {
                forget();
            }
            leasing |= many;
            return ask;
        }

        /** Closes a lease that is over; null when somebody was faster. */
        synchronized @Nullable Ask close() {
            if (lease.isEmpty() || leasing) {
                return null;
            }
            Ask ask = new Ask(0, false, node + leases.incrementAndGet(), lease, leased - unused);
            forget();
            return ask;
        }

        private void forget() {
            lease = "";
            leased = 0;
            unused = 0;
        }

        /** What follows from the answer; null when it came too late to be used. */
        synchronized @Nullable Outcome settle(RateLimit present, Ask ask, Counters.Grant grant, long asked, long now) {
            if (grant == Counters.Grant.ALONE) {
                long count = own.count(now);
                if (count >= present.most()) {
                    return new Outcome(false, 0, own.freesAfter(now));
                }
                own.add(now);
                return new Outcome(true, present.most() - count - 1, own.freesAfter(now));
            }
            left = grant.left();
            freesAt = now + grant.freesAfter();
            if (grant.granted() > 1) {
                lease = grant.lease();
                leased = grant.granted();
                unused = grant.granted();
                leaseEnds = asked + GRACE.toMillis();
            }
            if (grant.granted() == 0) {
                refusedUntil = now + Math.min(grant.freesAfter(), REFUSED_MILLIS);
                return new Outcome(false, 0, grant.freesAfter());
            }
            if (now - asked >= GRACE.toMillis()) {
                return null;
            }
            if (grant.granted() > 1) {
                unused--;
            }
            if (own.count(now) >= present.most()) {
                return new Outcome(false, 0, own.freesAfter(now));
            }
            own.add(now);
            return new Outcome(true, left + unused, grant.freesAfter());
        }

        synchronized void asked(Ask ask) {
            if (ask.leases()) {
                leasing = false;
            }
        }

        /**
         * A question to Redis.
         *
         * @param leases whether it may be answered with a lease
         * @param closed the lease that it closes; empty for none
         * @param spent how many of that were used
         */
        private record Ask(int wanted, boolean leases, String lease, String closed, int spent) {}
    }
}
