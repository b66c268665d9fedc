package ai.recruit.resume;

import static ai.recruit.resume.Rows.required;

import ai.recruit.tenancy.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of work. Every change under a claim names it, so whoever has lost the claim changes nothing. */
@Repository
class ProcessingRepository {

    private static final String CLAIM = """
            update processing_jobs j
               set state = 'processing', lease_owner = w.worker,
                   lease_until = now() + make_interval(secs => :lease), attempts = j.attempts + 1, updated_at = now()
              from resumes r,
                   unnest(cast(:ids as uuid[]), cast(:workers as uuid[])) as w (id, worker)
             where j.resume_id = w.id and r.id = j.resume_id and (:all or j.owner_id = :owner)
               and j.state in ('queued', 'processing')
               and (j.lease_until is null or j.lease_until < now())
               and j.attempts < :most
            returning j.resume_id, j.owner_id, j.lane, j.stage, j.attempts, j.lease_owner, r.batch_id, r.blob_key,
                      r.size_bytes, encode(r.sha256, 'hex') as sha256, r.source, r.named_candidate_id, r.candidate_id,
                      r.created_at
            """;

    private static final String HELD =
            " where resume_id = :id and owner_id = :owner and lease_owner = :worker and state = 'processing'";

    private static final String RENEW =
            "update processing_jobs set lease_until = now() + make_interval(secs => :lease)" + HELD;

    private static final String CLAIMS = "unnest(cast(:ids as uuid[]), cast(:workers as uuid[])) as w (id, worker)";

    private static final String LOCK = "select j.resume_id, j.stage, j.state from processing_jobs j, " + CLAIMS + """
             where j.resume_id = w.id and j.owner_id = :owner and j.lease_owner = w.worker
             order by j.resume_id
               for update of j
            """;

    private static final String ADVANCE = """
            update processing_jobs j
               set stage = w.stage, step = w.step, progress = w.progress,
                   state = case when w.stage = :last then 'completed' else j.state end,
                   lease_until = case when w.stage < :last then now() + make_interval(secs => :lease) end,
                   updated_at = now()
              from unnest(
                    cast(:ids as uuid[]), cast(:workers as uuid[]), cast(:stages as integer[]),
                    cast(:steps as text[]), cast(:progresses as integer[]))
                as w (id, worker, stage, step, progress)
             where j.resume_id = w.id and j.owner_id = :owner and j.lease_owner = w.worker
               and j.state = 'processing' and j.stage < w.stage
            returning j.resume_id
            """;

    private static final String FAIL = """
            update processing_jobs
               set state = 'failed', error_code = :code, error_message = :message, lease_until = null,
                   updated_at = now()
            """ + HELD;

    private static final String GIVE_BACK = """
            update processing_jobs
               set state = 'queued', lease_owner = null, lease_until = now() + make_interval(secs => :pause),
                   attempts = attempts - :uncounted, updated_at = now()
            """ + HELD;

    private static final String DUE = """
            select j.resume_id, j.owner_id, j.lane, j.stage, j.attempts, r.batch_id, r.blob_key, r.size_bytes,
                   encode(r.sha256, 'hex') as sha256, r.source, r.named_candidate_id, r.candidate_id, r.created_at
              from processing_jobs j
              join resumes r on r.id = j.resume_id
             where j.state in ('queued', 'processing') and j.lease_until < now() and (:all or j.owner_id = :owner)
             order by j.lease_until
             limit :limit
               for update of j skip locked
            """;

    private static final String LOST = """
            select j.resume_id, j.owner_id, j.lane, j.stage, j.attempts, r.batch_id, r.blob_key, r.size_bytes,
                   encode(r.sha256, 'hex') as sha256, r.source, r.named_candidate_id, r.candidate_id, r.created_at
              from processing_jobs j
              join resumes r on r.id = j.resume_id
             where j.state = 'queued' and j.lease_until is null and (:all or j.owner_id = :owner)
               and j.requested_at < now() - make_interval(secs => :age)
             order by j.requested_at
             limit :limit
               for update of j skip locked
            """;

    private static final String QUEUE_AGAIN = """
            update processing_jobs
               set state = 'queued', lease_owner = null, lease_until = null, requested_at = now(), updated_at = now()
             where resume_id = any (cast(:ids as uuid[])) and (:all or owner_id = :owner)
            """;

    /** The reaper holds the row's lock, and no claim: it fails what nobody is working on any more. */
    private static final String GIVE_UP = """
            update processing_jobs
               set state = 'failed', error_code = :code, error_message = :message, lease_owner = null,
                   lease_until = null, updated_at = now()
             where resume_id = :id and (:all or owner_id = :owner)
            """;

    private static final String RETRY = """
            update processing_jobs
               set state = 'queued', lane = 'interactive', stage = :stage, step = :step, progress = :progress,
                   attempts = 0, error_code = null, error_message = null, lease_owner = null, lease_until = null,
                   requested_at = now(), updated_at = now()
             where resume_id = :id and (:all or owner_id = :owner) and state = 'failed'
            """;

    private static final String WAITING = """
            select lane, count(*) as waiting
              from processing_jobs
             where state = 'queued' and (:all or owner_id = :owner)
             group by lane
            """;

    private final DatabaseClient database;
    private final double lease;

    ProcessingRepository(DatabaseClient database, ResumeProperties properties) {
        this.database = database;
        this.lease = seconds(properties.lease());
    }

    /**
     * Takes the work on resumes, except where somebody has it, it has ended, or it has been begun too often.
     *
     * @param workers the name of each claim, and what it claims
     */
    Flux<Job> claim(Tenant tenant, Map<UUID, UUID> workers, int mostAttempts) {
        return Rows.bind(database.sql(CLAIM), tenant)
                .bind("ids", workers.values().toArray(UUID[]::new))
                .bind("workers", workers.keySet().toArray(UUID[]::new))
                .bind("lease", lease)
                .bind("most", mostAttempts)
                .map(row -> job(row, required(row, "lease_owner", UUID.class)))
                .all();
    }

    /** Whether the claim still held. */
    Mono<Boolean> renew(Job job) {
        return changed(held(RENEW, job).bind("lease", lease));
    }

    /** The stages behind claimed work of an account, with its rows locked; without those whose claim is lost. */
    Mono<Map<UUID, Progress>> lock(UUID ownerId, List<Job> claimed) {
        return claims(database.sql(LOCK), ownerId, claimed)
                .map(row -> Map.entry(
                        required(row, "resume_id", UUID.class),
                        new Progress(
                                required(row, "stage", Integer.class), State.of(required(row, "state", String.class)))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    record Progress(int stage, State state) {}

    /**
     * Brings claimed work of an account to its next stages, and to its end with the last stage.
     *
     * @return the resumes whose claim held and that were not there yet
     */
    Mono<Set<UUID>> advance(UUID ownerId, Map<Job, Step> steps) {
        return claims(database.sql(ADVANCE), ownerId, steps.keySet())
                .bind("stages", steps.values().stream().map(Step::stage).toArray(Integer[]::new))
                .bind("steps", steps.values().stream().map(Step::word).toArray(String[]::new))
                .bind("progresses", steps.values().stream().map(Step::progress).toArray(Integer[]::new))
                .bind("last", Step.COMPLETED.stage())
                .bind("lease", lease)
                .map(row -> required(row, "resume_id", UUID.class))
                .all()
                .collect(Collectors.toSet());
    }

    private static GenericExecuteSpec claims(GenericExecuteSpec statement, UUID ownerId, Collection<Job> claimed) {
        return statement
                .bind("owner", ownerId)
                .bind("ids", claimed.stream().map(Job::resumeId).toArray(UUID[]::new))
                .bind("workers", claimed.stream().map(Job::worker).toArray(UUID[]::new));
    }

    Mono<Boolean> fail(Job job, String code, String message) {
        return changed(held(FAIL, job).bind("code", code).bind("message", message));
    }

    /** @param counted whether the attempt was one */
    Mono<Boolean> giveBack(Job job, Duration pause, boolean counted) {
        return changed(held(GIVE_BACK, job).bind("pause", seconds(pause)).bind("uncounted", counted ? 0 : 1));
    }

    /** Work whose time is over, locked against others who look for it. */
    Flux<Job> due(Tenant tenant, int limit) {
        return Rows.bind(database.sql(DUE), tenant)
                .bind("limit", limit)
                .map(row -> job(row, NOBODY))
                .all();
    }

    /** Work that has waited so long that its request may have been lost. */
    Flux<Job> lost(Tenant tenant, Duration age, int limit) {
        return Rows.bind(database.sql(LOST), tenant)
                .bind("age", seconds(age))
                .bind("limit", limit)
                .map(row -> job(row, NOBODY))
                .all();
    }

    Mono<Void> queueAgain(Tenant tenant, UUID[] resumeIds) {
        return Rows.bind(database.sql(QUEUE_AGAIN), tenant)
                .bind("ids", resumeIds)
                .then();
    }

    Mono<Void> giveUp(Tenant tenant, UUID resumeId, String code, String message) {
        return Rows.bind(database.sql(GIVE_UP), tenant)
                .bind("id", resumeId)
                .bind("code", code)
                .bind("message", message)
                .then();
    }

    /** Whether it had failed and is queued again. */
    Mono<Boolean> retry(Tenant tenant, UUID resumeId) {
        return changed(reached(Rows.bind(database.sql(RETRY), tenant).bind("id", resumeId), Step.RECEIVED));
    }

    Flux<Waiting> waiting(Tenant tenant) {
        return Rows.bind(database.sql(WAITING), tenant)
                .map(row ->
                        new Waiting(Lane.of(required(row, "lane", String.class)), required(row, "waiting", Long.class)))
                .all();
    }

    record Waiting(Lane lane, long count) {}

    private static final UUID NOBODY = new UUID(0, 0);

    private GenericExecuteSpec held(String sql, Job job) {
        return database.sql(sql)
                .bind("id", job.resumeId())
                .bind("owner", job.ownerId())
                .bind("worker", job.worker());
    }

    private static GenericExecuteSpec reached(GenericExecuteSpec statement, Step step) {
        return statement.bind("stage", step.stage()).bind("step", step.word()).bind("progress", step.progress());
    }

    private static Mono<Boolean> changed(GenericExecuteSpec statement) {
        return statement.fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Job job(io.r2dbc.spi.Readable row, UUID worker) {
        @Nullable UUID batchId = row.get("batch_id", UUID.class);
        return new Job(
                required(row, "resume_id", UUID.class),
                required(row, "owner_id", UUID.class),
                worker,
                Lane.of(required(row, "lane", String.class)),
                required(row, "stage", Integer.class),
                required(row, "attempts", Integer.class),
                batchId,
                required(row, "blob_key", String.class),
                required(row, "size_bytes", Long.class),
                required(row, "sha256", String.class),
                required(row, "source", String.class),
                row.get("named_candidate_id", UUID.class),
                row.get("candidate_id", UUID.class),
                required(row, "created_at", Instant.class));
    }
}
