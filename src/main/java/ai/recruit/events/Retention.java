package ai.recruit.events;

import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes events that are older than the retention, oldest first, in short transactions, and writes down how far it has
 * come, so that a reader who comes back later is told. Work that has not been relayed yet stays.
 */
@Component
class Retention {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 5_000;

    private static final String EXPIRE = """
            with oldest as (
                select txid, id, at, queue from event_log
                 where txid < pg_snapshot_xmin(pg_current_snapshot())
                 order by txid, id limit :batch),
            first_kept as (
                select txid, id from oldest
                 where at >= :before
                    or (queue is not null
                        and (txid, id) > (select r.txid, r.id from event_relay r where r.name = 'work'))
                 order by txid, id limit 1),
            gone as (
                delete from event_log l using oldest o
                 where l.txid = o.txid and l.id = o.id
                   and not exists (select from first_kept k where (o.txid, o.id) >= (k.txid, k.id))
                returning l.txid, l.id, l.at),
            last_gone as (select txid, id, max(at) over () as at from gone order by txid desc, id desc limit 1)
            update event_log_horizon h set txid = g.txid, id = g.id, at = greatest(h.at, g.at) from last_gone g
            returning (select count(*) from gone) as removed
            """;

    private static final String FORGET = "delete from event_inbox where handled_at < :before";

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final EventsProperties properties;
    private final Clock clock;

    Retention(TenantTransactions transactions, DatabaseClient database, EventsProperties properties, Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    Flux<Long> expiring() {
        return Flux.interval(EVERY).onBackpressureDrop().concatMap(tick -> expire(), 1);
    }

    /** Removes what is too old now; answers how many events went. */
    Mono<Long> expire() {
        Instant before = clock.instant().minus(properties.retention());
        return expireBatches(before)
                .flatMap(removed -> transactions
                        .mono(
                                Tenant.system(),
                                () -> database.sql(FORGET)
                                        // Work is delivered again within the retention of the log at the longest.
                                        .bind("before", before)
                                        .fetch()
                                        .rowsUpdated())
                        .thenReturn(removed));
    }

    private Mono<Long> expireBatches(Instant before) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(EXPIRE)
                                .bind("batch", BATCH)
                                .bind("before", before)
                                .map(row -> {
                                    Long removed = row.get("removed", Long.class);
                                    return removed == null ? 0L : removed;
                                })
                                .one())
                .defaultIfEmpty(0L)
                .flatMap(removed ->
                        removed == BATCH ? expireBatches(before).map(more -> more + removed) : Mono.just(removed));
    }

    @Configuration(proxyBeanMethods = false)
    static class Loops {

        @Bean
        SupervisedLoop retentionLoop(Retention retention) {
            return new SupervisedLoop("event-retention", SupervisedLoop.SERVES_REQUESTS, stop -> retention.expiring());
        }
    }
}
