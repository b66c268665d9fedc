package ai.recruit.interview;

import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Scorecards. Who may read which is told twice: by the queries here and by the policies of the tables. */
@Component
class ScorecardRepository {

    private static final String COLUMNS =
            "c.owner_id, c.status, c.ratings, c.recommendation, c.summary, c.updated_at, c.submitted_at";

    private static final String SAVE = """
            insert into interview_scorecards as c (interview_id, owner_id, status, ratings, recommendation, summary,
                submitted_at)
            values (:interview, :owner, :status, cast(:ratings as jsonb), :recommendation, :summary,
                case when :status = 'submitted' then now() end)
            on conflict (interview_id, owner_id) do update set status = excluded.status, ratings = excluded.ratings,
                recommendation = excluded.recommendation, summary = excluded.summary,
                submitted_at = excluded.submitted_at, updated_at = now()
            where c.owner_id = :owner and c.status = 'draft'
            returning\s""" + COLUMNS;

    private static final String SUBMIT =
            "insert into interview_submissions (interview_id, owner_id) values (:interview, :owner)";

    private static final String MINE = "select " + COLUMNS
            + " from interview_scorecards c where c.interview_id = :interview and c.owner_id = :owner";

    private static final String READABLE = "select " + COLUMNS + """
             from interview_scorecards c
            where c.interview_id = :interview
                and (c.owner_id = :owner or (c.status = 'submitted' and interview_revealed(c.interview_id)))
            order by c.submitted_at nulls last, c.owner_id
            """;

    private static final String SUBMITTED = """
            select s.owner_id, s.submitted_at from interview_submissions s join interviews i on i.id = s.interview_id
            where s.interview_id = :interview and\s""" + InterviewRepository.VISIBLE + " order by s.submitted_at, s.owner_id";

    private static final TypeReference<List<Rating>> RATINGS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    ScorecardRepository(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Writes the account's own one; empty when it has been submitted before. */
    Mono<Scorecard> save(UUID interview, UUID account, ScorecardRequest card) {
        return database.sql(SAVE)
                .bind("interview", interview)
                .bind("owner", account)
                .bind("status", card.submitted() ? ScorecardRequest.SUBMITTED : ScorecardRequest.DRAFT)
                .bind("ratings", json.writeValueAsString(card.given()))
                .bind("recommendation", text(card.recommendation()))
                .bind("summary", text(card.summary()))
                .map(this::card)
                .one();
    }

    /** Tells that the account has submitted. */
    Mono<Void> submit(UUID interview, UUID account) {
        return database.sql(SUBMIT)
                .bind("interview", interview)
                .bind("owner", account)
                .then();
    }

    /** The account's own one. */
    Mono<Scorecard> mine(UUID interview, UUID account) {
        return database.sql(MINE)
                .bind("interview", interview)
                .bind("owner", account)
                .map(this::card)
                .one();
    }

    /** Those that the tenant may read. */
    Flux<Scorecard> readable(Tenant tenant, UUID interview) {
        return database.sql(READABLE)
                .bind("interview", interview)
                .bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                .map(this::card)
                .all();
    }

    /** Who has submitted. */
    Flux<ScorecardsResponse.Submission> submitted(Tenant tenant, UUID interview) {
        return database.sql(SUBMITTED)
                .bind("interview", interview)
                .bind("all", tenant.seesAll())
                .bind("owner", Parameter.fromOrEmpty(tenant.accountId(), UUID.class))
                .map(row -> new ScorecardsResponse.Submission(
                        IdKind.ACCOUNT.format(given(row, "owner_id", UUID.class)),
                        given(row, "submitted_at", Instant.class).truncatedTo(ChronoUnit.MILLIS)))
                .all();
    }

    /** Whether the tenant of this transaction may read the submitted ones of others. */
    Mono<Boolean> revealed(UUID interview) {
        return database.sql("select interview_revealed(:interview) as revealed")
                .bind("interview", interview)
                .map(row -> given(row, "revealed", Boolean.class))
                .one();
    }

    private Scorecard card(Readable row) {
        Instant submitted = row.get("submitted_at", Instant.class);
        return new Scorecard(
                IdKind.ACCOUNT.format(given(row, "owner_id", UUID.class)),
                given(row, "status", String.class),
                json.readValue(given(row, "ratings", Json.class).asString(), RATINGS),
                row.get("recommendation", String.class),
                row.get("summary", String.class),
                given(row, "updated_at", Instant.class).truncatedTo(ChronoUnit.MILLIS),
                submitted == null ? null : submitted.truncatedTo(ChronoUnit.MILLIS));
    }

    private static Parameter text(@Nullable String value) {
        return Parameter.fromOrEmpty(value, String.class);
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
