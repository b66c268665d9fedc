package ai.recruit.access;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Which sessions and keys are refused although their tokens have not ended yet, in memory. A session is remembered for
 * as long as its last token lives, so the set stays as small as what was revoked in the last hour.
 */
@Component
class Revocations {

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final AccessProperties properties;
    private final Clock clock;
    private final Map<UUID, Instant> revoked = new ConcurrentHashMap<>();
    private final Map<UUID, Set<MonoSink<Void>>> watchers = new ConcurrentHashMap<>();

    Revocations(TenantTransactions transactions, DatabaseClient database, AccessProperties properties, Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    boolean isRevoked(UUID sessionId) {
        return revoked.containsKey(sessionId);
    }

    /** Refuses these sessions or keys from now on, and lets their streams go. */
    void revoke(Collection<UUID> sessions) {
        Instant now = clock.instant();
        revoked.values().removeIf(now::isAfter);
        Instant until = now.plus(memory());
        for (UUID session : sessions) {
            revoked.put(session, until);
            Set<MonoSink<Void>> waiting = watchers.get(session);
            if (waiting != null) {
                waiting.forEach(MonoSink::success);
            }
        }
    }

    /** Takes a key back in. */
    void restore(UUID keyId) {
        revoked.remove(keyId);
    }

    /** Reads anew what has been revoked of late. */
    Mono<Void> load() {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("select id from account_session where revoked_at > :since")
                                .bind("since", clock.instant().minus(memory()))
                                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                                .all())
                .collectList()
                .doOnNext(this::revoke)
                .then();
    }

    /** Completes when the session is revoked or the token has ended. */
    Mono<Void> ended(Caller caller) {
        Mono<Void> revocation = Mono.create(sink -> watch(caller.sessionId(), sink));
        Duration left = Duration.between(clock.instant(), caller.expiresAt());
        if (left.compareTo(Duration.ofDays(365)) > 0) {
            return revocation;
        }
        return left.isNegative()
                ? Mono.empty()
                : Mono.firstWithSignal(revocation, Mono.delay(left).then());
    }

    /** How many sessions are watched by streams. */
    int watched() {
        return watchers.size();
    }

    private void watch(UUID session, MonoSink<Void> sink) {
        watchers.compute(session, (key, present) -> {
            Set<MonoSink<Void>> sinks = present == null ? ConcurrentHashMap.newKeySet() : present;
            sinks.add(sink);
            return sinks;
        });
        MonoSink<Void> watched = sink.onDispose(() -> watchers.computeIfPresent(session, (key, present) -> {
            present.remove(sink);
            return present.isEmpty() ? null : present;
        }));
        // After the watch has begun, so that a revocation in between is not missed.
        if (isRevoked(session)) {
            watched.success();
        }
    }

    private Duration memory() {
        return properties.tokenLifetime().plus(properties.clockSkew().multipliedBy(2));
    }
}
