package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.kernel.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiDescriptionTests extends IntegrationTest {

    private JsonNode description;

    @BeforeEach
    void read() {
        description = Objects.requireNonNull(http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .build()
                .get()
                .uri("/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private List<String> fields(String schema) {
        return List.copyOf(description
                .path("components")
                .path("schemas")
                .path(schema)
                .path("properties")
                .propertyNames());
    }

    @Test
    void namesFieldsAsTheyAreOnTheWire() {
        assertThat(fields("ScoreRequestCriteria"))
                .containsExactlyInAnyOrder(
                        "required_skills", "preferred_skills", "min_experience_years", "education_requirement");
        assertThat(fields("ProfileRequest")).contains("experience_years", "preferred_locations", "job_types");
        assertThat(fields("JsonResumeWork")).contains("startDate", "endDate");
        List<String> others = new ArrayList<>();
        description.path("components").path("schemas").properties().forEach(schema -> {
            if (!schema.getKey().startsWith("JsonResume")) {
                others.addAll(schema.getValue().path("properties").propertyNames());
            }
        });
        assertThat(others).isNotEmpty().allMatch(name -> name.matches("[a-z0-9_]+"));
    }

    @Test
    void tellsRecordsWithinRecordsApart() {
        assertThat(fields("ResumeAnswersData")).contains("parsed_data", "insights");
        assertThat(fields("JobMatchesData")).contains("matches", "unknown_job_ids");
        assertThat(fields("ProfileResponseData")).contains("skills", "job_types");
        assertThat(fields("MarketplaceMatchRequest")).containsExactlyInAnyOrder("candidate_id", "job_id");
        assertThat(fields("JobMatchesRequest")).containsExactly("job_ids");
    }

    @Test
    void asksClientsForNothingThatTheServiceFindsOut() {
        assertThat(description.findValues("parameters").stream()
                        .flatMap(JsonNode::valueStream)
                        .map(parameter -> parameter.path("name").asString("")))
                .isNotEmpty()
                .doesNotContain("caller", "paging", "headers", "exchange");
    }

    @Test
    void refersToWhatThereIs() {
        assertThat(description.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void describesEveryErrorCodeAndTheShapeOfErrorsAtEveryOperation() {
        JsonNode code = description
                .path("components")
                .path("schemas")
                .path("ErrorBodyDetail")
                .path("properties")
                .path("code");
        for (ProblemCode each : ProblemCode.values()) {
            assertThat(code.path("description").asString()).contains("`" + each.name() + "` (" + each.status() + "): ");
            assertThat(code.path("enum").valueStream().map(JsonNode::asString)).contains(each.name(), "RATE_LIMITED");
        }
        description
                .path("paths")
                .forEach(path -> path.forEach(operation -> assertThat(operation
                                .path("responses")
                                .path("default")
                                .path("content")
                                .path("application/json")
                                .path("schema")
                                .path("$ref")
                                .asString())
                        .endsWith("/ErrorBody")));
    }

    @Test
    void saysWhereAnIdempotencyKeyIsRead() {
        assertThat(headers("/api/v1/accounts", "post")).contains("Idempotency-Key");
        assertThat(headers("/api/v1/accounts", "get")).doesNotContain("Idempotency-Key");
        assertThat(headers("/api/v1/auth/login", "post")).doesNotContain("Idempotency-Key");
    }

    private List<String> headers(String path, String method) {
        return description
                .path("paths")
                .path(path)
                .path(method)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString("").equals("header"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
    }
}
