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
    private static final int MOST = 64;

    /** How long reads wait for the statement before theirs: one that hangs must not hold up all that come later. */
    private static final long PATIENCE = Duration.ofMillis(20).toNanos();

    private final ConnectionFactory connections;
    private final Map<String, Texts> statements = new ConcurrentHashMap<>();
    private final Map<Kind, Lane> lanes = new ConcurrentHashMap<>();

    GroupReads(ConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * The texts of the statements that read one row and many. They are short, because the driver takes them to pieces each
     * time.
     */
    private record Texts(String one, String many) {

        private static final String SET = " from (select set_config('recruit.account', $1, true) as a,"
                + " set_config('recruit.scope', $2, true) as s offset 0) t, ";
        private static final String READ = "lateral (select * from (";
        private static final String END = ") r where t.a is not null and t.s is not null offset 0) w";
        private static final String OWNER = "nullif($1, '')::uuid";

        // Hidden in a query, or PostgreSQL would see its length and make a plan each time, which takes longer than
        // reading.
        private static final String IDS = "unnest((select $3::uuid[])) as asked (id), ";

        static Texts of(String select) {
            String read = READ + select.replace(":owner", OWNER) + END;
            return new Texts(
                    "select $3::uuid as asked_id, w.*" + SET + read.replace(":id", "$3::uuid"),
                    "select asked.id as asked_id, w.*" + SET + IDS + read.replace(":id", "asked.id"));
        }
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
        Texts texts = statements.computeIfAbsent(kind.select(), Texts::of);
        UUID[] ids = group.stream().map(asked -> asked.id).distinct().toArray(UUID[]::new);
        String sql = ids.length == 1 ? texts.one() : texts.many();
        Mono.usingWhen(
                        connections.create(),
                        connection -> Flux.from(bound(connection.createStatement(sql), kind.tenant(), ids)
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

    private static Statement bound(Statement statement, Tenant tenant, UUID[] ids) {
        return statement
                .bind(0, tenant.accountId() == null ? "" : tenant.accountId().toString())
                .bind(1, tenant.scope().name().toLowerCase(Locale.ROOT))
                .bind(2, ids.length == 1 ? ids[0] : ids);
    }
}
