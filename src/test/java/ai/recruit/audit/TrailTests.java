package ai.recruit.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is done over HTTP leaves entries, and administrators find them. */
class TrailTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private JsonMapper json;

    @Test
    void loginsAreRecordedWithWhereTheyCameFrom() {
        TestAccount recruiter = accounts.recruiter();
        login(recruiter.email(), recruiter.password(), "login-1").expectStatus().isOk();
        login(recruiter.email(), "not the password", "login-2").expectStatus().isUnauthorized();

        List<JsonNode> entries = entries("subject=" + recruiter.publicId());
        assertThat(entries)
                .extracting(entry -> entry.path("action").asString())
                .containsExactly("login.refused", "account.logged_in", "account.created");
        assertThat(entries.get(1).path("actor").asString()).isEqualTo(recruiter.publicId());
        assertThat(entries.get(1).path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entries.get(1).path("request_id").asString()).isEqualTo("login-1");
        assertThat(entries.get(0).path("role").asString()).isEqualTo("anonymous");
        assertThat(entries.toString()).doesNotContain(recruiter.email());
    }

    @Test
    void accountsAndKeysAreRecordedWithTheAdministrator() {
        TestAccount admin = accounts.admin();
        JsonNode key = json.readTree(http.post()
                .uri("/api/v1/api-keys")
                .headers(admin::authorize)
                .bodyValue(Map.of("name", "of the trail", "scopes", List.of("jobs:read")))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult()
                .getResponseBody());
        String id = key.path("id").asString();
        http.delete()
                .uri("/api/v1/api-keys/" + id)
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        TestAccount other = accounts.recruiter();
        http.patch()
                .uri("/api/v1/accounts/" + other.publicId())
                .headers(admin::authorize)
                .bodyValue(Map.of("status", "suspended"))
                .exchange()
                .expectStatus()
                .isOk();

        List<JsonNode> entries = entries("actor=" + admin.publicId());
        assertThat(entries)
                .extracting(entry -> entry.path("action").asString() + " "
                        + entry.path("subject").asString())
                .containsExactly(
                        "account.changed " + other.publicId(), "api_key.revoked " + id, "api_key.created " + id);
        assertThat(entries.get(0).path("details").path("status").asString()).isEqualTo("suspended");
    }

    @Test
    void anExportThatIsRefusedIsNotRecorded() {
        String key = accounts.apiKey("matches:read", "resumes:read", "jobs:read");
        http.get()
                .uri("/api/matching/jobs/job_00000000000070008000000000000000/matches")
                .header("X-API-Key", key)
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(entries("subject=job_00000000000070008000000000000000")).isEmpty();
    }

    @Test
    void readingAndTakingAResumeIsRecorded() {
        TestAccount recruiter = accounts.recruiter();
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part(
                        "file",
                        new ByteArrayResource("Vera Trailova\nSoftware Engineer\nvera@example.com\n"
                                .getBytes(StandardCharsets.UTF_8)))
                .filename("vera.txt");
        JsonNode taken = json.readTree(http.post()
                .uri("/api/resumes/upload")
                .headers(recruiter::authorize)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
        String id = taken.path("resume_id").asString();
        for (String what : List.of("data", "download")) {
            http.get()
                    .uri("/api/resumes/" + id + "/" + what)
                    .headers(recruiter::authorize)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(byte[].class)
                    .returnResult();
        }
        http.get()
                .uri("/api/resumes/" + id + "/data")
                .headers(accounts.recruiter()::authorize)
                .exchange()
                .expectStatus()
                .isNotFound();

        List<JsonNode> entries = entries("owner=" + recruiter.publicId() + "&subject=" + id);
        assertThat(entries)
                .extracting(entry -> entry.path("action").asString())
                .containsExactlyInAnyOrder("resume.downloaded", "resume.viewed");
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.path("actor").asString()).isEqualTo(recruiter.publicId()));
    }

    @Test
    void filtersByActionAndTimeAndRefusesWhatItDoesNotKnow() {
        TestAccount recruiter = accounts.recruiter();
        login(recruiter.email(), recruiter.password(), "filter-1")
                .expectStatus()
                .isOk();
        String who = "actor=" + recruiter.publicId();

        assertThat(entries(who + "&action=account.logged_in&from=2020-01-01")).hasSize(1);
        assertThat(entries(who + "&action=other.done")).isEmpty();
        assertThat(entries(who + "&to=2020-01-01")).isEmpty();
        assertThat(entries(who + "&from=2099-01-01T00:00:00Z")).isEmpty();
        for (String wrong : List.of("actor=nobody", "from=soon", "colour=blue")) {
            http.get()
                    .uri("/api/audit?" + wrong)
                    .headers(accounts.admin()::authorize)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
        http.get()
                .uri("/api/audit")
                .headers(recruiter::authorize)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void newEntriesComeIntoTheLiveListWhenTheyAreSealed() {
        TestAccount recruiter = accounts.recruiter();
        TestAccount admin = accounts.admin();
        var live = http.mutate()
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .uri("/api/audit?actor=" + recruiter.publicId())
                .headers(admin::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null);
        StepVerifier.create(live)
                .assertNext(event -> assertThat(event.event()).isEqualTo("snapshot_end"))
                .then(() -> login(recruiter.email(), recruiter.password(), "live-1")
                        .expectStatus()
                        .isOk())
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(event.data()).contains("account.logged_in").contains("\"seq\"");
                })
                .thenCancel()
                .verify(PATIENCE);
    }

    private org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec login(
            String email, String password, String requestId) {
        return http.post()
                .uri("/api/v1/auth/login")
                .header("X-Request-Id", requestId)
                .bodyValue(Map.of("email", email, "password", password))
                .exchange();
    }

    private List<JsonNode> entries(String query) {
        byte[] body = http.get()
                .uri("/api/audit?limit=100&" + query)
                .headers(accounts.admin()::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return StreamSupport.stream(json.readTree(body).path("data").spliterator(), false)
                .toList();
    }
}
