package ai.recruit.audit;

import ai.recruit.kernel.UuidV7;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the entries. */
@Component
class AuditRepository {

    /*
     * The hash of the details is made here, over the text that PostgreSQL gives them, since that is the text that can be
     * read again. The salt keeps the hash of a few erased words from being guessed.
     */
    private static final String INSERT = """
            insert into audit_entries (id, actor_id, key_id, role, action, subject, parent, owner_id, address, request_id,
                                       details, salt, details_hash)
            select x.id, x.actor_id, x.key_id, x.role, x.action, x.subject, x.parent, x.owner_id, x.address, x.request_id,
                   x.details, x.salt, sha256(x.salt || convert_to(x.details::text, 'UTF8'))
              from (select e.*, uuid_send(gen_random_uuid()) as salt
                      from jsonb_to_recordset(cast(:entries as jsonb)) as e (
                           id uuid, actor_id uuid, key_id uuid, role text, action text, subject text, parent text,
                           owner_id uuid, address text, request_id text, details jsonb)
                    offset 0) x
            """;

    private static final String ERASE = """
            update audit_entries set details = null, salt = null
             where (subject = :subject or parent = :subject) and salt is not null
            """;

    private static final String ERASE_ALL = """
            update audit_entries set details = null, salt = null
             where (subject = any (:subjects) or parent = any (:subjects)) and salt is not null
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    AuditRepository(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** Inserts in the present transaction. */
    Mono<Void> insert(List<AuditEntry> entries) {
        return Mono.defer(() -> database.sql(INSERT)
                .bind(
                        "entries",
                        json.writeValueAsString(entries.stream().map(this::row).toList()))
                .then());
    }

    /** Blanks details in the present transaction. */
    Mono<Long> eraseDetails(String publicId) {
        return database.sql(ERASE).bind("subject", publicId).fetch().rowsUpdated();
    }

    /** Blanks the details of entries about any of these in the present transaction. */
    Mono<Long> eraseDetails(Set<String> publicIds) {
        return database.sql(ERASE_ALL)
                .bind("subjects", publicIds.toArray(String[]::new))
                .fetch()
                .rowsUpdated();
    }

    private Map<String, @Nullable Object> row(AuditEntry entry) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", UuidV7.next(clock));
        row.put("actor_id", entry.actorId());
        row.put("key_id", entry.keyId());
        row.put("role", entry.role());
        row.put("action", entry.action());
        row.put("subject", entry.subject());
        row.put("parent", entry.parent());
        row.put("owner_id", entry.ownerId());
        row.put("address", entry.address());
        row.put("request_id", entry.requestId());
        row.put("details", entry.details());
        return row;
    }
}
