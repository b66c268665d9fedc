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
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
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
    private static final int MAX_BYTES = 1 << 20;

    private static final int MIN_BYTES = 1 << 16;
    private static final int SLICE = 16 * 1024;
    private static final long SLOW_NANOS = 500_000_000L;

    private final DatabaseClient database;
    private final TenantTransactions transactions;

    ListReader(DatabaseClient database, TenantTransactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Part of a list.
     *
     * @param rows the rows, joined; empty when there are none
     * @param count how many
     * @param lastKeys the keys of the last one; empty when there is none
     */
    record Part(String rows, int count, List<String> lastKeys) {}

    /** A page, and how many rows the list has. */
    record Page(Part part, long total) {}

    /** One row that was read again. */
    record Row(UUID id, String json) {}

    Mono<Page> page(Tenant tenant, RowList list, long skip, List<String> after, int limit) {
        return transactions.mono(
                tenant,
                () -> part(tenant, list, ListShape.PAGE, after, after.isEmpty() ? skip : 0, limit)
                        .zipWhen(part -> total(tenant, list), Page::new));
    }

    private Mono<Long> total(Tenant tenant, RowList list) {
        return bind(database.sql(list.selection(true)), tenant, list.selection(true), list.binds())
                .map(row -> number(row, 0))
                .one();
    }

    /**
     * All rows, as slices of framed text. Each chunk is read in a transaction of its own, one chunk ahead of the client,
     * so a client that does not read costs a chunk of memory and no connection. Rows that come, go or move meanwhile
     * may be missed or met twice; rows that stay are met once.
     */
    Flux<Slice> all(Tenant tenant, RowList list, ListShape shape, List<String> after) {
        return Flux.defer(() -> {
            Progress progress = new Progress(after);
            // share() runs the query whether or not the client has asked yet; the plain Mono would hold its
            // transaction open until then.
            return Mono.defer(() -> transactions
                            .mono(tenant, () -> part(tenant, list, shape, progress.keys, 0, progress.rows))
                            .map(part -> progress.arrived(part, shape))
                            .share())
                    .repeat(() -> !progress.finished)
                    .flatMapIterable(progress::taken, 1);
        });
    }

    /** Those of the rows that are in the list and that the tenant sees. */
    Mono<Map<UUID, String>> again(Tenant tenant, RowList list, List<UUID> ids) {
        RowList.Key id = list.keys().get(list.keys().size() - 1);
        String sql = "select r." + id.bare() + " as id, row_to_json(x)::text as row from ("
                + list.selection(false) + " and " + id.column() + " = any(:row_ids)) r, lateral (select "
                + list.shape() + ") x";
        return transactions
                .flux(
                        tenant,
                        () -> bind(database.sql(sql), tenant, sql, list.binds())
                                .bind("row_ids", ids.toArray(UUID[]::new))
                                .map(row -> new Row(id(row), text(row, "row")))
                                .all())
                .collectMap(Row::id, Row::json);
    }

    private Mono<Part> part(Tenant tenant, RowList list, ListShape shape, List<String> after, long skip, int limit) {
        String sql = partSql(list, !after.isEmpty(), limit, skip > 0);
        Map<String, Object> binds = new LinkedHashMap<>(list.binds());
        binds.put("row_separator", shape.between());
        for (int i = 0; i < after.size(); i++) {
            binds.put("after_" + i, after.get(i));
        }
        if (skip > 0) {
            binds.put("skip", skip);
        }
        return bind(database.sql(sql), tenant, sql, binds)
                .map(row -> new Part(textOrEmpty(row, "rows"), (int) number(row, "found"), lastKeys(row, list)))
                .one();
    }

    /** The limit stands in the text, so that the plan is made for it; there are few different ones. */
    private static String partSql(RowList list, boolean continued, int limit, boolean skipping) {
        StringBuilder sql = new StringBuilder(
                "select string_agg(row_to_json(x)::text, cast(:row_separator as text)) as rows, count(*) as found");
        List<RowList.Key> keys = list.keys();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(", ((array_agg(r.")
                    .append(keys.get(i).bare())
                    .append("))[count(*)])::text as key_")
                    .append(i);
        }
        sql.append(" from (").append(list.selection(false));
        if (continued) {
            sql.append(" and (");
            separated(sql, keys, "");
            sql.append(") < (");
            for (int i = 0; i < keys.size(); i++) {
                sql.append(i == 0 ? "" : ", ")
                        .append("cast(:after_")
                        .append(i)
                        .append(" as ")
                        .append(keys.get(i).type().sql())
                        .append(')');
            }
            sql.append(')');
        }
        sql.append(" order by ");
        separated(sql, keys, " desc");
        sql.append(" limit ").append(limit);
        if (skipping) {
            sql.append(" offset :skip");
        }
        return sql.append(") r, lateral (select ")
                .append(list.shape())
                .append(") x")
                .toString();
    }

    private static void separated(StringBuilder sql, List<RowList.Key> keys, String suffix) {
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(keys.get(i).column()).append(suffix);
        }
    }

    /** The tenant's binds are given to those queries that carry the tenant predicate. */
    private static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec spec, Tenant tenant, String sql, Map<String, Object> binds) {
        DatabaseClient.GenericExecuteSpec bound = spec;
        for (Map.Entry<String, Object> bind : binds.entrySet()) {
            bound = bound.bind(bind.getKey(), bind.getValue());
        }
        if (sql.contains(":all ")) {
            bound = bound.bind("all", tenant.seesAll());
        }
        if (sql.contains(":owner)")) {
            bound = bound.bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class));
        }
        return bound;
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

    private static UUID id(Readable row) {
        UUID id = row.get("id", UUID.class);
        if (id == null) {
            throw new IllegalStateException("A row of a list has no id");
        }
        return id;
    }

    private static String text(Readable row, String name) {
        String text = row.get(name, String.class);
        if (text == null) {
            throw new IllegalStateException("A row of a list has no " + name);
        }
        return text;
    }

    private static String textOrEmpty(Readable row, String name) {
        String text = row.get(name, String.class);
        return text == null ? "" : text;
    }

    private static long number(Readable row, Object at) {
        Long value = at instanceof Integer index ? row.get(index, Long.class) : row.get((String) at, Long.class);
        return value == null ? 0 : value;
    }

    /** A chunk, and when it arrived. */
    private record Arrived(byte[] bytes, long at) {}

    /** Some bytes of framed rows. */
    record Slice(byte[] bytes, int from, int length) {}

    /** How far one reader has come. Used by one query at a time. */
    private static final class Progress {

        private volatile List<String> keys;
        private volatile int rows = FIRST_ROWS;
        private volatile boolean finished;
        private volatile int target = MIN_BYTES;

        Progress(List<String> after) {
            this.keys = after;
        }

        Arrived arrived(Part part, ListShape shape) {
            finished = part.count() < rows;
            if (part.count() == 0) {
                return new Arrived(new byte[0], System.nanoTime());
            }
            keys = part.lastKeys();
            byte[] bytes = shape.frame(part.rows()).getBytes(StandardCharsets.UTF_8);
            int perRow = Math.max(1, bytes.length / part.count());
            // A power of two, so that there are few different statements to prepare.
            rows = Math.max(1, Math.min(MAX_ROWS, Integer.highestOneBit(Math.max(1, target / perRow))));
            return new Arrived(bytes, System.nanoTime());
        }

        /** Called when the client has asked for the chunk. */
        Iterable<Slice> taken(Arrived chunk) {
            boolean slow = System.nanoTime() - chunk.at() > SLOW_NANOS;
            target = slow ? MIN_BYTES : Math.min(MAX_BYTES, target * 2);
            // Reactor Netty asks for up to 128 buffers before the first is written: small ones bound what lies there.
            List<Slice> slices = new ArrayList<>(chunk.bytes().length / SLICE + 1);
            for (int from = 0; from < chunk.bytes().length; from += SLICE) {
                slices.add(new Slice(chunk.bytes(), from, Math.min(SLICE, chunk.bytes().length - from)));
            }
            return slices;
        }
    }
}
