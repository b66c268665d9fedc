package ai.recruit.resume;

import static ai.recruit.resume.Rows.required;

import ai.recruit.tenancy.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class BatchRepository {

    private static final String INSERT = """
            insert into bulk_upload_batches (id, owner_id, total, accepted)
            values (:id, :owner, :total, :accepted)
            """;

    private static final String INSERT_ITEMS = """
            insert into bulk_upload_items (
                batch_id, position, owner_id, filename, resume_id, duplicate, code, message)
            select :batch, f.position, :owner, f.filename, f.resume_id, f.duplicate, f.code, f.message
              from unnest(
                    cast(:positions as integer[]), cast(:filenames as text[]), cast(:resumes as uuid[]),
                    cast(:duplicates as boolean[]), cast(:codes as text[]), cast(:messages as text[]))
                as f (position, filename, resume_id, duplicate, code, message)
            """;

    private static final String COUNT = """
            update bulk_upload_batches
               set completed = completed + :completed, failed = failed + :failed, updated_at = now(),
                   completed_at = case
                       when completed + failed + :completed + :failed >= accepted then coalesce(completed_at, now())
                       else completed_at end,
                   endings = endings
                       + case when completed + failed + :completed + :failed >= accepted then 1 else 0 end
             where id = :id and owner_id = :owner
            returning total, accepted, completed, failed, endings
            """;

    private static final String GET = """
            select b.id, b.total, b.accepted, b.completed, b.failed, b.created_at, b.updated_at, b.completed_at,
                   (select count(*) from resumes r join processing_jobs j on j.resume_id = r.id
                     where r.batch_id = b.id and j.state = 'queued' and (:all or r.owner_id = :owner)) as queued,
                   (select count(*) from resumes r join processing_jobs j on j.resume_id = r.id
                     where r.batch_id = b.id and j.state = 'processing' and (:all or r.owner_id = :owner))
                   as processing
              from bulk_upload_batches b
             where b.id = :id and (:all or b.owner_id = :owner)
            """;

    private static final String ITEMS = """
            select i.position, i.filename, i.resume_id, i.duplicate, i.code, i.message, j.state
              from bulk_upload_items i
              left join processing_jobs j on j.resume_id = i.resume_id
             where i.batch_id = :id and (:all or i.owner_id = :owner)
             order by i.position
            """;

    private final DatabaseClient database;

    BatchRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> insert(UUID ownerId, UUID id, int total, int accepted) {
        return database.sql(INSERT)
                .bind("id", id)
                .bind("owner", ownerId)
                .bind("total", total)
                .bind("accepted", accepted)
                .then();
    }

    Mono<Void> insertItems(UUID ownerId, UUID batchId, List<Batch.Item> items) {
        return database.sql(INSERT_ITEMS)
                .bind("batch", batchId)
                .bind("owner", ownerId)
                .bind("positions", items.stream().map(Batch.Item::position).toArray(Integer[]::new))
                .bind("filenames", items.stream().map(Batch.Item::filename).toArray(String[]::new))
                .bind("resumes", items.stream().map(Batch.Item::resumeId).toArray(UUID[]::new))
                .bind("duplicates", items.stream().map(Batch.Item::duplicate).toArray(Boolean[]::new))
                .bind("codes", items.stream().map(Batch.Item::code).toArray(String[]::new))
                .bind("messages", items.stream().map(Batch.Item::message).toArray(String[]::new))
                .then();
    }

    /**
     * Counts resumes that have come to their end, or with negative numbers those that are tried again. Locks the batch,
     * so call it last.
     */
    Mono<Counted> count(UUID ownerId, UUID id, int completed, int failed) {
        return database.sql(COUNT)
                .bind("id", id)
                .bind("owner", ownerId)
                .bind("completed", completed)
                .bind("failed", failed)
                .map(row -> new Counted(
                        required(row, "total", Integer.class),
                        required(row, "accepted", Integer.class),
                        required(row, "completed", Integer.class),
                        required(row, "failed", Integer.class),
                        required(row, "endings", Integer.class)))
                .one();
    }

    /** @param endings how often all of the batch had ended, this time included */
    record Counted(int total, int accepted, int completed, int failed, int endings) {

        /** Whether the batch had not been completed before. */
        boolean wasOpen() {
            return endings == 0 || (endings == 1 && isEnd());
        }

        /** Whether this was the last one. */
        boolean isEnd() {
            return completed + failed >= accepted;
        }
    }

    Mono<Batch> find(Tenant tenant, UUID id) {
        return Rows.bind(database.sql(GET).bind("id", id), tenant)
                .map(row -> {
                    @Nullable Instant completedAt = row.get("completed_at", Instant.class);
                    return new Batch(
                            required(row, "id", UUID.class),
                            required(row, "total", Integer.class),
                            required(row, "accepted", Integer.class),
                            required(row, "completed", Integer.class),
                            required(row, "failed", Integer.class),
                            required(row, "queued", Long.class).intValue(),
                            required(row, "processing", Long.class).intValue(),
                            required(row, "created_at", Instant.class),
                            required(row, "updated_at", Instant.class),
                            completedAt);
                })
                .one();
    }

    Flux<Batch.Item> items(Tenant tenant, UUID id) {
        return Rows.bind(database.sql(ITEMS).bind("id", id), tenant)
                .map(row -> new Batch.Item(
                        required(row, "position", Integer.class),
                        required(row, "filename", String.class),
                        row.get("resume_id", UUID.class),
                        required(row, "duplicate", Boolean.class),
                        row.get("state", String.class),
                        row.get("code", String.class),
                        row.get("message", String.class)))
                .all();
    }
}
