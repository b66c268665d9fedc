package ai.recruit.candidate;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class CandidateRepository {

    private static final String COLUMNS = """
            c.id, c.owner_id, c.first_name, c.last_name, c.email, c.phone, c.location, c.title, c.summary, c.skills,
            c.experience_months, c.education_degree, c.education_field, c.education_institution, c.education_level,
            c.status, c.score, c.source, c.position_id, c.resume_data, c.resume_id, c.created_at, c.updated_at,
            c.version
            """;

    private static final String GET = "select " + COLUMNS + """
            from candidates c
            where c.id = :id and (:all or c.owner_id = :owner)
            """;

    private static final String CHUNK_FIRST = "select " + COLUMNS + """
            from candidates c
            where (:all or c.owner_id = :owner)
            order by c.id
            limit :size
            """;

    private static final String CHUNK_AFTER = "select " + COLUMNS + """
            from candidates c
            where (:all or c.owner_id = :owner) and c.id > :after
            order by c.id
            limit :size
            """;

    private static final String LOCK = "select pg_advisory_xact_lock(:key)";

    private static final String LOCK_ROW = "select " + COLUMNS + """
            from candidates c
            where c.id = :id and c.owner_id = :owner
            for update
            """;

    private static final String BY_IDENTITY = """
            select i.candidate_id
            from candidate_identities i
            where i.owner_id = :owner and i.kind = :kind and i.value = :value
            """;

    private static final String INSERT = """
            insert into candidates (
                id, owner_id, first_name, last_name, email, phone, location, title, summary, skills, experience_months,
                education_degree, education_field, education_institution, education_level, source, resume_data,
                resume_id)
            values (
                :id, :owner, :first_name, :last_name, :email, :phone, :location, :title, :summary, :skills, :months,
                :degree, :field, :institution, :level, :source, :data, :resume)
            """;

    private static final String UPDATE = """
            update candidates
            set first_name = :first_name, last_name = :last_name, email = :email, phone = :phone,
                location = :location, title = :title, summary = :summary, skills = :skills,
                experience_months = :months, education_degree = :degree, education_field = :field,
                education_institution = :institution, education_level = :level, source = :source,
                resume_data = :data, resume_id = :resume, updated_at = now(), version = version + 1
            where id = :id and owner_id = :owner
            """;

    private static final String IDENTIFY = """
            insert into candidate_identities (owner_id, kind, value, candidate_id)
            values (:owner, :kind, :value, :id)
            on conflict do nothing
            """;

    private static final String MAP = """
            insert into recruiter_candidates (owner_id, candidate_id, source)
            values (:owner, :id, :source)
            on conflict do nothing
            """;

    private final DatabaseClient database;

    CandidateRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<Candidate> find(Tenant tenant, UUID id) {
        return database.sql(GET)
                .bind("id", id)
                .bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .map(CandidateRepository::candidate)
                .one();
    }

    Flux<Candidate> chunk(Tenant tenant, @Nullable UUID afterId, int size) {
        GenericExecuteSpec query = afterId == null
                ? database.sql(CHUNK_FIRST)
                : database.sql(CHUNK_AFTER).bind("after", afterId);
        return query.bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .bind("size", size)
                .map(CandidateRepository::candidate)
                .all();
    }

    /** Waits until no other transaction holds the key; held until this transaction ends. */
    Mono<Void> lock(long key) {
        return database.sql(LOCK).bind("key", key).then();
    }

    Mono<Candidate> findForUpdate(UUID ownerId, UUID id) {
        return database.sql(LOCK_ROW)
                .bind("id", id)
                .bind("owner", ownerId)
                .map(CandidateRepository::candidate)
                .one();
    }

    Mono<UUID> findByIdentity(UUID ownerId, Identity identity) {
        return database.sql(BY_IDENTITY)
                .bind("owner", ownerId)
                .bind("kind", identity.kind())
                .bind("value", identity.value())
                .map(row -> required(row, "candidate_id", UUID.class))
                .one();
    }

    Mono<Void> insert(UUID id, UUID ownerId, ParsedProfile profile) {
        return bind(database.sql(INSERT), id, ownerId, profile).then();
    }

    Mono<Void> update(UUID id, UUID ownerId, ParsedProfile profile) {
        return bind(database.sql(UPDATE), id, ownerId, profile).then();
    }

    Mono<Void> identify(UUID ownerId, UUID id, Identity identity) {
        return database.sql(IDENTIFY)
                .bind("owner", ownerId)
                .bind("kind", identity.kind())
                .bind("value", identity.value())
                .bind("id", id)
                .then();
    }

    Mono<Void> map(UUID ownerId, UUID id, String source) {
        return database.sql(MAP)
                .bind("owner", ownerId)
                .bind("id", id)
                .bind("source", source)
                .then();
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, UUID id, UUID ownerId, ParsedProfile profile) {
        Education education = profile.education();
        return statement
                .bind("id", id)
                .bind("owner", ownerId)
                .bind("first_name", text(profile.firstName()))
                .bind("last_name", text(profile.lastName()))
                .bind("email", text(profile.email()))
                .bind("phone", text(profile.phone()))
                .bind("location", text(profile.location()))
                .bind("title", text(profile.title()))
                .bind("summary", text(profile.summary()))
                .bind("skills", profile.skills().toArray(String[]::new))
                .bind("months", profile.experienceMonths())
                .bind("degree", text(education.degree()))
                .bind("field", text(education.field()))
                .bind("institution", text(education.institution()))
                .bind(
                        "level",
                        text(
                                education.level() == null
                                        ? null
                                        : education.level().word()))
                .bind("source", profile.source())
                .bind("data", Json.of(profile.data()))
                .bind("resume", profile.resumeId());
    }

    private static Parameter text(@Nullable String value) {
        return Parameters.in(PostgresqlObjectId.VARCHAR, value);
    }

    private static Parameter uuid(@Nullable UUID value) {
        return Parameters.in(PostgresqlObjectId.UUID, value);
    }

    private static Candidate candidate(Readable row) {
        String level = row.get("education_level", String.class);
        return new Candidate(
                required(row, "id", UUID.class),
                required(row, "owner_id", UUID.class),
                row.get("first_name", String.class),
                row.get("last_name", String.class),
                row.get("email", String.class),
                row.get("phone", String.class),
                row.get("location", String.class),
                row.get("title", String.class),
                row.get("summary", String.class),
                List.of(required(row, "skills", String[].class)),
                required(row, "experience_months", Integer.class),
                new Education(
                        row.get("education_degree", String.class),
                        row.get("education_field", String.class),
                        row.get("education_institution", String.class),
                        level == null ? null : EducationLevel.of(level)),
                required(row, "status", String.class),
                required(row, "score", Integer.class),
                row.get("source", String.class),
                row.get("position_id", UUID.class),
                required(row, "resume_data", Json.class).asString(),
                row.get("resume_id", UUID.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                required(row, "version", Long.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
