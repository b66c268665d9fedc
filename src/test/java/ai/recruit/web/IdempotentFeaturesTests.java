package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Endpoints of all features bear to run in one transaction, and to be asked twice. */
class IdempotentFeaturesTests extends IntegrationTest {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private JsonMapper json;

    private double apart() {
        return meters.counter("recruit.idempotency", "way", "apart").count();
    }

    /** Sends a request twice with one key: it runs once, in one transaction. */
    private JsonNode twice(TestAccount account, HttpMethod method, String path, Map<String, ?> body) {
        String key = UUID.randomUUID().toString();
        double before = apart();
        byte[] first = once(account, method, path, body, key, false);
        assertThat(apart()).as(path + " bears one transaction").isEqualTo(before);
        assertThat(once(account, method, path, body, key, true)).isEqualTo(first);
        return json.readTree(first);
    }

    private byte[] once(
            TestAccount account, HttpMethod method, String path, Map<String, ?> body, String key, boolean again) {
        var answer = http.method(method)
                .uri(path)
                .headers(account::authorize)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
        byte[] bytes = Objects.requireNonNullElse(answer.getResponseBody(), "null".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.getStatus().is2xxSuccessful())
                .as(method + " " + path + " " + answer.getStatus() + " " + new String(bytes, StandardCharsets.UTF_8))
                .isTrue();
        assertThat(answer.getResponseHeaders().containsHeader("Idempotency-Replayed"))
                .as(path)
                .isEqualTo(again);
        return bytes;
    }

    @Test
    void candidatesWithTheirNotesTagsSharesAndInterviews() {
        TestAccount recruiter = accounts.recruiter();
        TestAccount admin = accounts.admin();
        TestAccount colleague = accounts.recruiter();
        String candidate = twice(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of(
                                "first_name", "Anna",
                                "last_name", "Berg",
                                "email", "anna-" + UUID.randomUUID() + "@example.com"))
                .path("id")
                .asString();
        assertThat(candidate).startsWith("cand_");
        String own = "/api/v1/candidates/" + candidate;
        twice(recruiter, HttpMethod.PATCH, own, Map.of("title", "Cook"));
        twice(recruiter, HttpMethod.PUT, own + "/wishes", Map.of("work_modes", List.of("remote")));
        String database = "/api/resumes/candidates/" + candidate;
        twice(recruiter, HttpMethod.POST, database + "/notes", Map.of("content", "Calls back", "is_private", true));
        twice(recruiter, HttpMethod.POST, database + "/tags", Map.of("tags", List.of("kitchen")));
        twice(recruiter, HttpMethod.PUT, database + "/status", Map.of("status", "phone_screen"));
        Map<String, Object> share = new HashMap<>();
        share.put("candidate_ids", List.of(candidate));
        share.put("recruiter_ids", List.of(colleague.publicId()));
        twice(admin, HttpMethod.POST, "/api/resumes/admin/candidates/share", share);
        twice(
                recruiter,
                HttpMethod.POST,
                "/api/v1/candidates/" + candidate + "/score",
                Map.of("criteria", Map.of("required_skills", List.of("Java"))));
        String interview = twice(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/interviews/generate-questions",
                        Map.of("candidate_id", candidate, "position_id", position(recruiter)))
                .path("interview_id")
                .asString();
        twice(
                recruiter,
                HttpMethod.POST,
                "/api/v1/interviews/" + interview + "/schedule",
                Map.of(
                        "scheduled_at",
                        OffsetDateTime.now(ZoneOffset.UTC)
                                .plusDays(3)
                                .withNano(0)
                                .toString(),
                        "interviewers",
                        List.of(colleague.publicId())));
        twice(recruiter, HttpMethod.POST, "/api/v1/interviews/" + interview + "/cancel", Map.of());
        assertThat(candidates(recruiter, "Berg")).isEqualTo(1);
    }

    private String position(TestAccount recruiter) {
        String source = "idempotent-" + UUID.randomUUID();
        http.post()
                .uri("/api/v1/ingestion/jobs")
                .headers(recruiter::authorize)
                .bodyValue(Map.of(
                        "source",
                        source,
                        "jobs",
                        List.of(Map.of(
                                "external_id", "1", "title", "Cook", "company", "Canteen", "description", "Java"))))
                .exchange()
                .expectStatus()
                .isOk();
        return rows(recruiter, "/api/v1/jobs?source=" + source)
                .path(0)
                .path("id")
                .asString();
    }

    private int candidates(TestAccount recruiter, String name) {
        return rows(recruiter, "/api/v1/candidates?search=" + name).size();
    }

    private JsonNode rows(TestAccount recruiter, String path) {
        return Objects.requireNonNull(http.get()
                        .uri(path)
                        .headers(recruiter::authorize)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(JsonNode.class)
                        .returnResult()
                        .getResponseBody())
                .path("data");
    }
}
