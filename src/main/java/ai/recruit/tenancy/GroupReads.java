package ai.recruit.tenancy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Reads of single rows that come at the same time are made by one statement. For each tenant and each text one statement is
 * on its way; what comes meanwhile is read by the next. A read that comes alone is therefore made at once, and no read is
 * answered by a statement that had begun before it came.
 *
 * <p>The statement sets its tenant itself: outside of a transaction it is one by itself, so the settings end with it. They
 * are set by its first part, on which the last one depends, so that PostgreSQL has to run the first one before. If it ever
 * did not, the policies would find no tenant and show nothing. What the policies ask for is computed once a statement and
 * not before the first row is met, which is why different tenants never share one.
 */
@SuppressWarnings("CheckReturnValue") // each subscription ends by itself, and its outcome goes to the sinks
final class GroupReads {

    /** How many reads a statement takes. */
    static final int MOST = 64;

    /** How long reads wait for the statement before theirs: one that hangs must not hold up all that come later. */
    private static final long PATIENCE = Duration.ofMillis(20).toNanos();

    // Short, because the driver takes the text of a statement to pieces each time.
    private static final String BEFORE = "select asked.id as asked_id, w.* from (select"
            + " set_config('recruit.account', $1, true) as a, set_config('recruit.scope', $2, true) as s offset 0) t,"
            + " unnest($3::uuid[]) as asked (id), lateral (select * from (";
    private static final String AFTER = ") r where t.a is not null and t.s is not null offset 0) w";

    private static final String OWNER = "nullif($1, '')::uuid";

    private final ConnectionFactory connections;
    private final Map<String, String> statements = new ConcurrentHashMap<>();
    private final Map<Kind, Lane> lanes = new ConcurrentHashMap<>();

    GroupReads(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** What reads have in common that are made together. */
    private record Kind(Tenant tenant, String select) {}

    /** The reads of a kind; guarded by its place in the map. */
    private static final class Lane {

        private final List<Asked<?>> waiting = new ArrayList<>();
        private int running;
        private long began;
    }

    /** A read and whoever waits for it. */
    private static final class Asked<T> {

        private final UUID id;
        private final Function<Readable, T> mapper;
        private final MonoSink<T> sink;
        private @Nullable T found;
        private @Nullable RuntimeException failure;

        Asked(UUID id, Function<Readable, T> mapper, MonoSink<T> sink) {
            this.id = id;
            this.mapper = mapper;
            this.sink = sink;
        }

        void take(Readable row) {
            try {
                found = mapper.apply(row);
            } catch (RuntimeException unreadable) {
                failure = unreadable;
            }
        }

        void answer() {
            if (failure != null) {
                sink.error(failure);
            } else {
                sink.success(found);
            }
        }
    }

    /** See {@link TenantTransactions#row}. */
    <T> Mono<T> row(Tenant tenant, String select, UUID id, Function<Readable, T> mapper) {
        return Mono.create(sink -> {
            List<Asked<?>> group = new ArrayList<>();
            Kind kind = new Kind(tenant, select);
            lanes.compute(kind, (same, present) -> {
                Lane lane = present == null ? new Lane() : present;
                lane.waiting.add(new Asked<>(id, mapper, sink));
                if (lane.running == 0 || System.nanoTime() - lane.began > PATIENCE) {
                    take(lane, group);
                }
                return lane;
            });
            if (!group.isEmpty()) {
                read(kind, group);
            }
        });
    }

    private void next(Kind kind) {
        List<Asked<?>> group = new ArrayList<>();
        lanes.computeIfPresent(kind, (same, lane) -> {
            lane.running--;
            if (!lane.waiting.isEmpty()) {
                take(lane, group);
            }
            return lane.running == 0 ? null : lane;
        });
        if (!group.isEmpty()) {
            read(kind, group);
        }
    }

    private static void take(Lane lane, List<Asked<?>> group) {
        List<Asked<?>> first = lane.waiting.subList(0, Math.min(MOST, lane.waiting.size()));
        group.addAll(first);
        first.clear();
        lane.running++;
        lane.began = System.nanoTime();
    }

    private void read(Kind kind, List<Asked<?>> group) {
        String sql = statements.computeIfAbsent(kind.select(), GroupReads::ofMany);
        Mono.usingWhen(
                        connections.create(),
                        connection -> Flux.from(bound(connection, sql, kind.tenant(), group)
                                        .execute())
                                .concatMap(result -> result.map((Readable row) -> {
                                    UUID id = Objects.requireNonNull(row.get("asked_id", UUID.class));
                                    group.forEach(asked -> {
                                        if (asked.id.equals(id)) {
                                            asked.take(row);
                                        }
                                    });
                                    return id;
                                }))
                                .then(),
                        Connection::close)
                .onErrorMap(
                        R2dbcException.class,
                        failure -> ConnectionFactoryUtils.convertR2dbcException("read", sql, failure))
                // The next ones are on their way before these are answered.
                .doOnTerminate(() -> next(kind))
                .subscribe(
                        nothing -> {},
                        failure -> group.forEach(asked -> asked.sink.error(failure)),
                        () -> group.forEach(Asked::answer));
    }

    private static String ofMany(String select) {
        return BEFORE + select.replace(":id", "asked.id").replace(":owner", OWNER) + AFTER;
    }

    private static Statement bound(Connection connection, String sql, Tenant tenant, List<Asked<?>> group) {
        UUID account = tenant.accountId();
        return connection
                .createStatement(sql)
                .bind(0, account == null ? "" : account.toString())
                .bind(1, tenant.scope().name().toLowerCase(Locale.ROOT))
                .bind(2, group.stream().map(asked -> asked.id).distinct().toArray(UUID[]::new));
    }
}
