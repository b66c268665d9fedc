package ai.recruit.resume;

import ai.recruit.enrichment.Enrichment;
import ai.recruit.tenancy.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Texts of language models about resumes. */
@Repository
class EnrichmentRepository {

    private static final String SOURCE = """
            select d.owner_id, d.document #>> '{}' as document, d.created_at
              from resume_data d
              join processing_jobs j on j.resume_id = d.resume_id and j.state = 'completed'
             where d.resume_id = :id and (:all or d.owner_id = :owner)
            """;

    // A resume that was parsed again meanwhile is no longer what the text was written from.
    private static final String SAVE = """
            insert into resume_enrichments as e (resume_id, owner_id, data_created_at, summary, insights, model)
            select d.resume_id, d.owner_id, d.created_at, :summary, cast(:insights as text[]), :model
              from resume_data d
             where d.resume_id = :id and d.created_at = :at and d.owner_id = :owner
            on conflict (resume_id) do update
               set data_created_at = excluded.data_created_at, summary = excluded.summary,
                   insights = excluded.insights, model = excluded.model, created_at = now()
             where e.owner_id = :owner
            """;

    private static final String FIND = """
            select e.summary, e.insights, e.model, e.created_at
              from resume_enrichments e
              join resume_data d on d.resume_id = e.resume_id and d.created_at = e.data_created_at
             where e.resume_id = :id and (:all or e.owner_id = :owner)
            """;

    private final DatabaseClient database;

    EnrichmentRepository(DatabaseClient database) {
        this.database = database;
    }

    /**
     * The parsed data of a completed resume.
     *
     * @param document JSON
     * @param at when they were parsed
     */
    record Source(UUID ownerId, String document, Instant at) {}

    record Stored(String summary, List<String> insights, String model, Instant at) {}

    Mono<Source> source(Tenant tenant, UUID resumeId) {
        return Rows.bind(database.sql(SOURCE).bind("id", resumeId), tenant)
                .map(row -> new Source(
                        Objects.requireNonNull(row.get("owner_id", UUID.class)),
                        Objects.requireNonNull(row.get("document", String.class)),
                        Objects.requireNonNull(row.get("created_at", Instant.class))))
                .one();
    }

    /** Stores a text; gives back whether the data are still those that it was written from. */
    Mono<Boolean> save(UUID resumeId, Source source, Enrichment text) {
        return database.sql(SAVE)
                .bind("id", resumeId)
                .bind("owner", source.ownerId())
                .bind("at", source.at())
                .bind("summary", text.summary())
                .bind("insights", text.insights().toArray(String[]::new))
                .bind("model", text.model())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Stored> find(Tenant tenant, UUID resumeId) {
        return Rows.bind(database.sql(FIND).bind("id", resumeId), tenant)
                .map(row -> new Stored(
                        Objects.requireNonNull(row.get("summary", String.class)),
                        List.of(Objects.requireNonNull(row.get("insights", String[].class))),
                        Objects.requireNonNull(row.get("model", String.class)),
                        Objects.requireNonNull(row.get("created_at", Instant.class))))
                .one();
    }
}
