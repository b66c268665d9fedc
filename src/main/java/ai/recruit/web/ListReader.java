package ai.recruit.web;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * Reads the rows of lists as text, mostly JSON, that PostgreSQL has made, many rows in one value: neither a row nor a field
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
     * @param json the rows as PostgreSQL aggregates them, as JSON or as lines of CSV; empty when there are none
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

    /** A page and how many rows the list has, with one statement. */
    Mono<Page> page(Tenant tenant, RowList list, long skip, List<String> after, int limit) {
        boolean skipping = after.isEmpty() && skip > 0;
        String keys = pageKeys(list, after.isEmpty() ? Bound.NONE : Bound.GIVEN, limit, skipping);
        String sql = with(list, Map.of("page_keys", keys)) + "select t.total, c.* from (" + total(list)
                + ") t, lateral (" + rowsOfPage(list) + ") c";
        Map<String, Object> binds = binds(list, after);
        if (skipping) {
            binds.put("skip", skip);
        }
        return transactions.mono(
                tenant,
                () -> query(tenant, sql, binds)
                        .map(row -> {
                            Part part = part(row, list, ListShape.PAGE);
                            return new Page(
                                    ListShape.PAGE.frame(part.json(), part.count()),
                                    part.count(),
                                    part.lastKeys(),
                                    number(row, "total"));
                        })
                        .one());
    }

    /**
     * Which rows a page has. The keys alone are read first, which an index tells, so that a row that is passed over is
     * counted and never fetched.
     */
    private static String pageKeys(RowList list, Bound bound, int limit, boolean skipping) {
        return "select p." + idOf(list).bare() + " as id from ("
                + head(list, separated(list.keys(), true, ""), bound, limit, skipping) + ") p";
    }

    private static String rowsOfPage(RowList list) {
        boolean one = list.branches().isEmpty();
        String order = " order by " + separated(list.keys(), one, list.ascending() ? "" : " desc");
        String rows = list.selection(
                null, " and " + idOf(list).column() + " in (select k.id from page_keys k)" + (one ? order : ""));
        return aggregated(list, ListShape.PAGE, one ? rows : "select * from (" + rows + ") u" + order);
    }

    private static String total(RowList list) {
        String counts = list.selection("count(*) as total", "");
        return list.branches().isEmpty() ? counts : "select sum(b.total)::bigint as total from (" + counts + ") b";
    }

    private static RowList.Key idOf(RowList list) {
        return list.keys().get(list.keys().size() - 1);
    }

    /** What stands before a query, so that what its conditions look into is computed once. */
    private static String with(RowList list, Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>();
        list.lookups().forEach(lookup -> all.put(lookup.as(), lookup.sql()));
        all.putAll(others);
        return all.isEmpty()
                ? ""
                : all.entrySet().stream()
                        .map(each -> each.getKey() + " as materialized (" + each.getValue() + ")")
                        .collect(Collectors.joining(", ", "with ", " "));
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
        RowList.Key id = idOf(list);
        String sql = with(list, Map.of()) + "select r." + id.bare() + " as id, row_to_json(x)::text as row from ("
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

    private Mono<Part> part(Tenant tenant, RowList list, ListShape shape, List<String> after, int limit) {
        String chunk = with(list, Map.of()) + chunkSql(list, shape, after.isEmpty() ? Bound.NONE : Bound.GIVEN, limit);
        return query(tenant, chunk, binds(list, after))
                .map(row -> part(row, list, shape))
                .one();
    }

    /**
     * The chunks after a row, in order. The places where all but the first begin are looked up by key alone, which is
     * cheap beside making the text of the rows.
     */
    private Flux<Part> parts(Tenant tenant, RowList list, ListShape shape, List<String> after, int size, int chunks) {
        if (after.isEmpty() || chunks == 1) {
            return part(tenant, list, shape, after, size).flux();
        }
        StringBuilder sql =
                new StringBuilder(with(list, Map.of())).append("select c.* from (select 0::bigint as place");
        List<RowList.Key> keys = list.keys();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(", ").append(given(keys, i)).append(" as from_").append(i);
        }
        sql.append(" union all select * from (select row_number() over (");
        sql.append("order by ")
                .append(separated(keys, false, list.ascending() ? "" : " desc"))
                .append(") as place");
        for (RowList.Key key : keys) {
            sql.append(", p.").append(key.bare());
        }
        sql.append(" from (").append(head(list, separated(keys, true, ""), Bound.GIVEN, (chunks - 1) * size, false));
        sql.append(") p) k where k.place % ")
                .append(size)
                .append(" = 0 order by place) b, lateral (")
                .append(chunkSql(list, shape, Bound.PLACE, size))
                .append(") c");
        String text = sql.toString();
        return query(tenant, text, binds(list, after))
                .map(row -> part(row, list, shape))
                .all();
    }

    private static Map<String, Object> binds(RowList list, List<String> after) {
        Map<String, Object> binds = new LinkedHashMap<>(list.binds());
        for (int i = 0; i < after.size(); i++) {
            binds.put("after_" + i, after.get(i));
        }
        return binds;
    }

    private static Part part(Readable row, RowList list, ListShape shape) {
        byte[] json;
        if (shape == ListShape.TABLE) {
            String lines = row.get("rows", String.class);
            json = lines == null ? null : lines.getBytes(StandardCharsets.UTF_8);
        } else {
            json = row.get("rows", byte[].class);
        }
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

    /** The limit stands in the text, so that the plan is made for it; there are few different ones. */
    private static String chunkSql(RowList list, ListShape shape, Bound bound, int limit) {
        return aggregated(list, shape, head(list, null, bound, limit, false));
    }

    /** json_agg builds the text of all rows in one buffer, without a value for each. */
    private static String aggregated(RowList list, ListShape shape, String rows) {
        boolean table = shape == ListShape.TABLE;
        StringBuilder sql = new StringBuilder("select ")
                .append(table ? "string_agg(x.line, E'\\r\\n')" : "json_agg(x)")
                .append(" as rows, count(*) as found");
        List<RowList.Key> keys = list.keys();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(", ((array_agg(r.")
                    .append(keys.get(i).bare())
                    .append("))[count(*)])::text as key_")
                    .append(i);
        }
        sql.append(" from (").append(rows).append(") r, lateral (");
        if (table) {
            sql.append("select ")
                    .append(list.cells().stream()
                            .map(cell -> "csv_cell(" + cell.sql() + ")")
                            .collect(Collectors.joining(" || ',' || ")))
                    .append(" as line from (");
        }
        sql.append("select ").append(list.shape());
        return sql.append(table ? ") x) x" : ") x").toString();
    }

    /** The first rows after a place, in order. */
    private static String head(RowList list, @Nullable String columns, Bound bound, int limit, boolean skipping) {
        String direction = list.ascending() ? "" : " desc";
        String suffix = after(list, bound) + " order by " + separated(list.keys(), true, direction) + " limit " + limit;
        if (list.branches().isEmpty()) {
            return list.selection(columns, skipping ? suffix + " offset :skip" : suffix);
        }
        // Each branch gives as many as could be wanted of it, and the first of them all are taken.
        return "select * from (" + list.selection(columns, skipping ? suffix + " + :skip" : suffix) + ") u order by "
                + separated(list.keys(), false, direction) + " limit " + limit + (skipping ? " offset :skip" : "");
    }

    private static String after(RowList list, Bound bound) {
        if (bound == Bound.NONE) {
            return "";
        }
        List<RowList.Key> keys = list.keys();
        StringBuilder sql = new StringBuilder(" and (").append(separated(keys, true, ""));
        sql.append(list.ascending() ? ") > (" : ") < (");
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(bound == Bound.PLACE ? "b.from_" + i : given(keys, i));
        }
        return sql.append(')').toString();
    }

    private static String given(List<RowList.Key> keys, int i) {
        return "cast(:after_" + i + " as " + keys.get(i).type().sql() + ")";
    }

    /** @param within whether the tables of the list are at hand, and not only its columns */
    private static String separated(List<RowList.Key> keys, boolean within, String suffix) {
        return keys.stream()
                .map(key -> (within ? key.column() : key.bare()) + suffix)
                .collect(Collectors.joining(", "));
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
            return parts(tenant, list, shape, keys, size, target == MAX_BYTES ? CHUNKS : 1)
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
