package ai.recruit.web;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * Reads the rows of lists as JSON text that PostgreSQL has made, many rows in one value: neither a row nor a field
 * becomes an object here.
 */
@Component
class ListReader {

    private static final int FIRST_ROWS = 128;
    private static final int MAX_ROWS = 8192;
    /** What a chunk may grow to for a client that keeps up, and what it falls back to for one that does not. */
    private static final int MAX_BYTES = 1 << 18;

    private static final int MIN_BYTES = 1 << 16;
    /** How many chunks one statement reads for a client that keeps up: PostgreSQL makes the next while one travels. */
    private static final int CHUNKS = 8;

    private static final int SLICE = 16 * 1024;
    private static final long SLOW_NANOS = 500_000_000L;
    /** How long a transaction may go on for a client that keeps up, before others get a turn with its connection. */
    private static final long BURST_NANOS = 1_000_000_000L;

    private static final Pattern ALL = Pattern.compile(":all\\b");
    private static final Pattern OWNER = Pattern.compile(":owner\\b");

    private final DatabaseClient database;
    private final TenantTransactions transactions;

    ListReader(DatabaseClient database, TenantTransactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Part of a list.
     *
     * @param json the rows as PostgreSQL aggregates them; empty when there are none
     * @param count how many
     * @param lastKeys the keys of the last one; empty when there is none
     */
    private record Part(byte[] json, int count, List<String> lastKeys) {}

    /**
     * A page.
     *
     * @param rows the rows, with commas between
     * @param count how many
     * @param lastKeys the keys of the last one; empty when there is none
     * @param total how many rows the list has
     */
    record Page(byte[] rows, int count, List<String> lastKeys, long total) {}

    /** One row that was read again. */
    private record Row(UUID id, String json) {}

    Mono<Page> page(Tenant tenant, RowList list, long skip, List<String> after, int limit) {
        return transactions.mono(
                tenant,
                () -> part(tenant, list, after, after.isEmpty() ? skip : 0, limit)
                        .zipWhen(
                                part -> total(tenant, list),
                                (part, total) -> new Page(
                                        ListShape.PAGE.frame(part.json(), part.count()),
                                        part.count(),
                                        part.lastKeys(),
                                        total)));
    }

    private Mono<Long> total(Tenant tenant, RowList list) {
        String counts = list.selection("count(*) as found", "");
        String sql =
                list.branches().isEmpty() ? counts : "select sum(b.found)::bigint as found from (" + counts + ") b";
        return query(tenant, sql, list.binds()).map(row -> number(row, "found")).one();
    }

    /**
     * All rows, as slices of framed text, read in chunks by key, some chunks with one statement. A client that keeps up is
     * served out of one transaction for up to a second. What has been read waits for the client, a transaction never
     * does, so a slow client costs a few chunks of memory and no connection. Rows that come, go or move meanwhile may be
     * missed or met twice; rows that stay are met once.
     */
    Flux<Slice> all(Tenant tenant, RowList list, ListShape shape, List<String> after) {
        return Flux.<Chunk>create(
                        sink -> new Reading(tenant, list, shape, after, sink).begin(), FluxSink.OverflowStrategy.BUFFER)
                .flatMapIterable(Chunk::slices, 1);
    }

    /** Those of the rows that are in the list and that the tenant sees. */
    Mono<Map<UUID, String>> again(Tenant tenant, RowList list, List<UUID> ids) {
        RowList.Key id = list.keys().get(list.keys().size() - 1);
        String sql = "select r." + id.bare() + " as id, row_to_json(x)::text as row from ("
                + list.selection(null, " and " + id.column() + " = any(:row_ids)") + ") r, lateral (select "
                + list.shape() + ") x";
        return transactions
                .flux(
                        tenant,
                        () -> query(tenant, sql, list.binds())
                                .bind("row_ids", ids.toArray(UUID[]::new))
                                .map(row -> new Row(given(row, "id", UUID.class), given(row, "row", String.class)))
                                .all())
                .collectMap(Row::id, Row::json);
    }

    private Mono<Part> part(Tenant tenant, RowList list, List<String> after, long skip, int limit) {
        String chunk = chunkSql(list, after.isEmpty() ? Bound.NONE : Bound.GIVEN, limit, skip > 0);
        Map<String, Object> binds = binds(list, after);
        if (skip > 0) {
            binds.put("skip", skip);
        }
        return query(tenant, chunk, binds).map(row -> part(row, list)).one();
    }

    /**
     * The chunks after a row, in order. The places where all but the first begin are looked up by key alone, which is
     * cheap beside making the text of the rows.
     */
    private Flux<Part> parts(Tenant tenant, RowList list, List<String> after, int size, int chunks) {
        if (after.isEmpty() || chunks == 1) {
            return part(tenant, list, after, 0, size).flux();
        }
        StringBuilder sql = new StringBuilder("select c.* from (select 0::bigint as place");
        List<RowList.Key> keys = list.keys();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(", ").append(given(keys, i)).append(" as from_").append(i);
        }
        sql.append(" union all select * from (select row_number() over (");
        ordered(sql, list, false);
        sql.append(") as place");
        for (RowList.Key key : keys) {
            sql.append(", p.").append(key.bare());
        }
        StringBuilder columns = new StringBuilder();
        separated(columns, keys, true, "");
        sql.append(" from (").append(head(list, columns.toString(), Bound.GIVEN, (chunks - 1) * size, false));
        sql.append(") p) k where k.place % ")
                .append(size)
                .append(" = 0 order by place) b, lateral (")
                .append(chunkSql(list, Bound.PLACE, size, false))
                .append(") c");
        String text = sql.toString();
        return query(tenant, text, binds(list, after))
                .map(row -> part(row, list))
                .all();
    }

    private static Map<String, Object> binds(RowList list, List<String> after) {
        Map<String, Object> binds = new LinkedHashMap<>(list.binds());
        for (int i = 0; i < after.size(); i++) {
            binds.put("after_" + i, after.get(i));
        }
        return binds;
    }

    private static Part part(Readable row, RowList list) {
        byte[] json = row.get("rows", byte[].class);
        return new Part(json == null ? new byte[0] : json, (int) number(row, "found"), lastKeys(row, list));
    }

    /** After which row a chunk begins. */
    private enum Bound {
        /** After none. */
        NONE,
        /** After the one whose keys are bound. */
        GIVEN,
        /** After the one whose keys stand in b. */
        PLACE
    }

    /**
     * json_agg builds the text of all rows in one buffer, without a value for each. The limit stands in the text, so that
     * the plan is made for it; there are few different ones.
     */
    private static String chunkSql(RowList list, Bound bound, int limit, boolean skipping) {
        StringBuilder sql = new StringBuilder("select json_agg(x) as rows, count(*) as found");
        List<RowList.Key> keys = list.keys();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(", ((array_agg(r.")
                    .append(keys.get(i).bare())
                    .append("))[count(*)])::text as key_")
                    .append(i);
        }
        sql.append(" from (").append(head(list, null, bound, limit, skipping));
        return sql.append(") r, lateral (select ")
                .append(list.shape())
                .append(") x")
                .toString();
    }

    /** The first rows after a place, in order. */
    private static String head(RowList list, @Nullable String columns, Bound bound, int limit, boolean skipping) {
        StringBuilder suffix = new StringBuilder();
        after(suffix, list, bound);
        suffix.append(' ');
        ordered(suffix, list, true);
        suffix.append(" limit ").append(limit);
        if (list.branches().isEmpty()) {
            return list.selection(columns, skipping ? suffix + " offset :skip" : suffix.toString());
        }
        // Each branch gives as many as could be wanted of it, and the first of them all are taken.
        StringBuilder sql = new StringBuilder("select * from (")
                .append(list.selection(columns, skipping ? suffix + " + :skip" : suffix.toString()))
                .append(") u ");
        ordered(sql, list, false);
        sql.append(" limit ").append(limit);
        return skipping ? sql + " offset :skip" : sql.toString();
    }

    private static void after(StringBuilder sql, RowList list, Bound bound) {
        if (bound == Bound.NONE) {
            return;
        }
        List<RowList.Key> keys = list.keys();
        sql.append(" and (");
        separated(sql, keys, true, "");
        sql.append(list.ascending() ? ") > (" : ") < (");
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(bound == Bound.PLACE ? "b.from_" + i : given(keys, i));
        }
        sql.append(')');
    }

    /** @param within whether the tables of the list are at hand, and not only its columns */
    private static void ordered(StringBuilder sql, RowList list, boolean within) {
        sql.append("order by ");
        separated(sql, list.keys(), within, list.ascending() ? "" : " desc");
    }

    private static String given(List<RowList.Key> keys, int i) {
        return "cast(:after_" + i + " as " + keys.get(i).type().sql() + ")";
    }

    private static void separated(StringBuilder sql, List<RowList.Key> keys, boolean within, String suffix) {
        for (int i = 0; i < keys.size(); i++) {
            RowList.Key key = keys.get(i);
            sql.append(i == 0 ? "" : ", ")
                    .append(within ? key.column() : key.bare())
                    .append(suffix);
        }
    }

    /**
     * Whether the tenant sees all stands in the text and not in a bind: there is one text for each case, and PostgreSQL
     * finds a plan for it that serves every account, instead of making one for each request.
     */
    private DatabaseClient.GenericExecuteSpec query(Tenant tenant, String sql, Map<String, Object> binds) {
        DatabaseClient.GenericExecuteSpec bound =
                database.sql(ALL.matcher(sql).replaceAll(tenant.seesAll() ? "true" : "false"));
        for (Map.Entry<String, Object> bind : binds.entrySet()) {
            bound = bound.bind(bind.getKey(), bind.getValue());
        }
        return OWNER.matcher(sql).find()
                ? bound.bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                : bound;
    }

    private static List<String> lastKeys(Readable row, RowList list) {
        List<String> keys = new ArrayList<>(list.keys().size());
        for (int i = 0; i < list.keys().size(); i++) {
            String key = row.get("key_" + i, String.class);
            if (key != null) {
                keys.add(key);
            }
        }
        return List.copyOf(keys);
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is null");
        }
        return value;
    }

    private static long number(Readable row, String column) {
        return given(row, column, Long.class);
    }

    /** Some bytes of framed rows. */
    record Slice(byte[] bytes, int from, int length) {}

    /** A chunk of framed rows that has been read. */
    private static final class Chunk {

        private final byte[] bytes;
        private final Runnable taken;

        Chunk(byte[] bytes, Runnable taken) {
            this.bytes = bytes;
            this.taken = taken;
        }

        /**
         * Called when the client has asked for it. Reactor Netty asks for up to 128 buffers before the first is written:
         * small ones bound what lies there.
         */
        Iterable<Slice> slices() {
            taken.run();
            List<Slice> slices = new ArrayList<>(bytes.length / SLICE + 1);
            for (int from = 0; from < bytes.length; from += SLICE) {
                slices.add(new Slice(bytes, from, Math.min(SLICE, bytes.length - from)));
            }
            return slices;
        }
    }

    /** One client's way through a list. */
    private final class Reading {

        private final Tenant tenant;
        private final RowList list;
        private final ListShape shape;
        private final FluxSink<Chunk> sink;
        private final Disposable.Swap burst = Disposables.swap();
        /** Calls of {@link #go} that have not been answered; whoever raises it from 0 starts bursts until it is 0 again. */
        private final AtomicInteger calls = new AtomicInteger();

        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong read = new AtomicLong();
        private volatile boolean finished;
        private volatile int target = MIN_BYTES;

        // Touched by one query after the other.
        private volatile List<String> keys;
        private volatile int rows = FIRST_ROWS;

        Reading(Tenant tenant, RowList list, ListShape shape, List<String> after, FluxSink<Chunk> sink) {
            this.tenant = tenant;
            this.list = list;
            this.shape = shape;
            this.keys = after;
            this.sink = sink;
        }

        void begin() {
            var unused = sink.onDispose(burst).onRequest(more -> {
                asked.accumulateAndGet(more, (before, added) -> before + added < 0 ? Long.MAX_VALUE : before + added);
                go();
            });
        }

        private void go() {
            if (calls.getAndIncrement() == 0) {
                start(1);
            }
        }

        /** @param answered how many calls there were when the decision to start was made */
        private void start(int answered) {
            if (finished || !wanted()) {
                over(answered);
                return;
            }
            burst.replace(burst().contextWrite(sink.contextView()).subscribe(nothing -> {}, sink::error, () -> {
                if (finished) {
                    sink.complete();
                } else {
                    over(answered);
                }
            }));
        }

        private void over(int answered) {
            int left = calls.addAndGet(-answered);
            if (left != 0) {
                start(left);
            }
        }

        /** One chunk is read ahead of what the client has asked for. */
        private boolean wanted() {
            return !sink.isCancelled() && read.get() <= asked.get();
        }

        /** Reads chunks in one transaction as long as the client keeps up. */
        private Mono<Void> burst() {
            long until = System.nanoTime() + BURST_NANOS;
            return transactions
                    .mono(
                            tenant,
                            () -> Flux.defer(this::statement)
                                    .repeat(() -> !finished && wanted() && System.nanoTime() < until)
                                    .then(Mono.just(true)))
                    // A burst that ended by its age goes on at once, in a new transaction.
                    .doOnNext(ended -> {
                        if (!finished && wanted()) {
                            calls.incrementAndGet();
                        }
                    })
                    .then();
        }

        private Flux<Part> statement() {
            int size = rows;
            return parts(tenant, list, keys, size, target == MAX_BYTES ? CHUNKS : 1)
                    .doOnNext(part -> arrived(part, size));
        }

        private void arrived(Part part, int size) {
            finished |= part.count() < size;
            if (part.count() == 0) {
                return;
            }
            keys = part.lastKeys();
            byte[] bytes = shape.frame(part.json(), part.count());
            int perRow = Math.max(1, bytes.length / part.count());
            // A power of two, so that there are few different statements to prepare.
            rows = Math.max(1, Math.min(MAX_ROWS, Integer.highestOneBit(Math.max(1, target / perRow))));
            read.incrementAndGet();
            long at = System.nanoTime();
            var unused = sink.next(new Chunk(
                    bytes,
                    () -> target = System.nanoTime() - at > SLOW_NANOS ? MIN_BYTES : Math.min(MAX_BYTES, target * 2)));
        }
    }
}
