package ai.recruit.matching;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Component
class MatchRepository {

    private static final String UPSERT = """
            insert into matches (id, owner_id, candidate_id, job_id, score, skill_score, experience_score,
                    education_score, location_score, matching_skills, missing_skills, explanation, engine_version)
            select r.id, r.owner_id, r.candidate_id, r.job_id, r.score, r.skill_score, r.experience_score,
                    r.education_score, r.location_score, r.matching_skills, r.missing_skills, r.explanation, :version
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(id uuid, owner_id uuid, candidate_id uuid, job_id uuid,
                    score integer, skill_score integer, experience_score integer, education_score integer,
                    location_score integer, matching_skills text[], missing_skills text[], explanation text)
            order by r.candidate_id, r.job_id
            on conflict (candidate_id, job_id) do update set
                    score = excluded.score, skill_score = excluded.skill_score,
                    experience_score = excluded.experience_score, education_score = excluded.education_score,
                    location_score = excluded.location_score, matching_skills = excluded.matching_skills,
                    missing_skills = excluded.missing_skills, explanation = excluded.explanation,
                    engine_version = excluded.engine_version, is_active = true, updated_at = now()
            where (matches.score, matches.skill_score, matches.experience_score, matches.education_score,
                    matches.location_score, matches.matching_skills, matches.missing_skills, matches.explanation,
                    matches.engine_version, matches.is_active)
                is distinct from (excluded.score, excluded.skill_score, excluded.experience_score,
                    excluded.education_score, excluded.location_score, excluded.matching_skills,
                    excluded.missing_skills, excluded.explanation, excluded.engine_version, true)
            returning id, owner_id, candidate_id, job_id, score, xmax = 0 as created
            """;

    private static final String REMOVE_OF_CANDIDATE = """
            update matches m set is_active = false, updated_at = now()
            where m.candidate_id = :candidate and m.job_id = any(:others) and m.is_active
                and (:all or m.owner_id = :owner)
            returning id, owner_id, candidate_id, job_id, score, false as created
            """;

    private static final String REMOVE_OF_JOB = """
            update matches m set is_active = false, updated_at = now()
            where m.job_id = :job and m.candidate_id = any(:others) and m.is_active
                and (:all or m.owner_id = :owner)
            returning id, owner_id, candidate_id, job_id, score, false as created
            """;

    private static final String JOBS_OF_CANDIDATE = """
            select m.job_id from matches m
            where m.candidate_id = :candidate and m.is_active and m.job_id > :after and (:all or m.owner_id = :owner)
            order by m.job_id limit :size
            """;

    private static final String MATCHED = """
            select distinct m.candidate_id from matches m
            where m.candidate_id = any(:candidates) and m.is_active and (:all or m.owner_id = :owner)
            """;

    private static final String COUNT_OF_CANDIDATE = """
            select count(*) as found from matches m
            where m.candidate_id = :candidate and m.is_active and (:all or m.owner_id = :owner)
            """;

    private static final UUID LEAST = new UUID(0, 0);

    private final DatabaseClient database;
    private final JsonMapper json;

    MatchRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A match as it goes to the database. */
    record Row(
            UUID id,
            UUID ownerId,
            UUID candidateId,
            UUID jobId,
            int score,
            int skillScore,
            int experienceScore,
            int educationScore,
            int locationScore,
            List<String> matchingSkills,
            List<String> missingSkills,
            String explanation) {}

    /** A match that is new or has changed. */
    record Changed(UUID id, UUID ownerId, UUID candidateId, UUID jobId, int score, boolean created) {}

    /** Stores matches; gives back those that are new or have changed. */
    Flux<Changed> store(List<Row> rows, String engineVersion) {
        return rows.isEmpty()
                ? Flux.empty()
                : database.sql(UPSERT)
                        .bind("rows", json.writeValueAsString(rows))
                        .bind("version", engineVersion)
                        .map(MatchRepository::changed)
                        .all();
    }

    /** Takes out the candidate's matches with these jobs; gives back those that there were. */
    Flux<Changed> removeOfCandidate(Tenant tenant, UUID candidateId, Collection<UUID> jobIds) {
        return jobIds.isEmpty()
                ? Flux.empty()
                : tenant(database.sql(REMOVE_OF_CANDIDATE), tenant)
                        .bind("candidate", candidateId)
                        .bind("others", jobIds.toArray(UUID[]::new))
                        .map(MatchRepository::changed)
                        .all();
    }

    /** Takes out the job's matches with these candidates; gives back those that there were. */
    Flux<Changed> removeOfJob(Tenant tenant, UUID jobId, Collection<UUID> candidateIds) {
        return candidateIds.isEmpty()
                ? Flux.empty()
                : tenant(database.sql(REMOVE_OF_JOB), tenant)
                        .bind("job", jobId)
                        .bind("others", candidateIds.toArray(UUID[]::new))
                        .map(MatchRepository::changed)
                        .all();
    }

    /** The next jobs that the candidate has active matches with, in the order of their ids. */
    Mono<List<UUID>> jobsOfCandidate(Tenant tenant, UUID candidateId, @Nullable UUID afterId, int size) {
        return tenant(database.sql(JOBS_OF_CANDIDATE), tenant)
                .bind("candidate", candidateId)
                .bind("after", afterId == null ? LEAST : afterId)
                .bind("size", size)
                .map(row -> given(row, "job_id", UUID.class))
                .all()
                .collectList();
    }

    /** Which of the candidates have matches. */
    Mono<List<UUID>> matched(Tenant tenant, Collection<UUID> candidateIds) {
        return tenant(database.sql(MATCHED), tenant)
                .bind("candidates", candidateIds.toArray(UUID[]::new))
                .map(row -> given(row, "candidate_id", UUID.class))
                .all()
                .collectList();
    }

    Mono<Integer> countOfCandidate(Tenant tenant, UUID candidateId) {
        return tenant(database.sql(COUNT_OF_CANDIDATE), tenant)
                .bind("candidate", candidateId)
                .map(row -> given(row, "found", Long.class).intValue())
                .one();
    }

    private static DatabaseClient.GenericExecuteSpec tenant(DatabaseClient.GenericExecuteSpec query, Tenant tenant) {
        return query.bind("all", tenant.seesAll()).bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class));
    }

    private static Changed changed(Readable row) {
        return new Changed(
                given(row, "id", UUID.class),
                given(row, "owner_id", UUID.class),
                given(row, "candidate_id", UUID.class),
                given(row, "job_id", UUID.class),
                given(row, "score", Integer.class),
                given(row, "created", Boolean.class));
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is null");
        }
        return value;
    }
}
