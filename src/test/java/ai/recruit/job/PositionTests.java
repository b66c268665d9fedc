package ai.recruit.job;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PositionTests extends IntegrationTest {

    private static final String PATH = "/api/v1/positions";

    @Autowired
    private JsonMapper json;

    @Test
    void makesReadsChangesAndClosesAPosition() {
        TestAccount recruiter = accounts.recruiter();
        String company = "Company " + UUID.randomUUID();
        JsonNode made = made(
                recruiter,
                Map.of(
                        "title", "Senior Python Developer",
                        "company", company,
                        "description", "At least 5 years of experience with Django.",
                        "salary_range", "$100k - $150k",
                        "type", "full time"));
        String id = made.path("id").asString();

        assertThat(id).matches("pos_[0-9a-f]{32}");
        assertThat(made.path("source").asString()).isEqualTo("manual");
        assertThat(made.path("status").asString()).isEqualTo("open");
        assertThat(made.path("min_experience_months").asInt()).isEqualTo(60);
        assertThat(made.path("salary_max").asInt()).isEqualTo(150_000);
        assertThat(made.path("skills").toString()).contains("Python");
        assertThat(made.path("created_by").asString()).isEqualTo(recruiter.publicId());
        assertThat(body(send(recruiter, HttpMethod.GET, PATH + "/" + id, null))).isEqualTo(made);
        // The same row as a job.
        assertThat(body(send(recruiter, HttpMethod.GET, "/api/v1/jobs/" + id, null))
                        .path("id")
                        .asString())
                .isEqualTo(id.replace("pos_", "job_"));

        Map<String, Object> changes = new HashMap<>();
        changes.put("title", "Lead Python Developer");
        changes.put("salary_range", null);
        JsonNode changed = body(send(recruiter, HttpMethod.PATCH, PATH + "/" + id, changes));
        assertThat(changed.path("title").asString()).isEqualTo("Lead Python Developer");
        assertThat(changed.path("salary_range").isNull()).isTrue();
        assertThat(changed.path("company").asString()).isEqualTo(company);
        assertThat(changed.path("min_experience_months").asInt()).isEqualTo(60);

        send(recruiter, HttpMethod.DELETE, PATH + "/" + id, null).expectStatus().isNoContent();
        send(recruiter, HttpMethod.DELETE, PATH + "/" + id, null).expectStatus().isNoContent();
        assertThat(listed(recruiter, company, "open")).isEmpty();
        assertThat(listed(recruiter, company, "closed")).containsExactly(id);
        assertThat(body(send(recruiter, HttpMethod.PATCH, PATH + "/" + id, Map.of("status", "open")))
                        .path("status")
                        .asString())
                .isEqualTo("open");
        assertThat(listed(recruiter, company, "all")).containsExactly(id);
    }

    @Test
    void isChangedByWhoeverMadeItAndByAdministratorsAlone() {
        TestAccount recruiter = accounts.recruiter();
        String id = made(recruiter, Map.of("title", "Nurse")).path("id").asString();

        for (HttpMethod method : List.of(HttpMethod.PATCH, HttpMethod.DELETE)) {
            Map<String, Object> body = method == HttpMethod.PATCH ? Map.of("title", "Other") : null;
            send(accounts.recruiter(), method, PATH + "/" + id, body)
                    .expectStatus()
                    .isForbidden();
            send(accounts.candidate(), method, PATH + "/" + id, body)
                    .expectStatus()
                    .isForbidden();
            send(recruiter, method, PATH + "/pos_" + "0".repeat(32), body)
                    .expectStatus()
                    .isNotFound();
        }
        assertThat(body(send(accounts.admin(), HttpMethod.PATCH, PATH + "/" + id, Map.of("title", "Head nurse")))
                        .path("title")
                        .asString())
                .isEqualTo("Head nurse");
    }

    @Test
    void namesWhatIsWrong() {
        TestAccount recruiter = accounts.recruiter();
        String id = made(recruiter, Map.of("title", "Cook", "external_id", "cook-" + UUID.randomUUID()))
                .path("id")
                .asString();
        send(recruiter, HttpMethod.POST, PATH, Map.of("company", "Nobody"))
                .expectStatus()
                .isBadRequest();
        send(recruiter, HttpMethod.POST, PATH, Map.of("title", "Cook", "work_mode", "moon"))
                .expectStatus()
                .isBadRequest();
        send(recruiter, HttpMethod.PATCH, PATH + "/" + id, Map.of("external_id", "other"))
                .expectStatus()
                .isBadRequest();
        send(recruiter, HttpMethod.PATCH, PATH + "/" + id, Map.of("status", "lost"))
                .expectStatus()
                .isBadRequest();
        send(recruiter, HttpMethod.PATCH, PATH + "/" + id, List.of())
                .expectStatus()
                .isBadRequest();
        send(recruiter, HttpMethod.GET, PATH + "?status=lost", null)
                .expectStatus()
                .isBadRequest();
        String taken = "taken-" + UUID.randomUUID();
        made(recruiter, Map.of("title", "Cook", "external_id", taken));
        send(recruiter, HttpMethod.POST, PATH, Map.of("title", "Cook", "external_id", taken))
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        TestAccount recruiter = accounts.recruiter();
        String id = made(recruiter, Map.of("title", "Cook")).path("id").asString();
        String tag = send(recruiter, HttpMethod.GET, PATH + "/" + id, null)
                .returnResult(String.class)
                .getResponseHeaders()
                .getETag();
        http.get()
                .uri(PATH + "/" + id)
                .headers(recruiter::authorize)
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isNotModified();
        for (int status : List.of(200, 412)) {
            http.patch()
                    .uri(PATH + "/" + id)
                    .headers(recruiter::authorize)
                    .header(HttpHeaders.IF_MATCH, tag)
                    .bodyValue(Map.of("title", "Cook " + status))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(status);
        }
    }

    @Test
    void servesKeysWithTheirScopes() {
        String reads = accounts.apiKey("positions:read");
        http.get()
                .uri(PATH)
                .header("X-API-Key", reads)
                .exchange()
                .expectStatus()
                .isOk();
        http.post()
                .uri(PATH)
                .header("X-API-Key", reads)
                .bodyValue(Map.of("title", "Cook"))
                .exchange()
                .expectStatus()
                .isForbidden();
        http.post()
                .uri(PATH)
                .header("X-API-Key", accounts.apiKey("positions:write"))
                .bodyValue(Map.of("title", "Cook"))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private JsonNode made(TestAccount account, Map<String, Object> position) {
        return json.readTree(send(account, HttpMethod.POST, PATH, position)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueMatches(HttpHeaders.LOCATION, PATH + "/pos_.*")
                .expectBody()
                .returnResult()
                .getResponseBody());
    }

    private List<String> listed(TestAccount account, String company, String status) {
        JsonNode page = body(http.get()
                .uri(PATH + "?q={q}&status={status}", company, status)
                .headers(account::authorize)
                .exchange());
        return page.path("data")
                .valueStream()
                .map(row -> row.path("id").asString())
                .toList();
    }

    private JsonNode body(ResponseSpec answer) {
        return json.readTree(
                answer.expectStatus().isOk().expectBody().returnResult().getResponseBody());
    }

    private ResponseSpec send(
            TestAccount account, HttpMethod method, String uri, @org.jspecify.annotations.Nullable Object body) {
        var request = http.method(method).uri(uri).headers(account::authorize);
        return body == null ? request.exchange() : request.bodyValue(body).exchange();
    }
}
