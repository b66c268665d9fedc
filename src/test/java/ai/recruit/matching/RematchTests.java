package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.IdKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RematchTests extends MatchingIntegrationTest {

    @Autowired
    private Matches matches;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private JsonMapper mapper;

    @Test
    void rematchesACandidateAndTellsOfItLive() {
        String job = quietJob();
        UUID candidate = someone(recruiter, skill);
        assertThat(of(recruiter, candidate)).isEmpty();

        JsonNode asked = ok(post(recruiter, candidatePath(candidate) + "/rematch", Map.of()));

        assertThat(asked.path("task_id").asString()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-.*");
        assertThat(asked.path("estimated_matches").asLong()).isPositive();
        assertThat(asked.path("status").asString()).isEqualTo("queued");
        List<String> types = watched(recruiter, asked);
        assertThat(types).startsWith("rematch.progress").endsWith("rematch.completed");
        assertThat(of(recruiter, candidate)).contains(job);
        JsonNode done = ok(get(
                recruiter, "/api/matching/rematches/" + asked.path("task_id").asString()));
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(done.path("progress").asInt()).isEqualTo(100);
        assertThat(done.path("matches").asLong()).isPositive();
    }

    @Test
    void leavesRecentMatchesAloneUnlessForced() {
        quietJob();
        UUID candidate = someone(recruiter, skill);
        matches.matchCandidate(recruiter.id(), candidate)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
        asSystem("update matches set score_hash = 'old', score = 100 where candidate_id = '" + candidate + "'");

        watched(recruiter, ok(post(recruiter, candidatePath(candidate) + "/rematch", Map.of("force", false))));
        assertThat(best(recruiter, candidate)).isEqualTo(0.01);

        watched(recruiter, ok(post(recruiter, candidatePath(candidate) + "/rematch", Map.of("force", true))));
        assertThat(best(recruiter, candidate)).isNotEqualTo(0.01);
    }

    @Test
    void makesMatchesAnewThatAreNotRecent() {
        quietJob();
        UUID candidate = someone(recruiter, skill);
        matches.matchCandidate(recruiter.id(), candidate)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
        asSystem("update matches set score_hash = 'old', score = 100, updated_at = now() - interval '25 hours'"
                + " where candidate_id = '" + candidate + "'");

        watched(recruiter, ok(post(recruiter, candidatePath(candidate) + "/rematch", Map.of())));

        assertThat(best(recruiter, candidate)).isNotEqualTo(0.01);
    }

    @Test
    void rematchesAJobWithTheCallersOwnCandidatesAlone() {
        String job = quietJob();
        TestAccount colleague = accounts.recruiter();
        UUID mine = someone(recruiter, skill);
        UUID theirs = someone(colleague, skill);

        JsonNode asked = ok(post(recruiter, "/api/matching/jobs/" + job + "/rematch", Map.of("force", true)));
        assertThat(asked.path("estimated_matches").asLong()).isEqualTo(1);
        watched(recruiter, asked);

        assertThat(of(recruiter, mine)).contains(job);
        assertThat(of(colleague, theirs)).doesNotContain(job);
        get(colleague, "/api/matching/rematches/" + asked.path("task_id").asString())
                .expectStatus()
                .isNotFound();
        watched(accounts.admin(), job, Map.of("force", true));
        assertThat(of(colleague, theirs)).contains(job);
    }

    @Test
    void answers202ToWhoeverAsksForIt() {
        UUID candidate = someone(recruiter, skill);
        http.post()
                .uri(candidatePath(candidate) + "/rematch")
                .headers(recruiter::authorize)
                .header("Prefer", "respond-async")
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueMatches("Location", "/api/matching/rematches/.*");
        post(accounts.recruiter(), candidatePath(candidate) + "/rematch", Map.of())
                .expectStatus()
                .isNotFound();
        post(accounts.candidate(), candidatePath(candidate) + "/rematch", Map.of())
                .expectStatus()
                .isForbidden();
        get(recruiter, "/api/matching/rematches/nothing").expectStatus().isNotFound();
    }

    @Test
    void keepsWhenAMatchWasViewedFirst() {
        String match = oneMatch();

        String first = ok(put(recruiter, match)).path("viewed_at").asString();
        String second = ok(put(recruiter, match)).path("viewed_at").asString();

        assertThat(first).isNotEmpty().isEqualTo(second);
        put(accounts.recruiter(), match).expectStatus().isNotFound();
        assertThat(ok(get(recruiter, "/api/matching/matches/" + match))
                        .path("viewed_at")
                        .asString())
                .isEqualTo(first);
    }

    @Test
    void aDeletedMatchComesBackOnlyWhenAnAdministratorInsists() {
        quietJob();
        UUID candidate = someone(recruiter, skill);
        matches.matchCandidate(recruiter.id(), candidate)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
        String match = rows(recruiter, candidate).get(0).path("match_id").asString();
        TestAccount admin = accounts.admin();

        delete(recruiter, match).expectStatus().isForbidden();
        delete(admin, match).expectStatus().isNoContent();
        delete(admin, match).expectStatus().isNotFound();
        get(recruiter, "/api/matching/matches/" + match).expectStatus().isNotFound();

        watched(recruiter, ok(post(recruiter, candidatePath(candidate) + "/rematch", Map.of("force", true))));
        assertThat(ids(recruiter, candidate)).doesNotContain(match);

        watched(admin, ok(post(admin, candidatePath(candidate) + "/rematch", Map.of("force", true))));
        assertThat(ids(recruiter, candidate)).contains(match);
    }

    @Test
    void countsTheMatchesOfACandidateAndOfAJob() {
        String job = quietJob();
        UUID candidate = someone(recruiter, skill);
        UUID other = someone(recruiter, skill);
        for (UUID one : List.of(candidate, other)) {
            matches.matchCandidate(recruiter.id(), one)
                    .as(StepVerifier::create)
                    .expectNextCount(1)
                    .verifyComplete();
        }
        asSystem("update matches set score = 7000 where job_id = '" + IdKind.JOB.get(job) + "' and candidate_id = '"
                + candidate + "'");
        asSystem("update matches set score = 8000 where job_id = '" + IdKind.JOB.get(job) + "' and candidate_id = '"
                + other + "'");
        String match = rows(recruiter, candidate).stream()
                .filter(row -> row.path("job_id").asString().equals(job))
                .findFirst()
                .orElseThrow()
                .path("match_id")
                .asString();
        put(recruiter, match).expectStatus().isOk();

        JsonNode ofJob = ok(get(recruiter, "/api/matching/stats/job/" + job));
        assertThat(ofJob.path("total_matches").asLong()).isEqualTo(2);
        assertThat(ofJob.path("high_matches").asLong()).isEqualTo(1);
        assertThat(ofJob.path("medium_matches").asLong()).isEqualTo(1);
        assertThat(ofJob.path("low_matches").asLong()).isZero();
        assertThat(ofJob.path("viewed_matches").asLong()).isEqualTo(1);
        assertThat(ofJob.path("view_rate").asDouble()).isEqualTo(50.0);
        JsonNode ofCandidate =
                ok(get(recruiter, "/api/matching/stats/candidate/" + IdKind.CANDIDATE.format(candidate)));
        assertThat(ofCandidate.path("total_matches").asLong()).isPositive();
        assertThat(ofCandidate.path("evaluated").asLong())
                .isGreaterThanOrEqualTo(ofCandidate.path("total_matches").asLong());
        assertThat(ofCandidate.path("match_rate").asDouble()).isBetween(0.0, 100.0);
        get(accounts.recruiter(), "/api/matching/stats/candidate/" + IdKind.CANDIDATE.format(candidate))
                .expectStatus()
                .isNotFound();
        assertThat(ok(get(accounts.recruiter(), "/api/matching/stats/job/" + job))
                        .path("total_matches")
                        .asLong())
                .isZero();
    }

    @Test
    void filtersByScoreInAllThreeShapes() {
        quietJob();
        UUID candidate = someone(recruiter, skill);
        matches.matchCandidate(recruiter.id(), candidate)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
        asSystem("update matches set score = 5000 where candidate_id = '" + candidate + "'");
        for (MediaType shape :
                List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON, MediaType.TEXT_EVENT_STREAM)) {
            for (String least : List.of("0.5", "0.51")) {
                String body = String.join(
                        "",
                        Objects.requireNonNull(http.get()
                                .uri(candidatePath(candidate) + "/matches?min_score=" + least)
                                .headers(recruiter::authorize)
                                .accept(shape)
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .returnResult(String.class)
                                .getResponseBody()
                                .takeUntil(line -> shape.equals(MediaType.TEXT_EVENT_STREAM) && line.contains("{}"))
                                .collectList()
                                .block(PATIENCE)));
                assertThat(body.contains("match_id")).as(shape + " " + least).isEqualTo(least.equals("0.5"));
            }
        }
    }

    /** A job whose own matching is over, so that nothing but a rematch touches what comes later. */
    private String quietJob() {
        TestAccount other = accounts.recruiter();
        UUID witness = someone(other, skill);
        String job = job("job", Map.of());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of(other, witness)).contains(job));
        return job;
    }

    private String oneMatch() {
        quietJob();
        UUID candidate = someone(recruiter, skill);
        matches.matchCandidate(recruiter.id(), candidate)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
        return rows(recruiter, candidate).get(0).path("match_id").asString();
    }

    private static String candidatePath(UUID candidate) {
        return "/api/matching/candidates/" + IdKind.CANDIDATE.format(candidate);
    }

    private List<JsonNode> rows(TestAccount account, UUID candidate) {
        List<JsonNode> rows = new ArrayList<>();
        ok(get(account, candidatePath(candidate) + "/matches?limit=100"))
                .path("data")
                .forEach(rows::add);
        return rows;
    }

    private List<String> ids(TestAccount account, UUID candidate) {
        return rows(account, candidate).stream()
                .map(row -> row.path("match_id").asString())
                .toList();
    }

    private List<String> of(TestAccount account, UUID candidate) {
        return rows(account, candidate).stream()
                .map(row -> row.path("job_id").asString())
                .toList();
    }

    private double best(TestAccount account, UUID candidate) {
        return rows(account, candidate).get(0).path("match_score").asDouble();
    }

    private void watched(TestAccount account, String job, Map<String, Object> body) {
        watched(account, ok(post(account, "/api/matching/jobs/" + job + "/rematch", body)));
    }

    /** Follows a rematch to its end. */
    private List<String> watched(TestAccount account, JsonNode asked) {
        return Objects.requireNonNull(http.mutate()
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .uri(asked.path("events_url").asString())
                .headers(account::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .mapNotNull(ServerSentEvent::event)
                .collectList()
                .block(PATIENCE));
    }

    private ResponseSpec post(TestAccount account, String uri, Object body) {
        return http.post().uri(uri).headers(account::authorize).bodyValue(body).exchange();
    }

    private ResponseSpec put(TestAccount account, String match) {
        return http.put()
                .uri("/api/matching/matches/" + match + "/viewed")
                .headers(account::authorize)
                .exchange();
    }

    private ResponseSpec delete(TestAccount account, String match) {
        return http.delete()
                .uri("/api/matching/matches/" + match)
                .headers(account::authorize)
                .exchange();
    }

    private JsonNode ok(ResponseSpec answer) {
        return mapper.readTree(
                answer.expectStatus().isOk().expectBody().returnResult().getResponseBody());
    }

    private void asSystem(String sql) {
        transactions
                .mono(
                        ai.recruit.tenancy.Tenant.system(),
                        () -> database.sql(sql).then())
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
    }
}
