package ai.recruit.candidate;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

@Repository
class CandidateRepository {

    private static final String COLUMNS = """
            c.id, c.owner_id, c.first_name, c.last_name, c.email, c.phone, c.location, c.title, c.summary, c.skills,
            c.experience_months, c.education_degree, c.education_field, c.education_institution, c.education_level,
            c.status, c.score, c.source, c.position_id, c.resume_data, c.resume_id, c.created_at, c.updated_at,
            c.version, c.wishes, c.resume_wishes, c.edited, c.merged_into
            """;

    /** By which of the account's shares a candidate is seen, if by one. */
    private static final String SHARED = """
            left join candidate_shares s on s.candidate_id = c.id and s.recruiter_id = :owner and s.revoked_at is null
                and (s.expires_at is null or s.expires_at > now())
            """;

    private static final String SHARE_COLUMNS =
            ", s.can_view_contact_info as contact, s.can_download_resume as download, s.can_submit_to_jobs as submit"
                    + ", c.owner_id = :owner as own ";

    private static final String GET = "select " + COLUMNS + SHARE_COLUMNS + " from candidates c " + SHARED
            + " where c.id = :id and (c.owner_id = :owner or s.id is not null)";

    // One text for each, so that PostgreSQL keeps one plan for all accounts.
    private static final String GET_ANY =
            "select " + COLUMNS + SHARE_COLUMNS + " from candidates c " + SHARED + " where c.id = :id";

    private static final String WISHES = "select c.wishes, c.resume_wishes, c.merged_into from candidates c " + SHARED
            + " where c.id = :id and (c.owner_id = :owner or s.id is not null)";

    private static final String WISHES_OF_ANY =
            "select c.wishes, c.resume_wishes, c.merged_into from candidates c where c.id = :id";

    private static final String LIST = "select " + COLUMNS + SHARE_COLUMNS + " from candidates c " + SHARED
            + " where c.id = any (cast(:ids as uuid[])) and c.merged_into is null"
            + " and (:all or c.owner_id = :owner or s.id is not null)";

    private static final String VISIBLE = "select c.id from candidates c " + SHARED
            + " where c.id = any (cast(:ids as uuid[])) and c.merged_into is null"
            + " and (:all or c.owner_id = :owner or s.id is not null)";

    private static final String RECIPIENTS = """
            select s.candidate_id, s.recruiter_id
            from candidate_shares s
            where s.candidate_id = any (cast(:ids as uuid[])) and s.revoked_at is null
                and (s.expires_at is null or s.expires_at > now())
            """;

    /** What a resume says at length is most of a row, and who goes through all rows has no use for it. */
    private static final String SHORT_COLUMNS = COLUMNS.replace("c.resume_data", "cast('{}' as jsonb) as resume_data");

    private static final String COUNT =
            "select count(*) as found from candidates c where (:all or c.owner_id = :owner)";
    private static final String CHUNK_FIRST = "select " + SHORT_COLUMNS + """
            from candidates c
            where (:all or c.owner_id = :owner) and c.merged_into is null
            order by c.id
            limit :size
            """;

    private static final String CHUNK_AFTER = "select " + SHORT_COLUMNS + """
            from candidates c
            where (:all or c.owner_id = :owner) and c.id > :after and c.merged_into is null
            order by c.id
            limit :size
            """;

    // A function scan gives its rows in the order of the array: locks are taken in that order.
    private static final String LOCK =
            "select count(pg_advisory_xact_lock(k)) as locked from unnest(cast(:keys as bigint[])) as k";

    private static final String LOCK_ROWS = "select " + COLUMNS + """
            from candidates c
            where c.id = any (cast(:ids as uuid[])) and c.owner_id = :owner and c.merged_into is null
            order by c.id
            for update
            """;

    private static final String BY_IDENTITY = """
            select i.kind, i.value, candidate_root(i.candidate_id) as candidate_id
            from candidate_identities i
            join unnest(cast(:kinds as text[]), cast(:values as text[])) as w (kind, value)
              on i.kind = w.kind and i.value = w.value
            where i.owner_id = :owner
            """;

    private static final String ROOTS = """
            select w.id, candidate_root(w.id) as root from unnest(cast(:ids as uuid[])) as w (id)
            """;

    private static final String SAVE = """
            insert into candidates as c (
                id, owner_id, first_name, last_name, email, phone, location, title, summary, skills, experience_months,
                education_degree, education_field, education_institution, education_level, source, resume_data,
                resume_id, resume_wishes, status, position_id, edited, name_words)
            select r.id, :owner, r.first_name, r.last_name, r.email, r.phone, r.location, r.title, r.summary,
                   array(select jsonb_array_elements_text(r.skills)), r.months, r.degree, r.field, r.institution,
                   r.level, r.source, r.data, r.resume, r.wishes, r.status, r.position,
                   array(select jsonb_array_elements_text(r.edited)), r.name_words
            from jsonb_to_recordset(cast(:rows as jsonb)) as r (
                id uuid, first_name text, last_name text, email text, phone text, location text, title text,
                summary text, skills jsonb, months integer, degree text, field text, institution text, level text,
                source text, data jsonb, resume uuid, wishes jsonb, status text, position uuid, edited jsonb,
                name_words text)
            on conflict (id) do update
            set first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
                phone = excluded.phone, location = excluded.location, title = excluded.title,
                summary = excluded.summary, skills = excluded.skills, experience_months = excluded.experience_months,
                education_degree = excluded.education_degree, education_field = excluded.education_field,
                education_institution = excluded.education_institution, education_level = excluded.education_level,
                source = excluded.source, resume_data = excluded.resume_data, resume_id = excluded.resume_id,
                resume_wishes = excluded.resume_wishes, status = excluded.status,
                position_id = excluded.position_id, edited = excluded.edited, name_words = excluded.name_words,
                updated_at = now(), version = c.version + 1
            where c.owner_id = :owner
            """;

    private static final String IDENTIFY = """
            insert into candidate_identities (owner_id, kind, value, candidate_id)
            select :owner, w.kind, w.value, w.id
            from unnest(cast(:kinds as text[]), cast(:values as text[]), cast(:ids as uuid[])) as w (kind, value, id)
            on conflict do nothing
            """;

    private static final String MAP = """
            insert into recruiter_candidates (owner_id, candidate_id, source)
            select :owner, w.id, w.source
            from unnest(cast(:ids as uuid[]), cast(:sources as text[])) as w (id, source)
            on conflict do nothing
            """;

    private static final String WANT = """
            update candidates c set wishes = cast(:wishes as jsonb), updated_at = now(), version = c.version + 1
            where c.id = :id and (:all or c.owner_id = :owner) and c.wishes <> cast(:wishes as jsonb)
            returning c.owner_id
            """;

    private static final String SCORE = """
            update candidates c set score = :score, updated_at = now(), version = c.version + 1
            where c.id = :id and (:all or c.owner_id = :owner) and c.score <> :score
            """;

    private static final String WISH = """
            insert into wanted_resumes (id, owner_id, candidate_id, url)
            select gen_random_uuid(), :owner, w.id, w.url
            from unnest(cast(:ids as uuid[]), cast(:urls as text[])) as w (id, url)
            """;

    private static final String WISHED = """
            select w.url from wanted_resumes w where w.candidate_id = :id and w.owner_id = :owner
            order by w.created_at limit 1
            """;

    private static final String FULFILLED =
            "delete from wanted_resumes w where w.candidate_id = :id and w.owner_id = :owner";

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final JsonMapper json;

    CandidateRepository(DatabaseClient database, TenantTransactions transactions, JsonMapper json) {
        this.database = database;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * As the tenant sees it; what a share does not open is empty. An id that was merged leads to the survivor. In a
     * transaction of its own, unless there is one.
     */
    Mono<Candidate> find(Tenant tenant, UUID id) {
        record Found(@Nullable UUID mergedInto, Candidate candidate) {}
        return transactions
                .row(
                        tenant,
                        tenant.seesAll() ? GET_ANY : GET,
                        id,
                        row -> new Found(row.get("merged_into", UUID.class), seen(tenant, row)))
                .flatMap(found ->
                        found.mergedInto() == null ? Mono.just(found.candidate()) : find(tenant, found.mergedInto()));
    }

    /** What a candidate wants of work, declared or read. */
    Mono<Wishes> wanted(Tenant tenant, UUID id) {
        record Found(@Nullable UUID mergedInto, Wishes wishes) {}
        return transactions
                .row(
                        tenant,
                        tenant.seesAll() ? WISHES_OF_ANY : WISHES,
                        id,
                        row -> new Found(
                                row.get("merged_into", UUID.class),
                                wishes(row, "wishes").or(wishes(row, "resume_wishes"))))
                .flatMap(found ->
                        found.mergedInto() == null ? Mono.just(found.wishes()) : wanted(tenant, found.mergedInto()));
    }

    /** Whom these ids lead to, of those that there are. */
    Mono<Map<UUID, UUID>> roots(Collection<UUID> ids) {
        return database.sql(ROOTS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> Optional.ofNullable(row.get("root", UUID.class))
                        .map(root -> Map.entry(required(row, "id", UUID.class), root)))
                .all()
                .<Map.Entry<UUID, UUID>>handle((root, sink) -> root.ifPresent(sink::next))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    Flux<Candidate> list(Tenant tenant, Collection<UUID> ids) {
        return database.sql(LIST)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .map(row -> seen(tenant, row))
                .all();
    }

    /** With whom the candidates are shared now: pairs of candidate and account. */
    Flux<Map.Entry<UUID, UUID>> recipients(Collection<UUID> ids) {
        return database.sql(RECIPIENTS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row ->
                        Map.entry(required(row, "candidate_id", UUID.class), required(row, "recruiter_id", UUID.class)))
                .all();
    }

    Flux<UUID> visible(Tenant tenant, Collection<UUID> ids) {
        return database.sql(VISIBLE)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .map(row -> required(row, "id", UUID.class))
                .all();
    }

    Mono<Long> count(Tenant tenant) {
        return database.sql(COUNT)
                .bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .map(row -> Objects.requireNonNull(row.get("found", Long.class)))
                .one();
    }

    Flux<Candidate> chunk(Tenant tenant, @Nullable UUID afterId, int size) {
        GenericExecuteSpec query = afterId == null
                ? database.sql(CHUNK_FIRST)
                : database.sql(CHUNK_AFTER).bind("after", afterId);
        return query.bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .bind("size", size)
                .map(this::candidate)
                .all();
    }

    /** Waits until no other transaction holds the keys, in their order; held until this transaction ends. */
    Mono<Void> lock(long[] keys) {
        return database.sql(LOCK)
                .bind("keys", Arrays.stream(keys).boxed().toArray(Long[]::new))
                .then();
    }

    Flux<Candidate> findForUpdate(UUID ownerId, Collection<UUID> ids) {
        return database.sql(LOCK_ROWS)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("owner", ownerId)
                .map(this::candidate)
                .all();
    }

    /** Whose the identities are, as far as they are anybody's. */
    Mono<Map<Identity, UUID>> findByIdentities(UUID ownerId, Collection<Identity> identities) {
        return database.sql(BY_IDENTITY)
                .bind("owner", ownerId)
                .bind("kinds", identities.stream().map(Identity::kind).toArray(String[]::new))
                .bind("values", identities.stream().map(Identity::value).toArray(String[]::new))
                .map(row -> Map.entry(
                        new Identity(required(row, "kind", String.class), required(row, "value", String.class)),
                        required(row, "candidate_id", UUID.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Inserts those that are new and updates the others. */
    Mono<Void> save(UUID ownerId, Collection<Candidate> candidates) {
        return database.sql(SAVE)
                .bind("owner", ownerId)
                .bind(
                        "rows",
                        json.writeValueAsString(candidates.stream()
                                .map(CandidateRepository::row)
                                .toList()))
                .then();
    }

    Mono<Void> identify(UUID ownerId, Map<Identity, UUID> identities) {
        return database.sql(IDENTIFY)
                .bind("owner", ownerId)
                .bind("kinds", identities.keySet().stream().map(Identity::kind).toArray(String[]::new))
                .bind(
                        "values",
                        identities.keySet().stream().map(Identity::value).toArray(String[]::new))
                .bind("ids", identities.values().toArray(UUID[]::new))
                .then();
    }

    Mono<Void> map(UUID ownerId, Map<UUID, String> sources) {
        return database.sql(MAP)
                .bind("owner", ownerId)
                .bind("ids", sources.keySet().toArray(UUID[]::new))
                .bind("sources", sources.values().toArray(String[]::new))
                .then();
    }

    /** Writes down where resumes are to be fetched from. */
    Mono<Void> wish(UUID ownerId, Map<UUID, String> addresses) {
        return database.sql(WISH)
                .bind("owner", ownerId)
                .bind("ids", addresses.keySet().toArray(UUID[]::new))
                .bind("urls", addresses.values().toArray(String[]::new))
                .then();
    }

    Mono<String> wished(UUID ownerId, UUID id) {
        return database.sql(WISHED)
                .bind("id", id)
                .bind("owner", ownerId)
                .map(row -> required(row, "url", String.class))
                .one();
    }

    Mono<Void> fulfilled(UUID ownerId, UUID id) {
        return database.sql(FULFILLED).bind("id", id).bind("owner", ownerId).then();
    }

    /** Sets the declared wishes; gives back the owner when they are other ones than before. */
    Mono<UUID> want(Tenant tenant, UUID id, Wishes wishes) {
        return database.sql(WANT)
                .bind("id", id)
                .bind("wishes", json.writeValueAsString(wishes))
                .bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .map(row -> required(row, "owner_id", UUID.class))
                .one();
    }

    Mono<Void> score(Tenant tenant, UUID id, int score) {
        return database.sql(SCORE)
                .bind("id", id)
                .bind("score", score)
                .bind("all", tenant.seesAll())
                .bind("owner", uuid(tenant.accountId()))
                .then();
    }

    private static Map<String, @Nullable Object> row(Candidate candidate) {
        Education education = candidate.education();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", candidate.id());
        row.put("first_name", candidate.firstName());
        row.put("last_name", candidate.lastName());
        row.put("email", candidate.email());
        row.put("phone", candidate.phone());
        row.put("location", candidate.location());
        row.put("title", candidate.title());
        row.put("summary", candidate.summary());
        row.put("skills", candidate.skills());
        row.put("months", candidate.experienceMonths());
        row.put("degree", education.degree());
        row.put("field", education.field());
        row.put("institution", education.institution());
        row.put("level", education.level() == null ? null : education.level().word());
        row.put("source", candidate.source());
        row.put("data", new RawValue(candidate.resumeData()));
        row.put("resume", candidate.resumeId());
        row.put("wishes", candidate.resumeWishes());
        row.put("status", candidate.status());
        row.put("position", candidate.positionId());
        row.put("edited", candidate.edited());
        row.put("name_words", NameWords.index(candidate.firstName(), candidate.lastName()));
        return row;
    }

    static Parameter uuid(@Nullable UUID value) {
        return Parameters.in(PostgresqlObjectId.UUID, value);
    }

    private Wishes wishes(Readable row, String column) {
        String stored = required(row, column, Json.class).asString();
        return stored.equals("{}") ? Wishes.NONE : json.readValue(stored, Wishes.class);
    }

    private Candidate seen(Tenant tenant, Readable row) {
        Candidate candidate = candidate(row);
        if (tenant.seesAll() || Boolean.TRUE.equals(row.get("own", Boolean.class))) {
            return candidate;
        }
        return candidate.with(
                new Access(
                        false,
                        Boolean.TRUE.equals(row.get("contact", Boolean.class)),
                        Boolean.TRUE.equals(row.get("download", Boolean.class)),
                        Boolean.TRUE.equals(row.get("submit", Boolean.class))),
                json);
    }

    private Candidate candidate(Readable row) {
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
                required(row, "version", Long.class),
                wishes(row, "wishes"),
                wishes(row, "resume_wishes"),
                Set.of(required(row, "edited", String[].class)),
                Access.OWN);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
