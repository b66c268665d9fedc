package ai.recruit.audit;

import ai.recruit.kernel.UuidV7;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the chain, as they are written. Everything runs in the present transaction, in system scope. */
@Component
class ChainRepository {

    private static final String PLACE = "select " + ChainPlace.COLUMNS + " from audit_seal";
    private static final String LOCK = PLACE + " for update skip locked";

    private static final String BEHIND = "select " + ChainedEntry.COLUMNS + """

              from audit_entries e
             where (e.txid, e.id) > (cast(:txid as xid8), :id) and e.txid < pg_snapshot_xmin(pg_current_snapshot())
             order by e.txid, e.id limit :limit
            """;

    private static final String ADD = """
            insert into audit_chain (day, seq, entry_id, hash)
            select day, seq, entry_id, decode(hash, 'hex')
              from jsonb_to_recordset(cast(:links as jsonb)) as x (day date, seq bigint, entry_id uuid, hash text)
            """;

    private static final String MOVE = """
            update audit_seal set txid = cast(:txid as xid8), entry_id = :entry, day = :day, seq = :seq, hash = :hash,
                   published_day = :published_day, published_seq = :published_seq, published_at = :published_at
            """;

    private static final String PUBLISH =
            "insert into audit_heads (id, day, seq, hash) values (:id, :day, :seq, :hash)";

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    ChainRepository(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    Mono<ChainPlace> place() {
        return database.sql(PLACE).map(ChainPlace::of).one();
    }

    /** The place, held until the transaction ends; empty while another node has it. */
    Mono<ChainPlace> lock() {
        return database.sql(LOCK).map(ChainPlace::of).one();
    }

    /** The entries behind the place, as far as no transaction that is still running can put one between them. */
    Flux<ChainedEntry> behind(ChainPlace place, int limit) {
        return database.sql(BEHIND)
                .bind("txid", Long.toString(place.txid()))
                .bind("id", place.entryId())
                .bind("limit", limit)
                .map(ChainedEntry::of)
                .all();
    }

    Mono<Void> add(List<ChainPlace> links) {
        List<Map<String, Object>> rows = links.stream()
                .map(link -> Map.<String, Object>of(
                        "day", link.day().toString(),
                        "seq", link.seq(),
                        "entry_id", link.entryId(),
                        "hash", HexFormat.of().formatHex(link.hash())))
                .toList();
        return database.sql(ADD).bind("links", json.writeValueAsString(rows)).then();
    }

    Mono<Void> move(ChainPlace place) {
        return database.sql(MOVE)
                .bind("txid", Long.toString(place.txid()))
                .bind("entry", place.entryId())
                .bind("day", place.day())
                .bind("seq", place.seq())
                .bind("hash", place.hash())
                .bind("published_day", place.publishedDay())
                .bind("published_seq", place.publishedSeq())
                .bind("published_at", place.publishedAt())
                .then();
    }

    /** Keeps a head; gives its id. */
    Mono<UUID> publish(ChainPlace head) {
        UUID id = UuidV7.next(clock);
        return database.sql(PUBLISH)
                .bind("id", id)
                .bind("day", head.day())
                .bind("seq", head.seq())
                .bind("hash", head.hash())
                .then()
                .thenReturn(id);
    }
}
