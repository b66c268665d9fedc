package ai.recruit.interview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.kernel.IdKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Nobody's judgement is swayed by another's. */
class ScorecardTests extends InterviewIntegrationTest {

    private static final String OPINION = "Unmistakable opinion";

    @Autowired
    private DatabaseClient database;

    private static Map<String, Object> card(String status) {
        return Map.of(
                "ratings",
                List.of(
                        Map.of("question_id", "q_1", "score", 4, "comment", OPINION),
                        Map.of("criterion", "Systems thinking", "score", 5)),
                "recommendation",
                "strong_yes",
                "summary",
                OPINION,
                "status",
                status);
    }

    private ResponseSpec put(TestAccount account, String interview, Map<String, Object> card) {
        return send(account, HttpMethod.PUT, path(interview, "/scorecards/mine"), card);
    }

    private JsonNode cards(TestAccount account, String interview) {
        return answer(get(account, path(interview, "/scorecards")), 200);
    }

    private long rows(TestAccount account, String interview) {
        UUID id = IdKind.INTERVIEW.get(interview);
        return Objects.requireNonNull(transactions
                .mono(
                        account.caller().tenant(),
                        () -> database.sql("select count(*) as n from interview_scorecards where interview_id = :id")
                                .bind("id", id)
                                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                                .one())
                .block(PATIENCE));
    }

    @Test
    void staysBlindUntilOnesOwnIsSubmitted() {
        TestAccount first = accounts.recruiter();
        TestAccount second = accounts.recruiter();
        String interview = interview();
        schedule(interview, first, second);

        JsonNode draft = answer(put(first, interview, card("draft")), 200);
        assertThat(draft.path("status").asString()).isEqualTo("draft");
        assertThat(draft.path("ratings").path(0).path("score").asInt()).isEqualTo(4);
        assertThat(cards(second, interview).path("submitted").size()).isZero();
        JsonNode submitted = answer(put(first, interview, card("submitted")), 200);
        assertThat(submitted.path("submitted_at").isString()).isTrue();

        JsonNode blind = cards(second, interview);
        assertThat(blind.path("blind").asBoolean()).isTrue();
        assertThat(blind.path("submitted").path(0).path("interviewer").asString())
                .isEqualTo(first.publicId());
        assertThat(blind.path("pending").path(0).asString()).isEqualTo(second.publicId());
        assertThat(blind.path("scorecards").size()).isZero();
        assertThat(blind.toString()).doesNotContain(OPINION, "strong_yes");
        // Of the tables themselves as well, whatever a query says.
        assertThat(rows(second, interview)).isZero();
        assertThat(rows(first, interview)).isEqualTo(1);

        answer(put(second, interview, card("draft")), 200);
        assertThat(cards(second, interview).path("blind").asBoolean()).isTrue();
        assertThat(cards(second, interview).path("scorecards").size()).isEqualTo(1);
        answer(put(second, interview, card("submitted")), 200);
        JsonNode open = cards(second, interview);
        assertThat(open.path("blind").asBoolean()).isFalse();
        assertThat(open.path("pending").size()).isZero();
        assertThat(open.path("scorecards")
                        .valueStream()
                        .map(one -> one.path("interviewer").asString()))
                .containsExactlyInAnyOrder(first.publicId(), second.publicId());
    }

    @Test
    void keepsTheOwnerBlindUntilAllAreInOrTheInterviewIsOver() {
        TestAccount first = accounts.recruiter();
        TestAccount second = accounts.recruiter();
        String all = interview();
        String over = interview();
        for (String interview : List.of(all, over)) {
            schedule(interview, first, second);
            answer(put(first, interview, card("submitted")), 200);
            assertThat(cards(recruiter, interview).path("blind").asBoolean()).isTrue();
            assertThat(cards(recruiter, interview).toString()).doesNotContain(OPINION);
            assertThat(rows(recruiter, interview)).isZero();
        }
        answer(put(second, all, card("submitted")), 200);
        assertThat(cards(recruiter, all).path("scorecards").size()).isEqualTo(2);
        answer(send(recruiter, HttpMethod.POST, path(over, "/complete"), Map.of("outcome", "undecided")), 200);
        assertThat(cards(recruiter, over).path("scorecards").size()).isEqualTo(1);
        // Who has not submitted stays blind even then.
        assertThat(cards(second, over).path("blind").asBoolean()).isTrue();
        answer(put(second, over, card("submitted")), 200);
        assertThat(cards(second, over).path("scorecards").size()).isEqualTo(2);
    }

    @Test
    void keepsAnAdministratorBlindWhoIsAnInterviewer() {
        TestAccount admin = accounts.admin();
        TestAccount first = accounts.recruiter();
        String interview = interview();
        schedule(interview, first, admin);
        answer(put(first, interview, card("submitted")), 200);

        assertThat(cards(admin, interview).path("blind").asBoolean()).isTrue();
        assertThat(cards(admin, interview).toString()).doesNotContain(OPINION);
        assertThat(rows(admin, interview)).isZero();
        assertThat(cards(accounts.admin(), interview).path("scorecards").size()).isEqualTo(1);
        answer(put(admin, interview, card("submitted")), 200);
        assertThat(cards(admin, interview).path("scorecards").size()).isEqualTo(2);
    }

    @Test
    void tellsHowItEndedOnlyToThoseWhoHaveJudged() {
        TestAccount first = accounts.recruiter();
        TestAccount second = accounts.recruiter();
        String interview = interview();
        schedule(interview, first, second, recruiter);
        answer(put(first, interview, card("submitted")), 200);
        answer(
                send(
                        recruiter,
                        HttpMethod.POST,
                        path(interview, "/complete"),
                        Map.of("outcome", "passed", "summary", OPINION)),
                200);

        for (String uri : List.of(path(interview, ""), "/api/v1/interviews")) {
            String seen = String.valueOf(answer(get(second, uri), 200));
            assertThat(seen).contains(interview, "completed").doesNotContain(OPINION, "passed");
            assertThat(String.valueOf(answer(get(first, uri), 200))).contains(OPINION, "passed");
            // Their own words.
            assertThat(String.valueOf(answer(get(recruiter, uri), 200))).contains(OPINION, "passed");
        }
    }

    @Test
    void tellsEventsWhoHasSubmittedAndNothingOfWhat() {
        TestAccount first = accounts.recruiter();
        TestAccount second = accounts.recruiter();
        String interview = interview();
        schedule(interview, first, second);
        Cursor before = here();
        answer(put(first, interview, card("submitted")), 200);

        List<Event> told = since(recruiter, before, InterviewTrail.SUBMITTED);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).data())
                .contains(interview, first.publicId())
                .doesNotContain(OPINION, "strong_yes", "score\"");
        assertThat(since(second, before, InterviewTrail.SUBMITTED, InterviewTrail.CHANGED))
                .isEmpty();
    }

    @Test
    void isFinalOnceSubmitted() {
        TestAccount first = accounts.recruiter();
        String interview = interview();
        schedule(interview, first);
        assertThat(code(get(first, path(interview, "/scorecards/mine")), 404)).isEqualTo("RESOURCE_NOT_FOUND");
        answer(put(first, interview, card("submitted")), 200);
        for (String status : List.of("draft", "submitted")) {
            assertThat(code(put(first, interview, card(status)), 409)).isEqualTo("CONFLICT");
        }
        assertThat(answer(get(first, path(interview, "/scorecards/mine")), 200)
                        .path("summary")
                        .asString())
                .isEqualTo(OPINION);
    }

    @Test
    void isForInterviewersAlone() {
        String interview = interview();
        schedule(interview, accounts.recruiter());
        assertThat(code(put(recruiter, interview, card("draft")), 403)).isEqualTo("PERMISSION_DENIED");
        assertThat(code(put(accounts.admin(), interview, card("draft")), 403)).isEqualTo("PERMISSION_DENIED");
        TestAccount first = accounts.recruiter();
        String cancelled = interview();
        schedule(cancelled, first);
        answer(send(recruiter, HttpMethod.POST, path(cancelled, "/cancel"), Map.of()), 200);
        assertThat(code(put(first, cancelled, card("draft")), 409)).isEqualTo("CONFLICT");
    }

    @Test
    void namesEachWrongField() {
        TestAccount first = accounts.recruiter();
        String interview = interview();
        schedule(interview, first);
        assertThat(fields(put(first, interview, Map.of("status", "submitted"))))
                .containsExactlyInAnyOrder("ratings", "recommendation");
        assertThat(fields(put(
                        first,
                        interview,
                        Map.of(
                                "status",
                                "final",
                                "recommendation",
                                "perhaps",
                                "ratings",
                                List.of(
                                        Map.of("question_id", "q_6", "score", 3),
                                        Map.of("question_id", "q_1", "criterion", "both", "score", 3),
                                        Map.of("criterion", "Order", "score", 6),
                                        Map.of("criterion", "order", "score", 1))))))
                .containsExactlyInAnyOrder(
                        "status",
                        "recommendation",
                        "ratings[0].question_id",
                        "ratings[1]",
                        "ratings[2].score",
                        "ratings[3]");
    }
}
