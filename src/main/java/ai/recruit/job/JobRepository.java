package ai.recruit.job;

import ai.recruit.kernel.SpokenLanguage;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Component
class JobRepository {

    // In the order of the external ids, so that two ingestions of the same jobs wait for each other and do not lock
    // crosswise.
    private static final String UPSERT = """
            insert into jobs (id, source, external_id, title, company, location, description, requirements, apply_url,
                    salary_min, salary_max, currency, raw_salary_text, employment_type, experience_level, skills,
                    min_experience_months, education_requirement, work_mode, languages, start_date)
            select r.id, :source, r.external_id, r.title, r.company, r.location, r.description, r.requirements,
                    r.apply_url, r.salary_min, r.salary_max, r.currency, r.raw_salary_text, r.employment_type,
                    r.experience_level, r.skills, r.min_experience_months, r.education_requirement, r.work_mode,
                    r.languages, r.start_date
            from jsonb_to_recordset(cast(:rows as jsonb)) as r(id uuid, external_id text, title text, company text,
                    location text, description text, requirements text, apply_url text, salary_min bigint,
                    salary_max bigint, currency text, raw_salary_text text, employment_type text, experience_level text,
                    skills text[], min_experience_months integer, education_requirement text, work_mode text,
                    languages text[], start_date date)
            order by r.external_id
            on conflict (source, external_id) do update set
                    title = excluded.title, company = excluded.company, location = excluded.location,
                    description = excluded.description, requirements = excluded.requirements,
                    apply_url = excluded.apply_url, salary_min = excluded.salary_min, salary_max = excluded.salary_max,
                    currency = excluded.currency, raw_salary_text = excluded.raw_salary_text,
                    employment_type = excluded.employment_type, experience_level = excluded.experience_level,
                    skills = excluded.skills, min_experience_months = excluded.min_experience_months,
                    education_requirement = excluded.education_requirement, work_mode = excluded.work_mode,
                    languages = excluded.languages, start_date = excluded.start_date, active = true, updated_at = now()
            where (jobs.title, jobs.company, jobs.location, jobs.description, jobs.requirements, jobs.apply_url,
                    jobs.salary_min, jobs.salary_max, jobs.currency, jobs.raw_salary_text, jobs.employment_type,
                    jobs.experience_level, jobs.skills, jobs.min_experience_months, jobs.education_requirement,
                    jobs.work_mode, jobs.languages, jobs.start_date, jobs.active)
                is distinct from (excluded.title, excluded.company, excluded.location, excluded.description,
                    excluded.requirements, excluded.apply_url, excluded.salary_min, excluded.salary_max,
                    excluded.currency, excluded.raw_salary_text, excluded.employment_type, excluded.experience_level,
                    excluded.skills, excluded.min_experience_months, excluded.education_requirement,
                    excluded.work_mode, excluded.languages, excluded.start_date, true)
            returning id, external_id, xmax = 0 as created
            """;

    private static final String PROFILE = "select id, title, location, skills, min_experience_months,"
            + " education_requirement, salary_min, salary_max, currency, employment_type, work_mode, languages, start_date,"
            + " active from jobs";
    private static final String FIND = PROFILE + " where id = :id";
    private static final String FIND_ALL = PROFILE + " where id = any(:ids)";
    private static final String CHUNK =
            PROFILE + " where active and (skills && :skills or skills = '{}') and id > :after order by id limit :size";
    private static final String CHUNK_OF_ALL = PROFILE + " where active and id > :after order by id limit :size";
    private static final String COUNT =
            "select count(*) as found from jobs where active and (skills && :skills or skills = '{}')";
    private static final String COUNT_OF_ALL = "select count(*) as found from jobs where active";
    /* As it was sent, so that it can be read anew after a change; locked until the transaction ends. */
    private static final String LOCK_ONE = """
            select source, external_id, title, company, location, description, apply_url, raw_salary_text,
                employment_type, requirements, skills, work_mode, languages, start_date, active, created_by
            from jobs where id = :id for update
            """;

    private static final String EXISTS = "select id from jobs where source = :source and external_id = :external_id";
    private static final String OWN = "update jobs set created_by = :account where id = :id";
    private static final String OPEN =
            "update jobs set active = :active, updated_at = now() where id = :id and active <> :active";
    private static final UUID LEAST = new UUID(0, 0);

    private final DatabaseClient database;
    private final JsonMapper json;

    JobRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A job that is new or has changed. */
    record Stored(UUID id, String externalId, boolean created) {}

    /** Stores jobs with different external ids; gives back those that are new or have changed. */
    Flux<Stored> store(String source, List<ReadJob> jobs) {
        return database.sql(UPSERT)
                .bind("source", source)
                .bind("rows", json.writeValueAsString(jobs))
                .map(row -> new Stored(
                        given(row, "id", UUID.class),
                        given(row, "external_id", String.class),
                        given(row, "created", Boolean.class)))
                .all();
    }

    Mono<JobProfile> find(UUID id) {
        return database.sql(FIND).bind("id", id).map(JobRepository::profile).one();
    }

    Mono<List<JobProfile>> findAll(List<UUID> ids) {
        return database.sql(FIND_ALL)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(JobRepository::profile)
                .all()
                .collectList();
    }

    Mono<List<JobProfile>> chunk(@Nullable UUID afterId, int size) {
        return database.sql(CHUNK_OF_ALL)
                .bind("after", afterId == null ? LEAST : afterId)
                .bind("size", size)
                .map(JobRepository::profile)
                .all()
                .collectList();
    }

    Mono<List<JobProfile>> chunk(List<String> skills, @Nullable UUID afterId, int size) {
        return database.sql(CHUNK)
                .bind("skills", skills.toArray(String[]::new))
                .bind("after", afterId == null ? LEAST : afterId)
                .bind("size", size)
                .map(JobRepository::profile)
                .all()
                .collectList();
    }

    Mono<Long> count(List<String> skills) {
        DatabaseClient.GenericExecuteSpec query = skills.isEmpty()
                ? database.sql(COUNT_OF_ALL)
                : database.sql(COUNT).bind("skills", skills.toArray(String[]::new));
        return query.map(row -> given(row, "found", Long.class)).one();
    }

    /**
     * A job as it was sent.
     *
     * @param createdBy who has made it by hand; null when it came with an ingestion
     */
    record Sent(
            String source,
            NewJob job,
            boolean active,
            @Nullable UUID createdBy) {}

    /** Locks a job, active or not. */
    Mono<Sent> lock(UUID id) {
        return database.sql(LOCK_ONE)
                .bind("id", id)
                .map(row -> new Sent(
                        given(row, "source", String.class),
                        new NewJob(
                                given(row, "external_id", String.class),
                                given(row, "title", String.class),
                                row.get("company", String.class),
                                row.get("location", String.class),
                                row.get("description", String.class),
                                row.get("apply_url", String.class),
                                row.get("raw_salary_text", String.class),
                                row.get("employment_type", String.class),
                                row.get("requirements", String.class),
                                List.of(given(row, "skills", String[].class)),
                                row.get("work_mode", String.class),
                                List.of(given(row, "languages", String[].class)),
                                row.get("start_date", LocalDate.class)),
                        given(row, "active", Boolean.class),
                        row.get("created_by", UUID.class)))
                .one();
    }

    Mono<Boolean> exists(String source, String externalId) {
        return database.sql(EXISTS)
                .bind("source", source)
                .bind("external_id", externalId)
                .map(row -> given(row, "id", UUID.class))
                .one()
                .hasElement();
    }

    /** Notes who has made a job. */
    Mono<Void> own(UUID id, UUID accountId) {
        return database.sql(OWN).bind("id", id).bind("account", accountId).then();
    }

    /** Opens or closes a job; gives whether that changed it. */
    Mono<Boolean> open(UUID id, boolean active) {
        return database.sql(OPEN)
                .bind("id", id)
                .bind("active", active)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private static JobProfile profile(Readable row) {
        return new JobProfile(
                given(row, "id", UUID.class),
                given(row, "title", String.class),
                row.get("location", String.class),
                List.copyOf(Arrays.asList(given(row, "skills", String[].class))),
                row.get("min_experience_months", Integer.class),
                row.get("education_requirement", String.class),
                row.get("salary_min", Long.class),
                row.get("salary_max", Long.class),
                row.get("currency", String.class),
                row.get("employment_type", String.class),
                row.get("work_mode", String.class),
                Arrays.stream(given(row, "languages", String[].class))
                        .flatMap(language -> SpokenLanguage.parse(language).stream())
                        .toList(),
                row.get("start_date", LocalDate.class),
                given(row, "active", Boolean.class));
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is null");
        }
        return value;
    }
}
