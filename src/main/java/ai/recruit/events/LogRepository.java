package ai.recruit.events;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the event log. */
@Component
class LogRepository {

    private static final String APPEND = """
            insert into event_log (type, subject, parent, audience, owner_id, data, queue)
            select e ->> 'type', e ->> 'subject', e ->> 'parent', e ->> 'audience', (e ->> 'owner_id')::uuid,
                   e -> 'data', e ->> 'queue'
              from jsonb_array_elements(cast(:events as jsonb)) with ordinality as x (e, n)
             order by n
            """;

    /*
     * One statement, hence one snapshot: the rows below the oldest running transaction, that transaction's id, whether
     * newer rows are waiting for it, and how far the log has been cut off.
     */
    private static final String READ = """
            with seen as materialized (
                select pg_snapshot_xmin(s) as xmin, pg_snapshot_xmax(s) as xmax from pg_current_snapshot() as s)
            select seen.xmin::text::bigint as xmin,
                   seen.xmax::text::bigint as xmax,
                   coalesce(seen.xmin <= (select p.txid from event_log p order by p.txid desc, p.id desc limit 1), false)
                       as pending,
                   h.txid::text::bigint as horizon_txid, h.id as horizon_id, h.at as horizon_at,
                   e.txid::text::bigint as txid, e.id, e.type, e.subject, e.parent, e.audience, e.owner_id, e.at,
                   e.data::text as data, e.queue
              from seen cross join event_log_horizon h
              left join lateral (
                select * from event_log l
                 where (l.txid, l.id) > (cast(:txid as xid8), :id) and l.txid < seen.xmin
                   and (:system or l.audience <> 'internal')
                   and (:all or l.audience = 'everyone' or l.owner_id = :owner)
                   and %s
                 order by l.txid, l.id
                 limit :limit) e on true
             order by e.txid, e.id
            """;

    private static final String READ_ALL = READ.formatted("true");
    private static final String READ_TYPES = READ.formatted("l.type = any (:types)");
    private static final String READ_SUBJECT = READ.formatted("(l.subject = :subject or l.parent = :subject)");

    private static final String LATEST = """
            select txid::text::bigint as txid, id, type, subject, parent, audience, owner_id, at, data::text as data, queue
              from event_log
             where subject = :subject and audience <> 'internal'
               and (:all or audience = 'everyone' or owner_id = :owner)
             order by txid desc, id desc
             limit 1
            """;

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final JsonMapper json;
    private final Counter reads;

    LogRepository(DatabaseClient database, TenantTransactions transactions, JsonMapper json, MeterRegistry meters) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
        this.reads = Counter.builder("recruit.log.reads")
                .description("Reads of the event log; does not grow with the number of live streams")
                .register(meters);
    }

    /** Appends in the present transaction. */
    Mono<Void> append(List<NewEvent> events) {
        return Mono.defer(() -> database.sql(APPEND)
                .bind(
                        "events",
                        json.writeValueAsString(
                                events.stream().map(LogRepository::row).toList()))
                .then());
    }

    private static Map<String, @Nullable Object> row(NewEvent event) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("type", event.type());
        row.put("subject", event.subject());
        row.put("parent", event.parent());
        row.put("audience", event.audience().name().toLowerCase(Locale.ROOT));
        row.put("owner_id", event.ownerId());
        row.put("data", event.data());
        row.put("queue", event.queue());
        return row;
    }

    /** Reads up to {@code limit} rows after the cursor, as far as the viewer may see. */
    Mono<LogPage> read(Tenant viewer, Selection selection, Cursor after, int limit) {
        return transactions.mono(viewer, () -> {
            reads.increment();
            String subject = selection.subject();
            boolean byTypes = subject == null && !selection.types().isEmpty();
            DatabaseClient.GenericExecuteSpec statement = database.sql(
                            subject != null ? READ_SUBJECT : byTypes ? READ_TYPES : READ_ALL)
                    .bind("txid", Long.toString(after.transactionId()))
                    .bind("id", after.id())
                    .bind("system", viewer.scope() == Tenant.Scope.SYSTEM)
                    .bind("all", viewer.seesAll())
                    .bind("limit", limit);
            statement = bindOwner(statement, viewer);
            if (subject != null) {
                statement = statement.bind("subject", subject);
            } else if (byTypes) {
                statement = statement.bind("types", selection.types().toArray(String[]::new));
            }
            return statement
                    .map((row, metadata) -> Line.of(row))
                    .all()
                    .collectList()
                    .map(lines -> page(lines, selection, limit));
        });
    }

    /** The latest event of a subject, also when the readers of the log have not come to it yet. */
    Mono<Event> latest(Tenant viewer, String subject) {
        return transactions.mono(
                viewer,
                () -> bindOwner(database.sql(LATEST).bind("subject", subject).bind("all", viewer.seesAll()), viewer)
                        .map((row, metadata) -> Line.event(row))
                        .one());
    }

    private static DatabaseClient.GenericExecuteSpec bindOwner(
            DatabaseClient.GenericExecuteSpec statement, Tenant viewer) {
        UUID owner = viewer.accountId();
        return owner == null ? statement.bindNull("owner", UUID.class) : statement.bind("owner", owner);
    }

    private static LogPage page(List<Line> lines, Selection selection, int limit) {
        Line first = lines.get(0);
        List<LogPage.Row> rows = new ArrayList<>(lines.size());
        Cursor last = Cursor.START;
        int found = 0;
        for (Line line : lines) {
            if (line.row() != null) {
                found++;
                last = line.row().event().cursor();
                if (selection.matches(line.row().event())) {
                    rows.add(line.row());
                }
            }
        }
        Cursor upTo = found == limit ? last : new Cursor(first.xmin() - 1, Long.MAX_VALUE);
        return new LogPage(rows, upTo, first.pending(), first.xmax(), first.horizon(), first.horizonAt());
    }

    private record Line(
            long xmin, long xmax, boolean pending, Cursor horizon, Instant horizonAt, LogPage.@Nullable Row row) {

        static Line of(Row row) {
            Instant horizonAt = row.get("horizon_at", Instant.class);
            LogPage.Row content = null;
            if (row.get("txid") != null) {
                String queue = row.get("queue", String.class);
                content = new LogPage.Row(event(row), queue == null ? "" : queue);
            }
            return new Line(
                    number(row, "xmin"),
                    number(row, "xmax"),
                    Boolean.TRUE.equals(row.get("pending", Boolean.class)),
                    new Cursor(number(row, "horizon_txid"), number(row, "horizon_id")),
                    horizonAt == null ? Instant.MIN : horizonAt,
                    content);
        }

        static Event event(Row row) {
            return new Event(
                    new Cursor(number(row, "txid"), number(row, "id")),
                    text(row, "type"),
                    text(row, "subject"),
                    row.get("parent", String.class),
                    Audience.valueOf(text(row, "audience").toUpperCase(Locale.ROOT)),
                    row.get("owner_id", UUID.class),
                    Objects.requireNonNull(row.get("at", Instant.class)),
                    text(row, "data"));
        }

        private static long number(Row row, String column) {
            Long value = row.get(column, Long.class);
            return value == null ? 0 : value;
        }

        private static String text(Row row, String column) {
            String value = row.get(column, String.class);
            return value == null ? "" : value;
        }
    }
}
