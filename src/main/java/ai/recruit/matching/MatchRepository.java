package ai.recruit.matching;

import ai.recruit.tenancy.Tenant;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Component
class MatchRepository {

    // A match is rewritten when its score or a reason of it is another one, so the facts that stay with it are those
    // that
    // it was made from. Facts are stored once for all the matches that rest on them, and only when one does.
    private static final String UPSERT = """
            with rows as (
                select * from jsonb_to_recordset(cast(:rows as jsonb)) as r(id uuid, owner_id uuid, candidate_id uuid,
                    job_id uuid, score integer, skill_score integer, experience_score integer, education_score integer,
                    location_score integer, salary_score integer, conditions_score integer, matching_skills text[],
                    missing_skills text[], explanation text, engine_version text, lexicon_hash text, inputs_hash text,
                    score_hash text, candidate_facts text, job_facts text)),
            stored as (
                insert into matches (id, owner_id, candidate_id, job_id, score, skill_score, experience_score,
                    education_score, location_score, salary_score, conditions_score, matching_skills, missing_skills,
                    explanation, engine_version, lexicon_hash, inputs_hash, score_hash, candidate_facts, job_facts)
                select id, owner_id, candidate_id, job_id, score, skill_score, experience_score, education_score,
                    location_score, salary_score, conditions_score, matching_skills, missing_skills, explanation,
                    engine_version, lexicon_hash, inputs_hash, score_hash, candidate_facts, job_facts
                from rows
                order by candidate_id, job_id
                on conflict (candidate_id, job_id) do update set
                    score = excluded.score, skill_score = excluded.skill_score,
                    experience_score = excluded.experience_score, education_score = excluded.education_score,
                    location_score = excluded.location_score, salary_score = excluded.salary_score,
                    conditions_score = excluded.conditions_score, matching_skills = excluded.matching_skills,
                    missing_skills = excluded.missing_skills, explanation = excluded.explanation,
                    engine_version = excluded.engine_version, lexicon_hash = excluded.lexicon_hash,
                    inputs_hash = excluded.inputs_hash, score_hash = excluded.score_hash,
                    candidate_facts = excluded.candidate_facts, job_facts = excluded.job_facts, is_active = true,
                    updated_at = now()
                where (matches.score_hash, matches.is_active) is distinct from (excluded.score_hash, true)
                    and matches.deleted_at is null
                returning id, owner_id, candidate_id, job_id, score, candidate_facts, job_facts, xmax = 0 as created),
            people as (
                insert into match_candidate_facts (owner_id, candidate_id, hash, facts)
                select f.owner_id, f.candidate_id, f.hash, f.facts
                from jsonb_to_recordset(cast(:candidate_facts as jsonb))
                    as f(owner_id uuid, candidate_id uuid, hash text, facts text)
                where (f.candidate_id, f.hash) in (select s.candidate_id, s.candidate_facts from stored s)
                order by f.candidate_id, f.hash
                on conflict do nothing),
            positions as (
                insert into match_job_facts (job_id, hash, facts)
                select f.job_id, f.hash, f.facts
                from jsonb_to_recordset(cast(:job_facts as jsonb)) as f(job_id uuid, hash text, facts text)
                where (f.job_id, f.hash) in (select s.job_id, s.job_facts from stored s)
                order by f.job_id, f.hash
                on conflict do nothing)
            select id, owner_id, candidate_id, job_id, score, created from stored
            """;

    private static final String REMOVE_OF_CANDIDATE = """
            update matches m set is_active = false, updated_at = now()
            where m.candidate_id = :candidate and m.job_id = any(:others) and m.is_active
                and (:all or m.owner_id = :owner)
            returning id, owner_id, candidate_id, job_id, score, false as created
            """;

    private static final String REMOVE_ALL_OF_CANDIDATE = """
            update matches m set is_active = false, updated_at = now()
            where m.candidate_id = :candidate and m.is_active and (:all or m.owner_id = :owner)
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

    private static final String FIND = """
            select m.id, m.candidate_id, m.job_id, m.score, m.explanation, m.engine_version, m.lexicon_hash,
                m.inputs_hash, m.score_hash, c.facts as candidate_text, j.facts as job_text,
                public_time(m.viewed_at) as viewed_at, public_time(m.created_at) as created_at,
                public_time(m.updated_at) as updated_at
            from matches m
                left join match_candidate_facts c on c.candidate_id = m.candidate_id and c.hash = m.candidate_facts
                left join match_job_facts j on j.job_id = m.job_id and j.hash = m.job_facts
            where m.id = :id and m.is_active and (:all or m.owner_id = :owner)
            """;

    private static final String RECENT = """
            select m.candidate_id, m.job_id from matches m
            where m.%s = :subject and m.%s = any(:others) and m.is_active and m.updated_at >= :since
                and (:all or m.owner_id = :owner)
            """;

    private static final String RECENT_OF_CANDIDATE = RECENT.formatted("candidate_id", "job_id");
    private static final String RECENT_OF_JOB = RECENT.formatted("job_id", "candidate_id");

    private static final String COUNT_OF_JOB = """
            select count(*) as found from matches m
            where m.job_id = :job and m.is_active and (:all or m.owner_id = :owner)
            """;

    /* Whoever has seen it first has seen it. */
    private static final String VIEW = """
            update matches m set viewed_at = now()
            where m.id = :id and m.is_active and m.viewed_at is null and (:all or m.owner_id = :owner)
            returning id, owner_id, candidate_id, job_id, score, false as created
            """;

    private static final String DELETE = """
            update matches m set is_active = false, deleted_at = now(), deleted_by = :by, updated_at = now()
            where m.id = :id and m.is_active and (:all or m.owner_id = :owner)
            returning id, owner_id, candidate_id, job_id, score, false as created
            """;

    private static final String RESTORE_OF_CANDIDATE = """
            update matches m set deleted_at = null, deleted_by = null
            where m.candidate_id = :subject and m.deleted_at is not null and (:all or m.owner_id = :owner)
            """;

    private static final String RESTORE_OF_JOB = """
            update matches m set deleted_at = null, deleted_by = null
            where m.job_id = :subject and m.deleted_at is not null and (:all or m.owner_id = :owner)
            """;

    private static final String STATISTICS = """
            select count(*) as total, count(*) filter (where m.score >= :high) as high,
                count(*) filter (where m.score >= :medium and m.score < :high) as medium,
                count(*) filter (where m.score < :medium) as low,
                count(*) filter (where m.score >= :threshold) as good, count(m.viewed_at) as viewed,
                max(m.score) as best
            from matches m
            where m.%s = :subject and m.is_active and (:all or m.owner_id = :owner)
            """;

    private static final String STATISTICS_OF_CANDIDATE = STATISTICS.formatted("candidate_id");
    private static final String STATISTICS_OF_JOB = STATISTICS.formatted("job_id");

    private static final UUID LEAST = new UUID(0, 0);

    private final DatabaseClient database;
    private final JsonMapper json;

    MatchRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A match as it goes to the database, with the facts that it rests on. */
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
            int salaryScore,
            int conditionsScore,
            List<String> matchingSkills,
            List<String> missingSkills,
            String explanation,
            String engineVersion,
            String lexiconHash,
            String inputsHash,
            String scoreHash,
            String candidateFacts,
            String jobFacts,
            @JsonIgnore String candidateFactsText,
            @JsonIgnore String jobFactsText) {}

    private record CandidateFactsRow(UUID ownerId, UUID candidateId, String hash, String facts) {}

    private record JobFactsRow(UUID jobId, String hash, String facts) {}

    /** A match that is new or has changed. */
    record Changed(UUID id, UUID ownerId, UUID candidateId, UUID jobId, int score, boolean created) {}

    /** Stores matches; gives back those that are new or have changed. */
    Flux<Changed> store(List<Row> rows) {
        if (rows.isEmpty()) {
            return Flux.empty();
        }
        List<CandidateFactsRow> people = rows.stream()
                .map(row -> new CandidateFactsRow(
                        row.ownerId(), row.candidateId(), row.candidateFacts(), row.candidateFactsText()))
                .distinct()
                .toList();
        List<JobFactsRow> positions = rows.stream()
                .map(row -> new JobFactsRow(row.jobId(), row.jobFacts(), row.jobFactsText()))
                .distinct()
                .toList();
        return database.sql(UPSERT)
                .bind("rows", json.writeValueAsString(rows))
                .bind("candidate_facts", json.writeValueAsString(people))
                .bind("job_facts", json.writeValueAsString(positions))
                .map(MatchRepository::changed)
                .all();
    }

    /** An active match, with what it was made from. */
    Mono<StoredMatch> find(Tenant tenant, UUID id) {
        return tenant(database.sql(FIND), tenant)
                .bind("id", id)
                .map(row -> new StoredMatch(
                        given(row, "id", UUID.class),
                        given(row, "candidate_id", UUID.class),
                        given(row, "job_id", UUID.class),
                        given(row, "score", Integer.class),
                        given(row, "explanation", String.class),
                        given(row, "engine_version", String.class),
                        row.get("lexicon_hash", String.class),
                        row.get("inputs_hash", String.class),
                        row.get("score_hash", String.class),
                        row.get("candidate_text", String.class),
                        row.get("job_text", String.class),
                        row.get("viewed_at", String.class),
                        given(row, "created_at", String.class),
                        given(row, "updated_at", String.class)))
                .one();
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

    /** Takes out all matches of the candidate; gives back those that there were. */
    Flux<Changed> removeAllOfCandidate(Tenant tenant, UUID candidateId) {
        return tenant(database.sql(REMOVE_ALL_OF_CANDIDATE), tenant)
                .bind("candidate", candidateId)
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

    Mono<Long> countOfJob(Tenant tenant, UUID jobId) {
        return tenant(database.sql(COUNT_OF_JOB), tenant)
                .bind("job", jobId)
                .map(row -> given(row, "found", Long.class))
                .one();
    }

    /** Those of the jobs whose match with the candidate was made or changed since then. */
    Mono<Set<UUID>> recentOfCandidate(Tenant tenant, UUID candidateId, Collection<UUID> jobIds, Instant since) {
        return recent(RECENT_OF_CANDIDATE, "job_id", tenant, candidateId, jobIds, since);
    }

    /** Those of the candidates whose match with the job was made or changed since then. */
    Mono<Set<UUID>> recentOfJob(Tenant tenant, UUID jobId, Collection<UUID> candidateIds, Instant since) {
        return recent(RECENT_OF_JOB, "candidate_id", tenant, jobId, candidateIds, since);
    }

    private Mono<Set<UUID>> recent(
            String sql, String column, Tenant tenant, UUID subjectId, Collection<UUID> others, Instant since) {
        return tenant(database.sql(sql), tenant)
                .bind("subject", subjectId)
                .bind("others", others.toArray(UUID[]::new))
                .bind("since", since)
                .map(row -> given(row, column, UUID.class))
                .all()
                .collect(Collectors.toSet());
    }

    /** Notes that a match was looked at; empty when that is noted already, or when there is none. */
    Mono<Changed> view(Tenant tenant, UUID id) {
        return tenant(database.sql(VIEW), tenant)
                .bind("id", id)
                .map(MatchRepository::changed)
                .one();
    }

    /** Takes a match away for good; empty when there is none. */
    Mono<Changed> delete(Tenant tenant, UUID id, UUID accountId) {
        return tenant(database.sql(DELETE), tenant)
                .bind("id", id)
                .bind("by", accountId)
                .map(MatchRepository::changed)
                .one();
    }

    /** Lets what was deleted of a candidate or a job be matched again. */
    Mono<Void> restore(Tenant tenant, @Nullable UUID candidateId, @Nullable UUID jobId) {
        return tenant(database.sql(candidateId == null ? RESTORE_OF_JOB : RESTORE_OF_CANDIDATE), tenant)
                .bind("subject", Parameter.fromOrEmpty(candidateId == null ? jobId : candidateId, UUID.class))
                .then();
    }

    Mono<MatchStatistics> statisticsOfCandidate(Tenant tenant, UUID candidateId, Grading grading, int threshold) {
        return statistics(STATISTICS_OF_CANDIDATE, tenant, candidateId, grading, threshold);
    }

    Mono<MatchStatistics> statisticsOfJob(Tenant tenant, UUID jobId, Grading grading, int threshold) {
        return statistics(STATISTICS_OF_JOB, tenant, jobId, grading, threshold);
    }

    private Mono<MatchStatistics> statistics(
            String sql, Tenant tenant, UUID subjectId, Grading grading, int threshold) {
        return tenant(database.sql(sql), tenant)
                .bind("subject", subjectId)
                .bind("high", MatchingProperties.basisPoints(grading.high()))
                .bind("medium", MatchingProperties.basisPoints(grading.medium()))
                .bind("threshold", threshold)
                .map(row -> new MatchStatistics(
                        given(row, "total", Long.class),
                        given(row, "high", Long.class),
                        given(row, "medium", Long.class),
                        given(row, "low", Long.class),
                        given(row, "good", Long.class),
                        given(row, "viewed", Long.class),
                        row.get("best", Integer.class)))
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
