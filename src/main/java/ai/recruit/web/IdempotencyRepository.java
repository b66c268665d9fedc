package ai.recruit.web;

import ai.recruit.access.Caller;
import ai.recruit.access.Secrets;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of requests with an {@code Idempotency-Key}. Everything here runs in the caller's transaction. */
@Component
class IdempotencyRepository {

    private static final int LONGEST_BODY = 1 << 20;
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final Secrets secrets;
    private final JsonMapper json;
    private final Clock clock;
    private final IdempotencyProperties properties;

    IdempotencyRepository(
            DatabaseClient database, Secrets secrets, JsonMapper json, Clock clock, IdempotencyProperties properties) {
        this.database = database;
        this.secrets = secrets;
        this.json = json;
        this.clock = clock;
        this.properties = properties;
    }

    /** Lets one transaction at a time have this key, without waiting: false while another one has it. */
    Mono<Boolean> tryLock(Use use) {
        return database.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 4811)) as free")
                .bind("name", use.principal() + " " + use.key())
                .map(row -> Boolean.TRUE.equals(row.get("free", Boolean.class)))
                .one();
    }

    Mono<Found> find(Use use) {
        return database.sql("""
                        select id, fingerprint, status, headers::text as headers, body,
                            coalesce(lease_ends_at > clock_timestamp(), false) as running
                        from idempotency_key
                        where owner_id = :owner and principal = :principal and expires_at > now()
                            and key in (:key, 'erased:' || encode(sha256(convert_to(:key, 'UTF8')), 'hex'))
                        """)
                .bind("owner", use.caller().accountId())
                .bind("principal", use.principal())
                .bind("key", use.key())
                .map(this::found)
                .one();
    }

    private Found found(Readable row) {
        byte[] fingerprint = Objects.requireNonNull(row.get("fingerprint", byte[].class));
        Integer status = row.get("status", Integer.class);
        if (status == null) {
            return new Found(fingerprint, Boolean.TRUE.equals(row.get("running", Boolean.class)), null);
        }
        String body = row.get("body", String.class);
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        String headers = Objects.requireNonNull(row.get("headers", String.class));
        return new Found(
                fingerprint,
                false,
                new Answer(
                        status,
                        json.readValue(headers, HEADERS),
                        body == null
                                ? null
                                : secrets.open(id, body)
                                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                                        .orElse(null)));
    }

    /** Says that the request runs now; gives its row. */
    Mono<UUID> begin(Use use) {
        UUID id = UuidV7.next(clock);
        return database.sql("""
                        insert into idempotency_key as k (id, owner_id, principal, key, fingerprint, lease_ends_at, expires_at)
                        values (:id, :owner, :principal, :key, :fingerprint,
                            clock_timestamp() + make_interval(secs => :lease), now() + make_interval(secs => :keep))
                        on conflict (owner_id, principal, key) do update set id = excluded.id,
                            fingerprint = excluded.fingerprint, status = null, headers = null, body = null, subjects = null,
                            lease_ends_at = excluded.lease_ends_at, created_at = now(), expires_at = excluded.expires_at
                        where k.owner_id = :owner
                        """)
                .bind("id", id)
                .bind("owner", use.caller().accountId())
                .bind("principal", use.principal())
                .bind("key", use.key())
                .bind("fingerprint", use.fingerprint())
                .bind("lease", (double) properties.lease().toSeconds())
                .bind("keep", (double) properties.keep().toSeconds())
                .then()
                .thenReturn(id);
    }

    /** Says that the request still runs. */
    Mono<Void> renew(Use use, UUID id) {
        return database.sql("""
                        update idempotency_key set lease_ends_at = clock_timestamp() + make_interval(secs => :lease)
                        where id = :id and status is null and owner_id = :owner
                        """)
                .bind("lease", (double) properties.lease().toSeconds())
                .bind("id", id)
                .bind("owner", use.caller().accountId())
                .then();
    }

    /** Writes the answer of a request that said that it runs. */
    Mono<Void> end(Use use, UUID id, Answer answer) {
        return bind(database.sql("""
                        update idempotency_key set status = :status, headers = cast(:headers as jsonb), body = :body,
                            subjects = :subjects, lease_ends_at = null
                        where id = :id and owner_id = :owner
                        """), id, answer)
                .bind("owner", use.caller().accountId())
                .bind("subjects", subjects(use, answer))
                .then();
    }

    /** The ids that the request and its answer name, so that the answer can be found when those are erased. */
    private static String[] subjects(Use use, Answer answer) {
        byte[] body = answer.body();
        String told = body == null || body.length > LONGEST_BODY ? "" : new String(body, StandardCharsets.ISO_8859_1);
        return ID.matcher(use.said() + '\n' + told)
                .results()
                .map(found -> found.group().replace("-", "").toLowerCase(Locale.ROOT))
                .distinct()
                .toArray(String[]::new);
    }

    /** Forgets a request that may be tried again. */
    Mono<Void> forget(Use use, UUID id) {
        return database.sql("delete from idempotency_key where id = :id and owner_id = :owner")
                .bind("id", id)
                .bind("owner", use.caller().accountId())
                .then();
    }

    /** Writes the answer of a request whose effect is in the same transaction. */
    Mono<Void> add(Use use, Answer answer) {
        return bind(database.sql("""
                        insert into idempotency_key as k
                            (id, owner_id, principal, key, fingerprint, status, headers, body, subjects, expires_at)
                        values (:id, :owner, :principal, :key, :fingerprint, :status, cast(:headers as jsonb), :body,
                            :subjects, now() + make_interval(secs => :keep))
                        on conflict (owner_id, principal, key) do update set id = excluded.id,
                            fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
                            body = excluded.body, subjects = excluded.subjects, lease_ends_at = null,
                            created_at = now(),
                            expires_at = excluded.expires_at
                        where k.owner_id = :owner and (k.expires_at <= now() or k.status is null)
                        """), UuidV7.next(clock), answer)
                .bind("owner", use.caller().accountId())
                .bind("principal", use.principal())
                .bind("key", use.key())
                .bind("fingerprint", use.fingerprint())
                .bind("keep", (double) properties.keep().toSeconds())
                .bind("subjects", subjects(use, answer))
                .then();
    }

    private DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec statement, UUID id, Answer answer) {
        byte[] body = answer.body();
        Parameter sealed = body == null || body.length > LONGEST_BODY
                ? Parameters.in(String.class)
                : Parameters.in(secrets.seal(id, new String(body, StandardCharsets.ISO_8859_1)));
        return statement
                .bind("id", id)
                .bind("status", answer.status())
                .bind("headers", json.writeValueAsString(answer.headers()))
                .bind("body", sealed);
    }

    /** Removes what is too old, for all accounts. */
    Mono<Long> removeExpired() {
        return database.sql("""
                        delete from idempotency_key where expires_at < now() and (:all or owner_id = :owner)
                        """)
                .bind("all", Tenant.system().seesAll())
                .bind("owner", Parameters.in(UUID.class))
                .fetch()
                .rowsUpdated();
    }

    /**
     * A request with a key.
     *
     * @param fingerprint what makes it this request and no other
     * @param said the part of it that may name things
     */
    record Use(Caller caller, String key, byte[] fingerprint, String said) {

        /** Who used the key: the account, or the service key that works in its name. */
        UUID principal() {
            return caller.isKey() ? caller.sessionId() : caller.accountId();
        }
    }

    /**
     * What is known of a key.
     *
     * @param running whether the request runs somewhere, and not in one transaction
     * @param answer null while it runs, and when it stopped in the middle
     */
    record Found(
            byte[] fingerprint, boolean running, @Nullable Answer answer) {}
}
