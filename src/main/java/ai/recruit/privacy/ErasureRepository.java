package ai.recruit.privacy;

import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of erasures. Everything here runs in the transaction of the subscriber. */
@Component
class ErasureRepository {

    private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};

    private static final String INSERT = """
            insert into erasures (id, owner_id, candidate_id, candidate_ids, subjects, files, subject_hash, cause,
                requested_by, state, counts, apart_ids)
            values (:id, :owner, :candidate, :candidates, :subjects, :files, :hash, :cause, :by, 'removing_files',
                cast(:counts as jsonb), :apart)
            """;

    // Who has a lease and dies lets it run out; the next one goes on where the row says.
    private static final String TAKE = """
            update erasures e set leader = :me, leased_until = clock_timestamp() + make_interval(secs => :lease)
             where e.id in (
                select d.id from erasures d
                 where d.state <> 'completed' and d.next_at <= clock_timestamp()
                   and (d.leased_until is null or d.leased_until < clock_timestamp() or d.leader = :me)
                   and (:all or d.owner_id = :owner)
                 order by d.next_at limit :most for update skip locked)
            returning e.id, e.owner_id, e.candidate_id, e.candidate_ids, e.apart_ids, e.subjects, e.files, e.subject_hash, e.cause,
                e.requested_by,
                e.requested_at, e.state, e.counts::text as counts, e.attempts,
                e.txid < pg_snapshot_xmin(pg_current_snapshot()) as settled
            """;

    private static final String FILES_REMOVED = """
            update erasures e
               set files = :files, counts = cast(:counts as jsonb), attempts = 0, problem = null, leader = null,
                   leased_until = null,
                   state = case when cardinality(:files) = 0 then 'clearing_traces' else e.state end,
                   next_at = case when cardinality(:files) = 0
                        then greatest(clock_timestamp(), e.requested_at + make_interval(secs => :settle))
                        else clock_timestamp() end
             where e.id = :id and e.leader = :me and (:all or e.owner_id = :owner)
            """;

    private static final String LATER = """
            update erasures e
               set attempts = e.attempts + :failed, problem = coalesce(:problem, e.problem), leader = null,
                   leased_until = null, next_at = clock_timestamp() + make_interval(secs => :pause)
             where e.id = :id and e.leader = :me and (:all or e.owner_id = :owner)
            """;

    private static final String MORE = """
            update erasures e set subjects = :subjects, files = :files, counts = cast(:counts as jsonb),
                   state = 'removing_files', leader = null, leased_until = null, next_at = clock_timestamp()
             where e.id = :id and e.leader = :me and (:all or e.owner_id = :owner)
            """;

    private static final String COMPLETE = """
            update erasures e
               set state = 'completed', counts = cast(:counts as jsonb), completed_at = :at, certificate = :certificate,
                   certificate_sha256 = :digest, candidate_id = null, candidate_ids = '{}', apart_ids = '{}', subjects = '{}',
                   files = '{}', leader = null, leased_until = null, problem = null
             where e.id = :id and e.leader = :me and (:all or e.owner_id = :owner)
            """;

    private static final String CERTIFICATE = """
            select e.certificate, e.certificate_sha256, e.state from erasures e
             where e.id = :id and (:all or e.owner_id = :owner)
            """;

    private static final String CERTIFICATE_OF_REQUEST = """
            select e.certificate, e.certificate_sha256, e.state from erasures e
             where e.id = :id and e.requested_by = :owner
            """;

    private static final String HELD = """
            select 1 as found from legal_holds h
             where h.candidate_id = any (:ids) and (:all or h.owner_id = :owner) limit 1
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final UUID me = UUID.randomUUID();

    ErasureRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * An erasure that is under way.
     *
     * @param person null when it is of something that nobody was tied to
     * @param subject the hash of the id of the person or thing
     */
    record Job(
            UUID id,
            UUID ownerId,
            @Nullable Person person,
            String subject,
            Set<String> subjects,
            Set<String> files,
            String cause,
            @Nullable UUID requestedBy,
            Instant requestedAt,
            boolean hasFiles,
            Map<String, Long> counts,
            int attempts,
            boolean settled) {}

    /** @param text as it was made, byte for byte; null as long as the erasure is not completed */
    record Certificate(@Nullable String text, @Nullable String digest) {}

    Mono<Boolean> isHeld(List<UUID> candidateIds) {
        return system(database.sql(HELD).bind("ids", candidateIds.toArray(UUID[]::new)))
                .fetch()
                .one()
                .hasElement();
    }

    Mono<Void> insert(
            UUID id,
            UUID owner,
            @Nullable Person person,
            Set<String> subjects,
            Set<String> files,
            String hash,
            Cause cause,
            @Nullable UUID by,
            Map<String, Long> counts) {
        return database.sql(INSERT)
                .bind("id", id)
                .bind("owner", owner)
                .bind("candidate", person == null ? Parameters.in(UUID.class) : Parameters.in(person.candidateId()))
                .bind(
                        "candidates",
                        person == null ? new UUID[0] : person.candidateIds().toArray(UUID[]::new))
                .bind("apart", person == null ? new UUID[0] : person.apartIds().toArray(UUID[]::new))
                .bind("subjects", subjects.toArray(String[]::new))
                .bind("files", files.toArray(String[]::new))
                .bind("hash", hash)
                .bind("cause", cause.word())
                .bind("by", by == null ? Parameters.in(UUID.class) : Parameters.in(by))
                .bind("counts", json.writeValueAsString(counts))
                .then();
    }

    /** Takes what is due, for half a minute. */
    Flux<Job> take(int most) {
        return system(database.sql(TAKE).bind("me", me).bind("lease", 30.0).bind("most", most))
                .map(this::job)
                .all();
    }

    private Job job(Readable row) {
        UUID owner = Objects.requireNonNull(row.get("owner_id", UUID.class));
        UUID candidate = row.get("candidate_id", UUID.class);
        return new Job(
                Objects.requireNonNull(row.get("id", UUID.class)),
                owner,
                candidate == null
                        ? null
                        : new Person(
                                owner,
                                candidate,
                                List.of(Objects.requireNonNull(row.get("candidate_ids", UUID[].class))),
                                List.of(Objects.requireNonNull(row.get("apart_ids", UUID[].class)))),
                String.valueOf(row.get("subject_hash", String.class)),
                Set.of(Objects.requireNonNull(row.get("subjects", String[].class))),
                Set.of(Objects.requireNonNull(row.get("files", String[].class))),
                String.valueOf(row.get("cause", String.class)),
                row.get("requested_by", UUID.class),
                Objects.requireNonNull(row.get("requested_at", Instant.class)),
                "removing_files".equals(row.get("state", String.class)),
                json.readValue(String.valueOf(row.get("counts", String.class)), COUNTS),
                Objects.requireNonNull(row.get("attempts", Integer.class)),
                Boolean.TRUE.equals(row.get("settled", Boolean.class)));
    }

    Mono<Void> filesRemoved(Job job, Set<String> left, Map<String, Long> counts, Duration settle) {
        return mine(FILES_REMOVED, job)
                .bind("files", left.toArray(String[]::new))
                .bind("counts", json.writeValueAsString(counts))
                .bind("settle", settle.toMillis() / 1000.0)
                .then();
    }

    /** Lets it go for a while. */
    Mono<Void> later(Job job, Duration pause, @Nullable String problem) {
        return mine(LATER, job)
                .bind("failed", problem == null ? 0 : 1)
                .bind("problem", Parameters.in(R2dbcType.VARCHAR, problem))
                .bind("pause", pause.toMillis() / 1000.0)
                .then();
    }

    Mono<Void> more(Job job, Set<String> subjects, Set<String> files, Map<String, Long> counts) {
        return mine(MORE, job)
                .bind("subjects", subjects.toArray(String[]::new))
                .bind("files", files.toArray(String[]::new))
                .bind("counts", json.writeValueAsString(counts))
                .then();
    }

    /** Says how many rows that were: none when the lease has been lost meanwhile. */
    Mono<Long> complete(Job job, Map<String, Long> counts, Instant at, String certificate, String digest) {
        return mine(COMPLETE, job)
                .bind("counts", json.writeValueAsString(counts))
                .bind("at", at)
                .bind("certificate", certificate)
                .bind("digest", digest)
                .fetch()
                .rowsUpdated();
    }

    Mono<Certificate> certificate(Tenant tenant, UUID id) {
        return database.sql(CERTIFICATE)
                .bind("id", id)
                .bind("all", tenant.seesAll())
                .bind(
                        "owner",
                        tenant.accountId() == null ? Parameters.in(UUID.class) : Parameters.in(tenant.accountId()))
                .map(ErasureRepository::certificate)
                .one();
    }

    /** Of an erasure that the account itself has asked for, wherever the candidate was. */
    Mono<Certificate> certificateOfRequest(UUID accountId, UUID id) {
        return database.sql(CERTIFICATE_OF_REQUEST)
                .bind("id", id)
                .bind("owner", accountId)
                .map(ErasureRepository::certificate)
                .one();
    }

    private static Certificate certificate(Readable row) {
        return new Certificate(row.get("certificate", String.class), row.get("certificate_sha256", String.class));
    }

    private DatabaseClient.GenericExecuteSpec mine(String sql, Job job) {
        return system(database.sql(sql).bind("id", job.id()).bind("me", me));
    }

    private static DatabaseClient.GenericExecuteSpec system(DatabaseClient.GenericExecuteSpec statement) {
        return statement.bind("all", true).bindNull("owner", UUID.class);
    }
}
