package ai.recruit.interview;

import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class InterviewRepository {

    /**
     * Whoever made it, whoever is named as an interviewer, and administrators. An array, unlike a subquery, is a condition
     * that the key of interviews is searched by also behind the "or".
     */
    static final String VISIBLE = "(:all or i.id = any (array("
            + "select v.interview_id from interview_viewers v where v.owner_id = :owner)))";

    /** The caller's own scorecard, over an interview of the alias that is put in. */
    static final String MINE = """
            case when recruit_account() = any (%1$s.interviewers) then case when exists (
                select 1 from interview_submissions s where s.interview_id = %1$s.id and s.owner_id = recruit_account())
                then 'submitted' else 'open' end end""";

    private static final String COLUMNS = "i.id, i.owner_id, i.candidate_id, i.position_id, i.status, i.interviewers,"
            + " i.total_questions, i.version, i.generated_at, " + MINE.formatted("i") + " as mine";

    private static final String INSERT = """
            insert into interviews (id, owner_id, candidate_id, candidate_name, position_id, position_title,
                difficulty_level, focus_areas, language, seed, questions, total_questions, total_minutes)
            values (:id, :owner, :candidate, :name, :position, :title, :difficulty, :areas, :language, :seed,
                cast(:questions as jsonb), :count, :minutes)
            returning generated_at
            """;

    private static final String FIND = "select " + COLUMNS + " from interviews i where i.id = :id and " + VISIBLE;

    private static final String QUESTIONS =
            "select i.questions, i.follow_ups from interviews i where i.id = :id and " + VISIBLE;

    private static final String LOCK =
            "select " + COLUMNS + " from interviews i where i.id = :id and (:all or i.owner_id = :owner) for update";

    private static final String SCHEDULE = """
            update interviews i set status = 'scheduled', scheduled_at = :at, duration_minutes = :minutes,
                time_zone = :zone, location = :location, url = :url, interviewers = :interviewers, updated_at = now(),
                version = i.version + 1
            where i.id = :id and (:all or i.owner_id = :owner)
            """;

    private static final String SHOW = """
            insert into interview_viewers (owner_id, interview_id)
            select distinct viewer, cast(:id as uuid) from unnest(:viewers) as viewer
            on conflict do nothing
            """;

    private static final String HIDE =
            "delete from interview_viewers v where v.interview_id = :id and v.owner_id <> all (:viewers)";

    private static final String COMPLETE = """
            update interviews i set status = 'completed', outcome = :outcome, summary = :summary, closed_by = :by,
                updated_at = now(), version = i.version + 1
            where i.id = :id and (:all or i.owner_id = :owner)
            """;

    private static final String CANCEL = """
            update interviews i set status = 'cancelled', cancel_reason = :reason, closed_by = :by, updated_at = now(),
                version = i.version + 1
            where i.id = :id and (:all or i.owner_id = :owner)
            """;

    private static final String FOLLOW = """
            update interviews i set follow_ups = cast(:texts as jsonb), updated_at = now(), version = i.version + 1
            where i.id = :id and (:all or i.owner_id = :owner)
            """;

    private static final TypeReference<Map<String, String>> FOLLOW_UPS = new TypeReference<>() {};

    private static final TypeReference<List<Question>> QUESTION_LIST = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    InterviewRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Stores an interview; gives back when it was generated. */
    Mono<Instant> insert(NewInterview interview) {
        QuestionSelection.Wanted wanted = interview.wanted();
        return database.sql(INSERT)
                .bind("id", interview.id())
                .bind("owner", interview.ownerId())
                .bind("candidate", interview.candidateId())
                .bind("name", Parameter.fromOrEmpty(interview.candidateName(), String.class))
                .bind("position", interview.positionId())
                .bind("title", interview.positionTitle())
                .bind("difficulty", wanted.difficulty().word())
                .bind("areas", wanted.areas().stream().map(FocusArea::word).toArray(String[]::new))
                .bind("language", wanted.tongue().word())
                .bind("seed", wanted.seed())
                .bind("questions", json.writeValueAsString(interview.questions()))
                .bind("count", interview.questions().size())
                .bind("minutes", interview.totalMinutes())
                .map(row -> given(row, "generated_at", Instant.class))
                .one()
                .delayUntil(at -> show(interview.id(), Set.of(interview.ownerId())));
    }

    private Mono<Void> show(UUID id, Set<UUID> viewers) {
        UUID[] all = viewers.toArray(UUID[]::new);
        return database.sql(HIDE)
                .bind("id", id)
                .bind("viewers", all)
                .then()
                .then(Mono.defer(() ->
                        database.sql(SHOW).bind("id", id).bind("viewers", all).then()));
    }

    /** One that the tenant may see. */
    Mono<StoredInterview> find(Tenant tenant, UUID id) {
        return bound(database.sql(FIND).bind("id", id), tenant)
                .map(InterviewRepository::interview)
                .one();
    }

    /** The questions of one that the tenant may see. */
    Mono<List<Question>> questions(Tenant tenant, UUID id) {
        return bound(database.sql(QUESTIONS).bind("id", id), tenant)
                .map(this::asked)
                .one();
    }

    private List<Question> asked(Readable row) {
        Map<String, String> followUps =
                json.readValue(given(row, "follow_ups", Json.class).asString(), FOLLOW_UPS);
        return json.readValue(given(row, "questions", Json.class).asString(), QUESTION_LIST).stream()
                .map(question -> question.with(followUps.get(question.id())))
                .toList();
    }

    /** Sets follow-ups by the ids of questions; gives back whether the tenant may change the interview. */
    Mono<Boolean> follow(Tenant tenant, UUID id, Map<String, String> followUps) {
        return bound(database.sql(FOLLOW).bind("id", id), tenant)
                .bind("texts", json.writeValueAsString(followUps))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** One that the tenant may change; nobody else changes it until this transaction ends. */
    Mono<StoredInterview> lock(Tenant tenant, UUID id) {
        return bound(database.sql(LOCK).bind("id", id), tenant)
                .map(InterviewRepository::interview)
                .one();
    }

    Mono<Void> schedule(Tenant tenant, StoredInterview interview, Meeting meeting, List<UUID> interviewers) {
        Set<UUID> viewers = new HashSet<>(interviewers);
        viewers.add(interview.ownerId());
        return bound(database.sql(SCHEDULE).bind("id", interview.id()), tenant)
                .bind("at", meeting.at())
                .bind("minutes", meeting.durationMinutes())
                .bind("zone", meeting.zone().getId())
                .bind("location", text(meeting.location()))
                .bind("url", text(meeting.url()))
                .bind("interviewers", interviewers.toArray(UUID[]::new))
                .then()
                .then(Mono.defer(() -> show(interview.id(), viewers)));
    }

    Mono<Void> complete(Tenant tenant, UUID id, String outcome, @Nullable String summary) {
        return bound(database.sql(COMPLETE).bind("id", id), tenant)
                .bind("outcome", outcome)
                .bind("summary", text(summary))
                .bind("by", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                .then();
    }

    Mono<Void> cancel(Tenant tenant, UUID id, @Nullable String reason) {
        return bound(database.sql(CANCEL).bind("id", id), tenant)
                .bind("reason", text(reason))
                .bind("by", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bound(DatabaseClient.GenericExecuteSpec spec, Tenant tenant) {
        return spec.bind("all", tenant.seesAll()).bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class));
    }

    private static Parameter text(@Nullable String value) {
        return Parameter.fromOrEmpty(value, String.class);
    }

    private static StoredInterview interview(Readable row) {
        return new StoredInterview(
                given(row, "id", UUID.class),
                given(row, "owner_id", UUID.class),
                given(row, "candidate_id", UUID.class),
                given(row, "position_id", UUID.class),
                InterviewStatus.parse(given(row, "status", String.class)).orElseThrow(),
                List.of(given(row, "interviewers", UUID[].class)),
                given(row, "total_questions", Integer.class),
                row.get("mine", String.class),
                given(row, "version", Long.class),
                given(row, "generated_at", Instant.class));
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
