package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The recruiter's database, and candidates that are shared with another recruiter. */
class SharingTests extends IntegrationTest {

    private TestAccount owner;
    private TestAccount other;
    private TestAccount admin;
    private String candidate;
    private String email;

    @BeforeEach
    void begin() {
        owner = accounts.recruiter();
        other = accounts.recruiter();
        admin = accounts.admin();
        email = "hidden-" + UUID.randomUUID() + "@example.com";
        candidate = node(send(
                        owner,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of(
                                "first_name",
                                "Maria",
                                "last_name",
                                "Sample",
                                "email",
                                email,
                                "phone",
                                "+7 999 123-45-67",
                                "summary",
                                "Write to " + email + " or call +7 999 123-45-67")))
                .path("id")
                .asString();
    }

    private ResponseSpec send(TestAccount account, HttpMethod method, String uri, Object body) {
        return http.method(method)
                .uri(uri)
                .headers(account::authorize)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec get(TestAccount account, String uri, Object... variables) {
        return http.get().uri(uri, variables).headers(account::authorize).exchange();
    }

    private static JsonNode node(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .is2xxSuccessful()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private String text(TestAccount account, String uri, MediaType type) {
        return Objects.requireNonNullElse(
                http.get()
                        .uri(uri)
                        .headers(account::authorize)
                        .accept(type)
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody(),
                "");
    }

    private String share(boolean contact, Map<String, Object> otherwise) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "candidate_ids",
                List.of(candidate),
                "recruiter_ids",
                List.of(other.publicId()),
                "can_view_contact_info",
                contact,
                "reason",
                "Urgent"));
        body.putAll(otherwise);
        return node(send(admin, HttpMethod.POST, "/api/resumes/admin/candidates/share", body))
                .path("shares")
                .path(0)
                .path("id")
                .asString();
    }

    private List<String> ids(TestAccount account, String uri) {
        List<String> ids = new ArrayList<>();
        node(get(account, uri))
                .path("data")
                .forEach(row -> ids.add(row.path("id").asString()));
        return ids;
    }

    @Test
    void aRecruiterSeesNothingOfAnothersUntilItIsShared() {
        get(other, "/api/v1/candidates/" + candidate).expectStatus().isNotFound();
        assertThat(ids(other, "/api/resumes/candidates")).isEmpty();

        share(false, Map.of());

        JsonNode seen = node(get(other, "/api/v1/candidates/" + candidate));
        assertThat(seen.path("shared").asBoolean()).isTrue();
        assertThat(seen.path("email").isNull()).isTrue();
        assertThat(seen.path("phone").isNull()).isTrue();
        assertThat(seen.toString()).doesNotContain(email).doesNotContain("123-45-67");
        assertThat(ids(other, "/api/resumes/candidates")).containsExactly(candidate);
        for (MediaType type : List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON)) {
            assertThat(text(other, "/api/v1/candidates", type))
                    .contains(candidate)
                    .doesNotContain(email);
        }
        assertThat(node(get(other, "/api/resumes/candidates/" + candidate)).toString())
                .contains(candidate)
                .doesNotContain(email)
                .doesNotContain("123-45-67");
        // Nobody finds out a hidden address by searching for it.
        assertThat(ids(other, "/api/v1/candidates?search=" + email)).isEmpty();
        assertThat(ids(other, "/api/v1/candidates?search=mari")).containsExactly(candidate);
        assertThat(ids(owner, "/api/v1/candidates?search=" + email)).containsExactly(candidate);
    }

    @Test
    void aShareWithContactShowsHowToReachThePerson() {
        share(true, Map.of());
        assertThat(node(get(other, "/api/v1/candidates/" + candidate))
                        .path("email")
                        .asString())
                .isEqualTo(email);
        assertThat(ids(other, "/api/v1/candidates?search=" + email)).containsExactly(candidate);
        assertThat(text(other, "/api/v1/candidates", MediaType.APPLICATION_NDJSON))
                .contains(email);
    }

    @Test
    void onlyTheOwnerChangesAProfile() {
        share(true, Map.of());
        send(other, HttpMethod.PATCH, "/api/v1/candidates/" + candidate, Map.of("status", "offer"))
                .expectStatus()
                .isForbidden();
        send(other, HttpMethod.PUT, "/api/v1/candidates/" + candidate + "/wishes", Map.of("min_salary", 1))
                .expectStatus()
                .is4xxClientError();
        assertThat(node(get(owner, "/api/v1/candidates/" + candidate))
                        .path("status")
                        .asString())
                .isEqualTo("initial_screening");
    }

    @Test
    void revocationTakesTheCandidateAway() {
        String share = share(true, Map.of());
        http.delete()
                .uri("/api/resumes/admin/candidates/share/" + share)
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        get(other, "/api/v1/candidates/" + candidate).expectStatus().isNotFound();
        assertThat(ids(other, "/api/resumes/candidates")).isEmpty();
        JsonNode shares = node(get(admin, "/api/resumes/admin/candidates/share?candidate_id=" + candidate));
        assertThat(shares.path("data").path(0).path("active").asBoolean(true)).isFalse();
    }

    @Test
    void sharesOnlyWhatAndWithWhomThereIs() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("candidate_ids", List.of("cand_" + "0".repeat(32))),
                Map.of("recruiter_ids", List.of("usr_" + "0".repeat(32))),
                Map.of("recruiter_ids", List.of(accounts.candidate().publicId())),
                Map.of("candidate_ids", List.of()),
                Map.of("expires_at", "2020-01-01T00:00:00Z"))) {
            Map<String, Object> body = new HashMap<>(
                    Map.of("candidate_ids", List.of(candidate), "recruiter_ids", List.of(other.publicId())));
            body.putAll(wrong);
            send(admin, HttpMethod.POST, "/api/resumes/admin/candidates/share", body)
                    .expectStatus()
                    .isBadRequest();
        }
        send(owner, HttpMethod.POST, "/api/resumes/admin/candidates/share", Map.of())
                .expectStatus()
                .isForbidden();
        get(owner, "/api/resumes/admin/candidates").expectStatus().isForbidden();
        assertThat(ids(admin, "/api/resumes/admin/candidates?search=" + email)).containsExactly(candidate);
    }

    @Test
    void privateNotesAreTheirAuthorsAlone() {
        share(false, Map.of());
        String notes = "/api/resumes/candidates/" + candidate + "/notes";
        node(send(owner, HttpMethod.POST, notes, Map.of("content", "for me", "is_private", true)));
        node(send(owner, HttpMethod.POST, notes, Map.of("content", "for all", "is_important", true)));
        String mine = node(send(other, HttpMethod.POST, notes, Map.of("content", "from elsewhere")))
                .path("id")
                .asString();

        assertThat(get(other, notes).expectBody(String.class).returnResult().getResponseBody())
                .contains("for all")
                .contains("from elsewhere")
                .doesNotContain("for me");
        assertThat(get(admin, notes).expectBody(String.class).returnResult().getResponseBody())
                .doesNotContain("for me");
        send(owner, HttpMethod.PATCH, notes + "/" + mine, Map.of("content", "not mine"))
                .expectStatus()
                .isNotFound();
        assertThat(node(send(other, HttpMethod.PATCH, notes + "/" + mine, Map.of("is_private", true)))
                        .path("is_private")
                        .asBoolean())
                .isTrue();
        assertThat(get(owner, notes).expectBody(String.class).returnResult().getResponseBody())
                .doesNotContain("from elsewhere");
        send(other, HttpMethod.DELETE, notes + "/" + mine, Map.of())
                .expectStatus()
                .isNoContent();
        send(accounts.recruiter(), HttpMethod.POST, notes, Map.of("content", "x"))
                .expectStatus()
                .isNotFound();
    }

    @Test
    void tagsAreMergedAndEachAccountHasItsOwn() {
        share(false, Map.of());
        String tags = "/api/resumes/candidates/" + candidate + "/tags";
        node(send(owner, HttpMethod.POST, tags, Map.of("tags", List.of("Senior", "Java"))));
        JsonNode merged = node(send(owner, HttpMethod.POST, tags, Map.of("tags", List.of("senior", "Remote"))));
        assertThat(merged.path("tags").valueStream().map(JsonNode::asString))
                .containsExactly("Senior", "Java", "Remote");
        node(send(other, HttpMethod.POST, tags, Map.of("tags", List.of("Theirs"))));

        assertThat(ids(owner, "/api/resumes/candidates?tags=java,SENIOR")).containsExactly(candidate);
        assertThat(ids(owner, "/api/resumes/candidates?tags=Theirs")).isEmpty();
        assertThat(ids(other, "/api/resumes/candidates?tags=theirs")).containsExactly(candidate);
        assertThat(node(send(owner, HttpMethod.DELETE, tags + "/SENIOR", Map.of()))
                        .path("tags")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("Java", "Remote");
        send(owner, HttpMethod.DELETE, tags + "/Senior", Map.of())
                .expectStatus()
                .isNotFound();
    }

    @Test
    void remembersWhenAProfileWasOpened() {
        JsonNode row = node(get(owner, "/api/resumes/candidates")).path("data").path(0);
        assertThat(row.path("last_viewed_at").isNull()).isTrue();
        JsonNode detail = node(get(owner, "/api/resumes/candidates/" + candidate));
        assertThat(detail.path("last_viewed_at").asString()).isNotEmpty();
        assertThat(detail.propertyNames())
                .contains(
                        "work_history",
                        "education_history",
                        "skill_details",
                        "notes",
                        "tags",
                        "source",
                        "status",
                        "experience_years");
        assertThat(detail.path("summary").asString()).contains(email);
    }
}
