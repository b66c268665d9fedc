package ai.recruit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Cursor;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another recruiter sees nothing: every endpoint and stream is tried with a foreign account, as it is, and again with the
 * tenant predicate taken out of each query in turn, so that only row-level security is left.
 */
class IsolationTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private TestAccounts accounts;

    @Autowired
    private QueryTap tap;

    @Autowired
    private Events events;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private JsonMapper json;

    @LocalServerPort
    private int port;

    /** What belongs to the victim. */
    private record Things(String resume, String batch, String candidate, String job, String match, Cursor before) {

        List<String> secrets() {
            return List.of(resume, batch, candidate, match);
        }
    }

    @Test
    void aForeignRecruiterSeesNothingEvenWithoutTheTenantPredicates() {
        TestAccount victim = accounts.recruiter();
        TestAccount stranger = accounts.recruiter();
        Things things = things(victim);

        tap.clear();
        tryEverything(stranger, things);
        Set<String> queries = tap.seen();
        assertThat(queries).as("queries that carry the tenant predicate").hasSizeGreaterThanOrEqualTo(8);

        Set<String> held = new TreeSet<>();
        for (String query : queries) {
            tap.strip(query);
            try {
                tryEverything(stranger, things);
                // Queries of background loops, which see all rows anyway, may not have had their turn meanwhile.
                if (tap.stripped() > 0) {
                    held.add(query);
                }
            } catch (AssertionError leak) {
                throw new AssertionError("Without its tenant predicate this query leaks: " + query, leak);
            } finally {
                tap.strip("");
            }
        }
        assertThat(held).as("queries that ran without their predicate").hasSizeGreaterThanOrEqualTo(8);
        // The owner still sees all of it, so the answers above were refusals and not failures.
        get(victim, "/api/resumes/" + things.resume() + "/data")
                .expectStatus()
                .isOk()
                .expectBody(String.class);
        get(victim, "/api/v1/candidates/" + things.candidate())
                .expectStatus()
                .isOk()
                .expectBody(String.class);
    }

    @Test
    void anAbsentRowAndAForeignOneAnswerAlike() {
        TestAccount victim = accounts.recruiter();
        TestAccount stranger = accounts.recruiter();
        Things things = things(victim);
        for (String path : List.of(
                "/api/resumes/{res}/status",
                "/api/resumes/{res}/data",
                "/api/resumes/{res}/download",
                "/api/resumes/{res}/events",
                "/api/resumes/batches/{batch}",
                "/api/resumes/batches/{batch}/events",
                "/api/v1/candidates/{cand}",
                "/api/v1/candidates/{cand}/wishes",
                "/api/v1/candidates/{cand}/status-changes",
                "/api/v1/candidates/{cand}/merges",
                "/api/v1/candidates/{cand}/duplicates",
                "/api/resumes/candidates/{cand}",
                "/api/resumes/candidates/{cand}/notes",
                "/api/resumes/candidates/{cand}/activity",
                "/api/v1/candidates/{cand}/consents",
                "/api/v1/candidates/{cand}/personal-data",
                "/api/v1/candidates/{cand}/legal-hold",
                "/api/v1/self/profiles/{cand}",
                "/api/v1/self/profiles/{cand}/consents",
                "/api/v1/self/profiles/{cand}/disputes",
                "/api/matching/candidates/{cand}/matches",
                "/api/matching/candidates/{cand}/ranking",
                "/api/matching/matches/{match}",
                "/api/matching/matches/{match}/counterfactuals")) {
            String absent = "0".repeat(32);
            String foreign = body(
                    stranger,
                    path.replace("{res}", things.resume())
                            .replace("{batch}", things.batch())
                            .replace("{cand}", things.candidate())
                            .replace("{match}", things.match()));
            String missing = body(
                    stranger,
                    path.replace("{res}", "res_" + absent)
                            .replace("{batch}", "batch_" + absent)
                            .replace("{cand}", "cand_" + absent)
                            .replace("{match}", "match_" + absent));
            assertThat(neutral(foreign)).as(path).isEqualTo(neutral(missing)).contains("RESOURCE_NOT_FOUND");
        }
    }

    @Test
    void everyTableWithAnOwnerForcesRowLevelSecurityOnARoleThatOwnsNothing() {
        List<String> open = transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("""
                                select c.relname as name from pg_class c
                                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'owner_id'
                                 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                                   and (not c.relrowsecurity or not c.relforcerowsecurity
                                        or not exists (select from pg_policy p where p.polrelid = c.oid)
                                        or pg_has_role('recruit_app', c.relowner, 'usage'))
                                """)
                                .map(row -> String.valueOf(row.get("name")))
                                .all())
                .collectList()
                .block(PATIENCE);
        assertThat(open).isEmpty();
        List<String> role = database.sql("""
                        select current_user as name from pg_roles
                         where rolname = current_user and not rolsuper and not rolbypassrls
                        """)
                .map(row -> String.valueOf(row.get("name")))
                .all()
                .collectList()
                .block(PATIENCE);
        assertThat(role).containsExactly("recruit_app");
    }

    @Test
    void withoutATenantNoRowIsVisible() {
        TestAccount victim = accounts.recruiter();
        Things things = things(victim);
        assertThat(things.candidate()).isNotEmpty();
        for (String table : List.of(
                "candidates", "resumes", "resume_data", "event_log", "candidate_identities", "matching_profiles")) {
            Long rows = database.sql("select count(*) as n from " + table
                            + (table.equals("event_log") ? " where audience <> 'everyone'" : ""))
                    .map(row -> row.get("n", Long.class))
                    .one()
                    .block(PATIENCE);
            assertThat(rows).as(table).isZero();
        }
    }

    private Things things(TestAccount victim) {
        Cursor before = events.now().block(PATIENCE);
        String key = accounts.apiKey("jobs:write");
        SampleResumes.Person person = SampleResumes.person((int) (System.nanoTime() % 1_000_000) + 5_000_000);
        JsonNode ingested = http.post()
                .uri("/api/v1/ingestion/jobs")
                .header("X-API-Key", key)
                .bodyValue(Map.of(
                        "source",
                        "isolation",
                        "jobs",
                        List.of(Map.of(
                                "external_id",
                                UUID.randomUUID().toString(),
                                "title",
                                "Engineer",
                                "company",
                                "Example Corp",
                                "location",
                                person.location(),
                                "description",
                                "We need " + String.join(", ", person.skills())))))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(ingested).isNotNull();
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("files", new ByteArrayResource(SampleResumes.docx(person))).filename("resume.docx");
        JsonNode uploaded = http.post()
                .uri("/api/resumes/bulk-upload")
                .headers(victim::authorize)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        String resume = uploaded.path("items").path(0).path("resume_id").asString();
        String batch = uploaded.path("batch_id").asString();
        JsonNode status = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> node(victim, "/api/resumes/" + resume + "/status"),
                        state -> state.path("status").asString().matches("completed|failed"));
        assertThat(status.path("status").asString()).isEqualTo("completed");
        String candidate = status.path("candidate_id").asString();
        JsonNode match = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> node(victim, "/api/matching/candidates/" + candidate + "/matches?limit=1"),
                        page -> !page.path("data").isEmpty())
                .path("data")
                .path(0);
        http.put()
                .uri("/api/v1/matching/profile")
                .headers(victim::authorize)
                .bodyValue(Map.of("skills", person.skills()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class);
        return new Things(
                resume,
                batch,
                candidate,
                match.path("job_id").asString(),
                match.path("match_id").asString(),
                before);
    }

    private void tryEverything(TestAccount stranger, Things things) {
        for (String path : List.of(
                "/api/resumes/" + things.resume() + "/status",
                "/api/resumes/" + things.resume() + "/data",
                "/api/resumes/" + things.resume() + "/download",
                "/api/resumes/" + things.resume() + "/events",
                "/api/resumes/" + things.resume() + "/events?since=" + things.before(),
                "/api/resumes/batches/" + things.batch(),
                "/api/resumes/batches/" + things.batch() + "/events",
                "/api/v1/candidates/" + things.candidate(),
                "/v1/candidates/" + things.candidate(),
                "/api/v1/candidates/" + things.candidate() + "/wishes",
                "/api/v1/candidates/" + things.candidate() + "/status-changes",
                "/api/v1/candidates/" + things.candidate() + "/merges",
                "/api/v1/candidates/" + things.candidate() + "/duplicates",
                "/api/resumes/candidates/" + things.candidate(),
                "/api/resumes/candidates/" + things.candidate() + "/notes",
                "/api/resumes/candidates/" + things.candidate() + "/activity",
                "/api/v1/candidates/" + things.candidate() + "/consents",
                "/api/v1/candidates/" + things.candidate() + "/personal-data",
                "/api/v1/candidates/" + things.candidate() + "/legal-hold",
                "/api/v1/self/profiles/" + things.candidate(),
                "/api/v1/self/profiles/" + things.candidate() + "/consents",
                "/api/v1/self/profiles/" + things.candidate() + "/disputes",
                "/api/v1/erasures/" + things.candidate().replace("cand_", "era_"),
                "/api/v1/erasures/" + things.candidate().replace("cand_", "era_") + "/certificate",
                // The victim has a profile of their own, the stranger has none.
                "/api/v1/matching/profile",
                "/api/matching/candidates/" + things.candidate() + "/matches",
                "/api/matching/candidates/" + things.candidate() + "/ranking",
                "/api/matching/matches/" + things.match(),
                "/api/matching/matches/" + things.match() + "?profile=recruiter",
                "/api/matching/matches/" + things.match() + "/counterfactuals")) {
            get(stranger, path)
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
        assertThat(text(
                        stranger,
                        "/api/resumes/" + things.resume() + "/data",
                        MediaType.parseMediaType("application/vnd.jsonresume+json")))
                .contains("RESOURCE_NOT_FOUND");
        // With an idempotency key the tenant is entered anew before the answer is looked up and kept.
        http.post()
                .uri("/api/resumes/" + things.resume() + "/retry")
                .headers(stranger::authorize)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("RESOURCE_NOT_FOUND");
        for (MediaType type : List.of(MediaType.APPLICATION_NDJSON, MediaType.TEXT_EVENT_STREAM)) {
            for (String list : List.of("/matches", "/ranking")) {
                http.get()
                        .uri("/api/matching/candidates/" + things.candidate() + list)
                        .headers(stranger::authorize)
                        .accept(type)
                        .exchange()
                        .expectStatus()
                        .isNotFound()
                        .expectBody()
                        .jsonPath("$.error.code")
                        .isEqualTo("RESOURCE_NOT_FOUND");
            }
        }
        for (String path : List.of(
                "/api/resumes/" + things.resume() + "/retry", "/api/matching/matches/" + things.match() + "/replay")) {
            http.method(HttpMethod.POST)
                    .uri(path)
                    .headers(stranger::authorize)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
        write(
                stranger,
                HttpMethod.POST,
                "/api/v1/candidates/" + things.candidate() + "/score",
                Map.of("position_id", things.job()));
        write(
                stranger,
                HttpMethod.PUT,
                "/api/v1/candidates/" + things.candidate() + "/wishes",
                Map.of("relocation", true));
        write(
                stranger,
                HttpMethod.POST,
                "/api/v1/Mismatch/match",
                Map.of("candidate_id", things.candidate(), "job_id", things.job()));
        String candidate = "/api/v1/candidates/" + things.candidate();
        String inDatabase = "/api/resumes/candidates/" + things.candidate();
        write(stranger, HttpMethod.PATCH, candidate, Map.of("status", "offer", "notes", "mine"));
        write(stranger, HttpMethod.POST, candidate + "/merge", Map.of("merged_id", things.candidate()));
        write(stranger, HttpMethod.PUT, inDatabase + "/status", Map.of("status", "offer"));
        write(stranger, HttpMethod.POST, inDatabase + "/notes", Map.of("content", "mine"));
        write(stranger, HttpMethod.POST, inDatabase + "/tags", Map.of("tags", List.of("mine")));
        write(stranger, HttpMethod.POST, candidate + "/consents", Map.of("purpose", "contact"));
        write(stranger, HttpMethod.PUT, candidate + "/legal-hold", Map.of("reason", "mine"));
        write(stranger, HttpMethod.POST, candidate + "/invitation", Map.of());
        write(stranger, HttpMethod.POST, candidate + "/erasure", Map.of());
        write(stranger, HttpMethod.DELETE, candidate, Map.of());
        write(stranger, HttpMethod.DELETE, "/api/resumes/" + things.resume(), Map.of());
        String self = "/api/v1/self/profiles/" + things.candidate();
        write(stranger, HttpMethod.PATCH, self, Map.of("title", "mine"));
        write(stranger, HttpMethod.POST, self + "/withdrawal", Map.of("erase", true));
        write(stranger, HttpMethod.POST, self + "/disputes", Map.of("about", "score", "statement", "mine"));
        for (String list : List.of(
                "/api/v1/candidates",
                "/api/resumes/candidates",
                "/api/v1/candidates/duplicates",
                "/api/v1/disputes",
                "/api/v1/erasures")) {
            assertThat(body(stranger, list)).doesNotContain(things.secrets());
            assertThat(text(stranger, list, MediaType.APPLICATION_NDJSON)).doesNotContain(things.secrets());
            assertThat(snapshot(stranger, list)).doesNotContain(things.secrets());
        }
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", new ByteArrayResource(SampleResumes.txt(SampleResumes.person(1))))
                .filename("a.txt");
        form.part("candidate_id", things.candidate());
        http.post()
                .uri("/api/resumes/upload")
                .headers(stranger::authorize)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("RESOURCE_NOT_FOUND");
        for (String list : List.of("/matches", "/ranking")) {
            String ofJob = "/api/matching/jobs/" + things.job() + list;
            assertThat(body(stranger, ofJob)).doesNotContain(things.secrets());
            assertThat(text(stranger, ofJob, MediaType.APPLICATION_NDJSON)).doesNotContain(things.secrets());
            assertThat(snapshot(stranger, ofJob)).doesNotContain(things.secrets());
        }
        assertThat(allEvents(stranger, things.before(), "")).doesNotContain(things.secrets());
        assertThat(allEvents(stranger, things.before(), "&types=resume.progress,candidate.created,test.mark"))
                .doesNotContain(things.secrets());
        assertThat(socket(stranger, things))
                .hasSize(2)
                .allSatisfy(frame -> assertThat(frame.path("code").asString()).isEqualTo("RESOURCE_NOT_FOUND"));
    }

    private void write(TestAccount stranger, HttpMethod method, String path, Map<String, ?> body) {
        http.method(method)
                .uri(path)
                .headers(stranger::authorize)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    private org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec get(
            TestAccount account, String path) {
        return http.get().uri(path).headers(account::authorize).exchange();
    }

    private JsonNode node(TestAccount account, String path) {
        return json.readTree(body(account, path));
    }

    private String body(TestAccount account, String path) {
        return text(account, path, MediaType.ALL);
    }

    private String text(TestAccount account, String path, MediaType accept) {
        byte[] body = http.get()
                .uri(path)
                .headers(account::authorize)
                .accept(accept)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return body == null ? "" : new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String neutral(String body) {
        return body.replaceAll("(res|batch|cand|match)_[0-9a-f]{32}", "ID")
                .replaceAll("\"timestamp\":\"[^\"]*\"", "")
                .replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    private WebClient client() {
        return WebClient.create("http://127.0.0.1:" + port);
    }

    private String snapshot(TestAccount account, String path) {
        return client().get()
                .uri(path)
                .headers(account::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .takeUntil(event -> "snapshot_end".equals(event.event()))
                .map(String::valueOf)
                .collectList()
                .map(List::toString)
                .block(PATIENCE);
    }

    /** All that the account may see since the place, up to a mark that it sets itself. */
    private String allEvents(TestAccount account, Cursor since, String filter) {
        String mark = "mark_" + UUID.randomUUID();
        Mono<Void> append = transactions.mono(
                account.caller().tenant(),
                () -> events.append(NewEvent.owned(account.id(), "test.mark", mark, Map.of("mark", mark))));
        return append.thenMany(client().get()
                        .uri("/api/events?since=" + since + filter)
                        .headers(account::authorize)
                        .retrieve()
                        .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {}))
                .map(String::valueOf)
                .takeUntil(event -> event.contains(mark))
                .collectList()
                .map(List::toString)
                .block(PATIENCE);
    }

    private List<JsonNode> socket(TestAccount account, Things things) {
        HttpHeaders headers = new HttpHeaders();
        account.authorize(headers);
        List<JsonNode> frames = new ArrayList<>();
        Sinks.Empty<Void> enough = Sinks.empty();
        String subscribe = json.writeValueAsString(
                Map.of("type", "subscribe", "topics", List.of("resume:" + things.resume(), "batch:" + things.batch())));
        new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://127.0.0.1:" + port + "/ws"),
                        headers,
                        session -> session.send(Mono.just(session.textMessage(subscribe)))
                                .and(session.receive()
                                        .filter(message -> message.getType() == WebSocketMessage.Type.TEXT)
                                        .map(WebSocketMessage::getPayloadAsText)
                                        .map(json::readTree)
                                        .filter(frame ->
                                                !frame.path("type").asString().equals("ready"))
                                        .doOnNext(frames::add)
                                        .take(2)
                                        .doOnComplete(() -> enough.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST)))
                                .then()
                                .takeUntilOther(enough.asMono()))
                .as(reactor.test.StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
        return frames;
    }
}
