package ai.recruit.matching;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The rows of requests to match anew. */
@Component
class RematchRepository {

    private static final String COLUMNS = "r.id, r.owner_id, r.candidate_id, r.job_id, r.everybody, r.forced, r.status,"
            + " r.estimated, r.processed, r.matches, r.created_at, r.started_at, r.finished_at";

    private static final String INSERT = """
            insert into rematches (id, owner_id, candidate_id, job_id, everybody, forced, estimated)
            values (:id, :account, :candidate, :job, :everybody, :forced, :estimated)
            on conflict do nothing
            """;

    private static final String OPEN = "select " + COLUMNS + """

            from rematches r
            where r.owner_id = :owner and r.forced = :forced and r.status in ('queued', 'running')
                and (r.candidate_id = :subject or r.job_id = :subject)
            """;

    private static final String FIND =
            "select " + COLUMNS + " from rematches r where r.id = :id and (:all or r.owner_id = :owner)";

    private static final String BEGIN = """
            update rematches r set status = 'running', processed = 0, started_at = coalesce(r.started_at, now())
            where r.id = :id and r.status in ('queued', 'running') and (:all or r.owner_id = :owner)
            returning\s""" + COLUMNS;

    private static final String STEP = """
            update rematches r set processed = r.processed + :pairs
            where r.id = :id and r.status = 'running' and (:all or r.owner_id = :owner)
            returning\s""" + COLUMNS;

    private static final String FINISH = """
            update rematches r set status = :status, matches = :matches, finished_at = now()
            where r.id = :id and r.status = 'running' and (:all or r.owner_id = :owner)
            returning\s""" + COLUMNS;

    private final DatabaseClient database;

    RematchRepository(DatabaseClient database) {
        this.database = database;
    }

    /** Whether it is new: one that is still to come is not asked for again. */
    Mono<Boolean> insert(Rematch rematch) {
        return database.sql(INSERT)
                .bind("id", rematch.id())
                .bind("account", rematch.ownerId())
                .bind("candidate", Parameter.fromOrEmpty(rematch.candidateId(), UUID.class))
                .bind("job", Parameter.fromOrEmpty(rematch.jobId(), UUID.class))
                .bind("everybody", rematch.everybody())
                .bind("forced", rematch.forced())
                .bind("estimated", rematch.estimated())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** The one that the account has asked for and that is still to come. */
    Mono<Rematch> findOpen(UUID ownerId, UUID subjectId, boolean forced) {
        return database.sql(OPEN)
                .bind("owner", ownerId)
                .bind("subject", subjectId)
                .bind("forced", forced)
                .map(RematchRepository::rematch)
                .one();
    }

    Mono<Rematch> find(Tenant tenant, UUID id) {
        return one(FIND, tenant, id);
    }

    /** Begins, or begins again; empty when it is over. */
    Mono<Rematch> begin(Tenant tenant, UUID id) {
        return one(BEGIN, tenant, id);
    }

    Mono<Rematch> step(Tenant tenant, UUID id, int pairs) {
        return of(STEP, tenant, id)
                .bind("pairs", pairs)
                .map(RematchRepository::rematch)
                .one();
    }

    Mono<Rematch> finish(Tenant tenant, UUID id, String status, long matches) {
        return of(FINISH, tenant, id)
                .bind("status", status)
                .bind("matches", matches)
                .map(RematchRepository::rematch)
                .one();
    }

    private Mono<Rematch> one(String sql, Tenant tenant, UUID id) {
        return of(sql, tenant, id).map(RematchRepository::rematch).one();
    }

    private DatabaseClient.GenericExecuteSpec of(String sql, Tenant tenant, UUID id) {
        return database.sql(sql)
                .bind("id", id)
                .bind("all", tenant.seesAll())
                .bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class));
    }

    private static Rematch rematch(Readable row) {
        return new Rematch(
                given(row, "id", UUID.class),
                given(row, "owner_id", UUID.class),
                row.get("candidate_id", UUID.class),
                row.get("job_id", UUID.class),
                given(row, "everybody", Boolean.class),
                given(row, "forced", Boolean.class),
                given(row, "status", String.class),
                given(row, "estimated", Long.class),
                given(row, "processed", Long.class),
                row.get("matches", Long.class),
                given(row, "created_at", Instant.class),
                row.get("started_at", Instant.class),
                row.get("finished_at", Instant.class));
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
