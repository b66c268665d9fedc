package ai.recruit.resume;

import static ai.recruit.resume.Rows.required;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class ResumeRepository {

    private static final String SELECT = """
            select r.id, r.owner_id, r.batch_id, r.candidate_id, r.filename, r.media_type, r.size_bytes,
                   encode(r.sha256, 'hex') as sha256, r.blob_key, j.id as job_id, j.state, j.step, j.progress,
                   j.attempts, j.error_code, j.error_message, r.created_at, j.updated_at
              from resumes r
              join processing_jobs j on j.resume_id = r.id
            """;

    private static final String GET = SELECT + " where r.id = :id and (:all or r.owner_id = :owner)";

    /** Also those of candidates that are shared with permission to download. */
    private static final String READABLE = SELECT + """
             where r.id = :id
               and (:all or r.owner_id = :owner or r.candidate_id = any (recruit_shared_resumes()))
            """;

    private static final String SAME_BYTES = SELECT + """
             where r.owner_id = :owner and not r.forced
               and r.sha256 in (select decode(h, 'hex') from unnest(cast(:hashes as text[])) h)
            """;

    // Rows go in by the order of their hashes: two batches with the same files wait for each other in the same order.
    private static final String INSERT = """
            insert into resumes (
                id, owner_id, batch_id, filename, media_type, size_bytes, sha256, forced, blob_key, source,
                named_candidate_id)
            select f.id, :owner, :batch, f.filename, f.media_type, f.size_bytes, decode(f.sha256, 'hex'), :forced,
                   f.blob_key, :source, :named
              from unnest(
                    cast(:ids as uuid[]), cast(:filenames as text[]), cast(:types as text[]),
                    cast(:sizes as bigint[]), cast(:hashes as text[]), cast(:keys as text[]))
                as f (id, filename, media_type, size_bytes, sha256, blob_key)
             order by f.sha256, f.id
            on conflict (owner_id, sha256) where not forced do nothing
            returning id
            """;

    private static final String COUNT =
            "select count(*) as found from resumes where id = any (cast(:ids as uuid[])) and owner_id = :owner";

    private static final String INSERT_JOBS = """
            insert into processing_jobs (id, resume_id, owner_id, lane, stage, step, progress)
            select f.id, f.resume_id, :owner, :lane, :stage, :step, :progress
              from unnest(cast(:ids as uuid[]), cast(:resumes as uuid[])) as f (id, resume_id)
            """;

    private static final String SET_CANDIDATE = """
            update resumes r
               set candidate_id = w.candidate
              from unnest(cast(:ids as uuid[]), cast(:candidates as uuid[])) as w (id, candidate)
             where r.id = w.id and r.owner_id = :owner
            """;

    private static final String CANDIDATES_OF = """
            select id, candidate_id from resumes
             where id = any (cast(:ids as uuid[])) and owner_id = :owner and candidate_id is not null
            """;

    private static final String SAVE_DATA = """
            insert into resume_data (resume_id, owner_id, document, confidence, as_of, engine)
            select w.id, :owner, cast(w.document as jsonb), w.confidence, cast(w.as_of as date), w.engine
              from unnest(
                    cast(:ids as uuid[]), cast(:documents as text[]), cast(:confidences as integer[]),
                    cast(:days as text[]), cast(:engines as text[]))
                as w (id, document, confidence, as_of, engine)
            on conflict (resume_id) do update
               set document = excluded.document, confidence = excluded.confidence, as_of = excluded.as_of,
                   engine = excluded.engine, created_at = now()
            """;

    private static final String FIND_DATA = """
            select d.document from resume_data d
              join resumes r on r.id = d.resume_id
             where d.resume_id = :id
               and (:all or d.owner_id = :owner or r.candidate_id = any (recruit_shared_resumes()))
            """;

    private final DatabaseClient database;

    ResumeRepository(DatabaseClient database) {
        this.database = database;
    }

    /** One that the tenant may read and download, though it may not be their own. */
    Mono<Resume> findReadable(Tenant tenant, UUID id) {
        return Rows.bind(database.sql(READABLE).bind("id", id), tenant)
                .map(ResumeRepository::resume)
                .one();
    }

    Mono<Resume> find(Tenant tenant, UUID id) {
        return Rows.bind(database.sql(GET).bind("id", id), tenant)
                .map(ResumeRepository::resume)
                .one();
    }

    /** The account's resumes with one of these bytes. */
    Flux<Resume> withBytes(UUID ownerId, Collection<String> hashes) {
        return database.sql(SAME_BYTES)
                .bind("owner", ownerId)
                .bind("hashes", hashes.toArray(String[]::new))
                .map(ResumeRepository::resume)
                .all();
    }

    /** Inserts resumes; answers the ids of those whose bytes were new. */
    Flux<UUID> insert(
            UUID ownerId,
            @Nullable UUID batchId,
            @Nullable UUID namedCandidateId,
            boolean forced,
            String source,
            List<NewResume> files) {
        return database.sql(INSERT)
                .bind("owner", ownerId)
                .bind("batch", Rows.uuid(batchId))
                .bind("named", Rows.uuid(namedCandidateId))
                .bind("forced", forced)
                .bind("source", source)
                .bind("ids", files.stream().map(NewResume::id).toArray(UUID[]::new))
                .bind("filenames", files.stream().map(NewResume::filename).toArray(String[]::new))
                .bind("types", files.stream().map(NewResume::mediaType).toArray(String[]::new))
                .bind("sizes", files.stream().map(NewResume::size).toArray(Long[]::new))
                .bind("hashes", files.stream().map(NewResume::sha256).toArray(String[]::new))
                .bind("keys", files.stream().map(NewResume::blobKey).toArray(String[]::new))
                .map(row -> required(row, "id", UUID.class))
                .all();
    }

    /** How many of these there are. */
    Mono<Long> count(UUID ownerId, List<UUID> ids) {
        return database.sql(COUNT)
                .bind("owner", ownerId)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> required(row, "found", Long.class))
                .one();
    }

    Mono<Void> insertJobs(UUID ownerId, Lane lane, List<NewResume> files) {
        return database.sql(INSERT_JOBS)
                .bind("owner", ownerId)
                .bind("lane", lane.word())
                .bind("stage", Step.RECEIVED.stage())
                .bind("step", Step.RECEIVED.word())
                .bind("progress", Step.RECEIVED.progress())
                .bind("ids", files.stream().map(NewResume::jobId).toArray(UUID[]::new))
                .bind("resumes", files.stream().map(NewResume::id).toArray(UUID[]::new))
                .then();
    }

    Mono<Void> setCandidates(UUID ownerId, Map<UUID, UUID> candidates) {
        return database.sql(SET_CANDIDATE)
                .bind("owner", ownerId)
                .bind("ids", candidates.keySet().toArray(UUID[]::new))
                .bind("candidates", candidates.values().toArray(UUID[]::new))
                .then();
    }

    /** Whose the resumes are, as far as that has been found. */
    Mono<Map<UUID, UUID>> candidatesOf(UUID ownerId, List<UUID> ids) {
        return ids.isEmpty()
                ? Mono.just(Map.of())
                : database.sql(CANDIDATES_OF)
                        .bind("owner", ownerId)
                        .bind("ids", ids.toArray(UUID[]::new))
                        .map(row ->
                                Map.entry(required(row, "id", UUID.class), required(row, "candidate_id", UUID.class)))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** What was read out of a resume, the document as JSON text. */
    record NewData(UUID resumeId, String document, int confidence, LocalDate asOf, String engine) {}

    Mono<Void> saveData(UUID ownerId, List<NewData> data) {
        return database.sql(SAVE_DATA)
                .bind("owner", ownerId)
                .bind("ids", data.stream().map(NewData::resumeId).toArray(UUID[]::new))
                .bind("documents", data.stream().map(NewData::document).toArray(String[]::new))
                .bind("confidences", data.stream().map(NewData::confidence).toArray(Integer[]::new))
                .bind("days", data.stream().map(item -> item.asOf().toString()).toArray(String[]::new))
                .bind("engines", data.stream().map(NewData::engine).toArray(String[]::new))
                .then();
    }

    /** The canonical document as JSON text. */
    Mono<String> findData(Tenant tenant, UUID id) {
        return Rows.bind(database.sql(FIND_DATA).bind("id", id), tenant)
                .map(row -> required(row, "document", Json.class).asString())
                .one();
    }

    private static Resume resume(Readable row) {
        return new Resume(
                required(row, "id", UUID.class),
                required(row, "owner_id", UUID.class),
                row.get("batch_id", UUID.class),
                row.get("candidate_id", UUID.class),
                required(row, "filename", String.class),
                required(row, "media_type", String.class),
                required(row, "size_bytes", Long.class),
                required(row, "sha256", String.class),
                required(row, "blob_key", String.class),
                required(row, "job_id", UUID.class),
                State.of(required(row, "state", String.class)),
                required(row, "step", String.class),
                required(row, "progress", Integer.class),
                required(row, "attempts", Integer.class),
                row.get("error_code", String.class),
                row.get("error_message", String.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class));
    }
}
