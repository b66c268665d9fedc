package ai.recruit.events;

import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hands events that are work to Kafka, in the order of the log. One process does it at a time, under a lease that it
 * renews; when it dies, another goes on from the last place that was written down. What was sent but not written down is
 * sent again: the inbox of the receiver sorts that out.
 */
@Component
class Relay {

    private static final String NAME = "work";
    private static final int PAGE = 500;
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration RENEW = Duration.ofSeconds(1);

    private static final String CREATE = "insert into event_relay (name) values (:name) on conflict (name) do nothing";
    private static final String LEAD = """
            update event_relay set leader = :me, leased_until = clock_timestamp() + :lease * interval '1 millisecond'
             where name = :name and (leader = :me or leased_until < clock_timestamp())
            returning txid::text::bigint as txid, id
            """;
    private static final String READ = """
            select txid::text::bigint as txid, id, type, subject, data::text as data, queue
              from event_log
             where queue is not null and (txid, id) > (cast(:txid as xid8), :id)
               and txid < pg_snapshot_xmin(pg_current_snapshot())
             order by txid, id
             limit :limit
            """;
    private static final String ADVANCE = """
            update event_relay set txid = cast(:txid as xid8), id = :id,
                   leased_until = clock_timestamp() + :lease * interval '1 millisecond'
             where name = :name and leader = :me
            """;

    private final UUID me = UUID.randomUUID();
    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final LogTail tail;
    private final KafkaQueues queues;

    Relay(TenantTransactions transactions, DatabaseClient database, LogTail tail, KafkaQueues queues) {
        this.transactions = transactions;
        this.database = database;
        this.tail = tail;
        this.queues = queues;
    }

    Flux<Void> relaying() {
        return queues.prepare()
                .then(transactions.mono(
                        Tenant.system(),
                        () -> database.sql(CREATE).bind("name", NAME).then()))
                .thenMany(Flux.merge(
                                tail.work(), Flux.interval(Duration.ZERO, RENEW).map(tick -> true))
                        .onBackpressureLatest()
                        .concatMap(stroke -> lead().flatMap(this::relayFrom), 0));
    }

    private Mono<Cursor> lead() {
        return transactions.mono(
                Tenant.system(),
                () -> database.sql(LEAD)
                        .bind("me", me)
                        .bind("lease", LEASE.toMillis())
                        .bind("name", NAME)
                        .map(Relay::cursor)
                        .one());
    }

    private Mono<Void> relayFrom(Cursor place) {
        return read(place).flatMap(page -> {
            if (page.isEmpty()) {
                return Mono.empty();
            }
            Cursor last = page.get(page.size() - 1).cursor();
            return queues.send(page.stream().map(Item::work).toList())
                    .then(advance(last))
                    .flatMap(rows -> rows == 1 && page.size() == PAGE ? relayFrom(last) : Mono.empty());
        });
    }

    private Mono<List<Item>> read(Cursor place) {
        return transactions.mono(
                Tenant.system(),
                () -> database.sql(READ)
                        .bind("txid", Long.toString(place.transactionId()))
                        .bind("id", place.id())
                        .bind("limit", PAGE)
                        .map(row -> new Item(
                                cursor(row),
                                new Work(
                                        cursor(row).id(),
                                        text(row, "queue"),
                                        text(row, "type"),
                                        text(row, "subject"),
                                        text(row, "data"))))
                        .all()
                        .collectList());
    }

    private Mono<Long> advance(Cursor place) {
        return transactions.mono(
                Tenant.system(),
                () -> database.sql(ADVANCE)
                        .bind("txid", Long.toString(place.transactionId()))
                        .bind("id", place.id())
                        .bind("lease", LEASE.toMillis())
                        .bind("name", NAME)
                        .bind("me", me)
                        .fetch()
                        .rowsUpdated());
    }

    private static Cursor cursor(io.r2dbc.spi.Readable row) {
        Long txid = row.get("txid", Long.class);
        Long id = row.get("id", Long.class);
        return new Cursor(txid == null ? 0 : txid, id == null ? 0 : id);
    }

    private static String text(io.r2dbc.spi.Readable row, String column) {
        String value = row.get(column, String.class);
        return value == null ? "" : value;
    }

    private record Item(Cursor cursor, Work work) {}

    @Configuration(proxyBeanMethods = false)
    static class Loops {

        @Bean
        SupervisedLoop relayLoop(Relay relay) {
            return new SupervisedLoop("event-relay", SupervisedLoop.SERVES_REQUESTS, stop -> relay.relaying());
        }
    }
}
