package ai.recruit.job;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class JobTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String source = "source-" + UUID.randomUUID();
    private TestAccount recruiter;

    @BeforeEach
    void logIn() {
        recruiter = accounts.recruiter();
    }

    private static Map<String, Object> job(String externalId) {
        return Map.of(
                "external_id",
                externalId,
                "title",
                "Software Engineer",
                "company",
                "Example Corp",
                "location",
                "Remote",
                "description",
                "Python and FastAPI, 3+ years of experience.",
                "apply_url",
                "https://example.com/apply",
                "salary_range",
                "$100k - $150k",
                "type",
                "full_time");
    }

    private ResponseSpec ingest(Object body) {
        return http.post()
                .uri("/api/v1/ingestion/jobs")
                .headers(recruiter::authorize)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private JsonNode ingested(List<?> jobs) {
        return json(
                ingest(Map.of("source", source, "jobs", jobs)).expectStatus().isOk());
    }

    private static JsonNode json(ResponseSpec response) {
        return Objects.requireNonNull(
                response.expectBody(JsonNode.class).returnResult().getResponseBody());
    }

    private ResponseSpec get(String uri, Object... variables) {
        return http.get().uri(uri, variables).headers(recruiter::authorize).exchange();
    }

    private Flux<ServerSentEvent<String>> live(String query, @Nullable String lastId) {
        return http.get()
                .uri("/api/v1/jobs?source={source}" + query, source)
                .headers(recruiter::authorize)
                .headers(headers -> {
                    if (lastId != null) {
                        headers.set("Last-Event-ID", lastId);
                    }
                })
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null);
    }

    @Test
    void answersAnIngestionAsDocumented() {
        JsonNode answer = ingested(List.of(job("custom-123")));

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.path("data").path("ingestion_id").asString()).matches("ing_[0-9a-f]{32}");
        assertThat(answer.path("data").path("jobs_received").asInt()).isEqualTo(1);
        assertThat(answer.path("data").path("jobs_queued").asInt()).isEqualTo(1);
        assertThat(answer.path("data").path("status").asString()).isEqualTo("processing");
    }

    @Test
    void takesTheConditionsOfAJob() {
        Map<String, Object> conditions = new HashMap<>(job("conditions"));
        conditions.putAll(Map.of(
                "work_mode", "On-site",
                "languages", List.of("английский B2", "Kyrgyz (native)"),
                "start_date", "2027-03-01"));
        ingested(List.of(conditions));

        JsonNode row = json(get("/api/v1/jobs?source={source}", source)
                        .expectStatus()
                        .isOk())
                .path("data")
                .path(0);
        assertThat(row.path("work_mode").asString()).isEqualTo("onsite");
        assertThat(row.path("languages")).extracting(JsonNode::asString).containsExactly("English B2", "Kyrgyz native");
        assertThat(row.path("start_date").asString()).isEqualTo("2027-03-01");
    }

    @Test
    void rejectsJobsWithConditionsThatAreNone() {
        Map<String, Object> mode = new HashMap<>(job("mode"));
        mode.put("work_mode", "moon");
        Map<String, Object> language = new HashMap<>(job("language"));
        language.put("languages", List.of("42"));

        JsonNode data = ingested(List.of(job("good"), mode, language)).path("data");

        assertThat(data.path("jobs_queued").asInt()).isEqualTo(1);
        assertThat(data.path("rejected"))
                .extracting(one -> one.path("field").asString())
                .containsExactly("work_mode", "languages");
    }

    @Test
    void listsAJobWithAllItsFields() {
        ingested(List.of(job("custom-123")));

        JsonNode page =
                json(get("/api/v1/jobs?source={source}", source).expectStatus().isOk());
        JsonNode row = page.path("data").path(0);
        assertThat(row.propertyNames())
                .containsExactly(
                        "id",
                        "external_id",
                        "source",
                        "title",
                        "company",
                        "location",
                        "description",
                        "apply_url",
                        "salary_min",
                        "salary_max",
                        "currency",
                        "salary_range",
                        "type",
                        "skills",
                        "work_mode",
                        "languages",
                        "start_date",
                        "created_at",
                        "updated_at");
        assertThat(row.path("id").asString()).matches("job_[0-9a-f]{32}");
        assertThat(row.path("salary_min").asInt()).isEqualTo(100_000);
        assertThat(row.path("salary_max").asInt()).isEqualTo(150_000);
        assertThat(row.path("currency").asString()).isEqualTo("USD");
        assertThat(row.path("salary_range").asString()).isEqualTo("$100k - $150k");
        assertThat(row.path("skills")).extracting(JsonNode::asString).contains("Python", "FastAPI");
        assertThat(row.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(page.path("pagination").path("total").asInt()).isEqualTo(1);
        assertThat(page.path("pagination").path("total_pages").asInt()).isEqualTo(1);

        String id = row.path("id").asString();
        assertThat(json(get("/api/v1/jobs/{id}", id).expectStatus().isOk())).isEqualTo(row);
    }

    @Test
    void takesGoodJobsAndNamesTheBadOnes() {
        JsonNode data = ingested(List.of(
                        job("good"),
                        Map.of("external_id", "bad"),
                        Map.of("external_id", "link", "title", "Clerk", "apply_url", "javascript:alert(1)"),
                        Map.of("external_id", "vague", "title", "Clerk", "salary_range", "competitive")))
                .path("data");

        assertThat(data.path("jobs_received").asInt()).isEqualTo(4);
        assertThat(data.path("jobs_queued").asInt()).isEqualTo(2);
        assertThat(data.path("rejected"))
                .extracting(one ->
                        one.path("index").asInt() + " " + one.path("field").asString())
                .containsExactly("1 title", "2 apply_url");
        assertThat(data.path("warnings"))
                .extracting(one -> one.path("index").asInt())
                .containsExactly(3);
    }

    @Test
    void refusesAnIngestionWithoutAGoodJob() {
        JsonNode answer = json(ingest(Map.of("source", source, "jobs", List.of(Map.of("title", "Clerk"))))
                .expectStatus()
                .isBadRequest());
        assertThat(answer.path("error").path("details").path(0).path("field").asString())
                .isEqualTo("jobs[0].external_id");

        for (Object body : List.of(
                Map.of("jobs", List.of(job("a"))),
                Map.of("source", source),
                Map.of("source", source, "jobs", List.of()),
                Map.of("source", source, "jobs", "none"),
                List.of())) {
            assertThat(json(ingest(body).expectStatus().isBadRequest())
                            .path("error")
                            .path("code")
                            .asString())
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void replacesAJobThatIsSentAgain() {
        ingested(List.of(job("same")));
        String before = json(get("/api/v1/jobs?source={source}", source))
                .path("data")
                .path(0)
                .path("id")
                .asString();

        ingested(List.of(job("same"), Map.of("external_id", "same", "title", "Baker")));

        JsonNode data = json(get("/api/v1/jobs?source={source}", source)).path("data");
        assertThat(data).hasSize(1);
        assertThat(data.path(0).path("id").asString()).isEqualTo(before);
        assertThat(data.path(0).path("title").asString()).isEqualTo("Baker");
    }

    @Test
    void letsInKeysWithTheScopeOnly() {
        Object body = Map.of("source", source, "jobs", List.of(job("a")));
        http.post()
                .uri("/api/v1/ingestion/jobs")
                .header("X-API-Key", accounts.apiKey("jobs:write"))
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
        http.post()
                .uri("/api/v1/ingestion/jobs")
                .header("X-API-Key", accounts.apiKey("jobs:read"))
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody();
        recruiter = accounts.candidate();
        ingest(body).expectStatus().isForbidden().expectBody();
    }

    @Test
    void answersTheSameForIdsThatAreUnknownAndThatAreNone() {
        get("/api/v1/jobs/job_00000000000070008000000000000000")
                .expectStatus()
                .isNotFound()
                .expectBody();
        get("/api/v1/jobs/none").expectStatus().isNotFound().expectBody();
    }

    @Test
    void pagesByCursorWithoutMissingARow() {
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            jobs.add(job("job-" + i));
        }
        ingested(jobs);

        List<String> seen = new ArrayList<>();
        String uri = "/api/v1/jobs?source=" + source + "&limit=10";
        List<Long> pages = new ArrayList<>();
        while (uri != null) {
            var result =
                    get(uri).expectStatus().isOk().expectBody(JsonNode.class).returnResult();
            JsonNode page = Objects.requireNonNull(result.getResponseBody());
            page.path("data").forEach(row -> seen.add(row.path("external_id").asString()));
            pages.add(page.path("pagination").path("page").asLong());
            assertThat(page.path("pagination").path("total").asInt()).isEqualTo(25);
            assertThat(page.path("pagination").path("total_pages").asInt()).isEqualTo(3);
            String link = result.getResponseHeaders().getFirst("Link");
            assertThat(link != null)
                    .isEqualTo(page.path("pagination").has("next_cursor"))
                    .isEqualTo(pages.size() < 3);
            uri = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertThat(pages).containsExactly(1L, 2L, 3L);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();

        assertThat(json(get("/api/v1/jobs?source={source}&page=3&perPage=10", source))
                        .path("data"))
                .extracting(row -> row.path("external_id").asString())
                .isEqualTo(seen.subList(20, 25));
        assertThat(json(get("/api/v1/jobs?source={source}&skip=5&limit=500", source))
                        .path("data"))
                .extracting(row -> row.path("external_id").asString())
                .isEqualTo(seen.subList(5, 25));
    }

    @Test
    void refusesParametersThatItDoesNotKnow() {
        for (String query : List.of("sort=title", "Source=x", "page=0", "cursor=nonsense", "limit=x")) {
            String name = query.substring(0, query.indexOf('='));
            assertThat(json(get("/api/v1/jobs?" + query).expectStatus().isBadRequest())
                            .path("error")
                            .path("details")
                            .path(0)
                            .path("field")
                            .asString())
                    .isEqualTo(name);
        }
        get("/api/v1/jobs?source={source}&since=nonsense", source)
                .expectStatus()
                .isOk()
                .expectBody();
        http.get()
                .uri("/api/v1/jobs?since=nonsense")
                .headers(recruiter::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody();
        http.get()
                .uri("/api/v1/jobs")
                .headers(recruiter::authorize)
                .accept(MediaType.APPLICATION_XML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectBody();
    }

    @Test
    void filters() {
        ingested(List.of(
                job("remote"),
                Map.of("external_id", "osh", "title", "Повар", "company", "Столовая", "location", "Ош, Кыргызстан")));

        assertThat(names("&location=ош,")).containsExactly("osh");
        assertThat(names("&q=ПОВАР")).containsExactly("osh");
        assertThat(names("&q=example")).containsExactly("remote");
        assertThat(names("&type=full_time")).containsExactly("remote");
        assertThat(names("&type=part_time")).isEmpty();
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        json(get("/api/v1/jobs?source={source}" + query, source).expectStatus().isOk())
                .path("data")
                .forEach(row -> names.add(row.path("external_id").asString()));
        return names;
    }

    @Test
    void streamsAllRowsAsLines() {
        for (int batch = 0; batch < 3; batch++) {
            List<Map<String, Object>> jobs = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                jobs.add(Map.of("external_id", batch + "-" + i, "title", "Töpfer \"и\" гончар\n" + i));
            }
            ingested(jobs);
        }

        var lines = http.get()
                .uri("/api/v1/jobs?source={source}", source)
                .headers(recruiter::authorize)
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_NDJSON)
                .returnResult(JsonNode.class);
        List<JsonNode> rows =
                Objects.requireNonNull(lines.getResponseBody().collectList().block(PATIENCE));
        List<String> ids = rows.stream().map(row -> row.path("id").asString()).toList();
        assertThat(new HashSet<>(ids)).hasSize(1500);
        assertThat(ids).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void followsTheListLive() {
        ingested(List.of(job("before")));
        StringBuilder lastId = new StringBuilder();

        StepVerifier.create(live("", null))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(event.id()).isNull();
                    assertThat(event.data()).contains("\"before\"");
                })
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("snapshot_end");
                    lastId.append(event.id());
                })
                .then(() -> ingested(List.of(job("after"))))
                // What was stored just before the snapshot may come once more behind it.
                .thenConsumeWhile(event -> !event.data().contains("\"after\""))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(event.id()).isNotNull();
                    assertThat(event.data()).contains("\"after\"");
                })
                .then(() -> ingested(List.of(Map.of("external_id", "before", "title", "Baker"))))
                .assertNext(event -> assertThat(event.data()).contains("\"before\"", "\"Baker\""))
                .thenCancel()
                .verify(PATIENCE);

        // From the end of the snapshot on nothing is lost, and the snapshot is not sent again.
        StepVerifier.create(live("", lastId.toString()))
                .thenConsumeWhile(event -> !event.data().contains("\"after\""))
                .assertNext(event -> assertThat(event.data()).contains("\"after\""))
                .assertNext(event -> assertThat(event.data()).contains("\"Baker\""))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void tellsWhatLeavesAFilteredList() {
        ingested(List.of(job("moves")));

        StepVerifier.create(live("&type=full_time", null))
                .assertNext(event -> assertThat(event.event()).isEqualTo("item"))
                .assertNext(event -> assertThat(event.event()).isEqualTo("snapshot_end"))
                .then(() -> ingested(List.of(
                        Map.of("external_id", "moves", "title", "Baker", "type", "part_time"),
                        Map.of("external_id", "never-in", "title", "Baker", "type", "part_time"))))
                // What was stored just before the snapshot may come once more behind it.
                .thenConsumeWhile(event -> "item".equals(event.event()))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("removed");
                    assertThat(event.data()).matches("\\{\"id\":\"job_[0-9a-f]{32}\"}");
                })
                .then(() -> ingested(List.of(job("new"))))
                .assertNext(event -> assertThat(event.data()).contains("\"new\""))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void beginsAnewWhenThePlaceHasLeftTheLog() {
        ingested(List.of(job("a")));

        StepVerifier.create(live("", "999999999999-1"))
                .assertNext(event -> assertThat(event.event()).isEqualTo("resync"))
                .assertNext(event -> assertThat(event.event()).isEqualTo("item"))
                .assertNext(event -> assertThat(event.event()).isEqualTo("snapshot_end"))
                .then(() -> ingested(List.of(job("b"))))
                // What was stored just before the snapshot may come once more behind it.
                .thenConsumeWhile(event -> event.data().contains("\"a\""))
                .assertNext(event -> assertThat(event.data()).contains("\"b\""))
                .thenCancel()
                .verify(PATIENCE);
    }
}
