package ai.recruit.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.parsing.SampleResumes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** The recruiter's database, and candidates that are shared with another recruiter. */
class SharingTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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

    @Test
    void aLiveListShowsWhatIsSharedAndLetsGoOfWhatIsRevoked() {
        Flux<ServerSentEvent<JsonNode>> events = http.get()
                .uri("/api/resumes/candidates")
                .headers(other::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null);
        AtomicReference<String> share = new AtomicReference<>("");
        StepVerifier.create(events)
                .expectNextMatches(event -> "snapshot_end".equals(event.event()))
                .then(() -> share.set(share(false, Map.of())))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(row(event).path("id").asString()).isEqualTo(candidate);
                    assertThat(row(event).toString()).doesNotContain(email);
                })
                .then(() -> node(
                        send(owner, HttpMethod.PATCH, "/api/v1/candidates/" + candidate, Map.of("status", "offer"))))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(row(event).path("status").asString()).isEqualTo("offer");
                })
                .then(() -> http.delete()
                        .uri("/api/resumes/admin/candidates/share/" + share.get())
                        .headers(admin::authorize)
                        .exchange()
                        .expectStatus()
                        .isNoContent())
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("removed");
                    assertThat(row(event).path("id").asString()).isEqualTo(candidate);
                })
                // What the owner changes afterwards is not told; what comes next is a candidate of the reader's own.
                .then(() -> node(
                        send(owner, HttpMethod.PATCH, "/api/v1/candidates/" + candidate, Map.of("status", "hired"))))
                .then(() -> node(send(
                        other,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of("first_name", "Own", "phone", "12345678"))))
                .assertNext(event ->
                        assertThat(row(event).path("first_name").asString()).isEqualTo("Own"))
                .thenCancel()
                .verify(PATIENCE);
    }

    private static JsonNode row(ServerSentEvent<JsonNode> event) {
        return Objects.requireNonNull(event.data());
    }

    @Test
    void aShareThatRunsOutTakesTheCandidateAway() {
        share(true, Map.of("expires_at", Instant.now().plusSeconds(2).toString()));
        get(other, "/api/v1/candidates/" + candidate).expectStatus().isOk();
        await().atMost(PATIENCE)
                .untilAsserted(() -> get(other, "/api/v1/candidates/" + candidate)
                        .expectStatus()
                        .isNotFound());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                node(get(admin, "/api/resumes/admin/candidates/share?candidate_id=" + candidate))
                                        .path("data")
                                        .path(0)
                                        .path("revoked_at")
                                        .asString(""))
                        .isNotEmpty());
    }

    @Test
    void downloadsFollowThePermission() {
        String resume = upload();
        String download = "/api/resumes/" + resume + "/download";
        share(true, Map.of());
        get(other, download).expectStatus().isNotFound();
        share(false, Map.of("can_download_resume", true));
        get(other, download).expectStatus().isOk();
        get(other, "/api/resumes/" + resume + "/data").expectStatus().isForbidden();
        http.post()
                .uri("/api/resumes/" + resume + "/retry")
                .headers(other::authorize)
                .exchange()
                .expectStatus()
                .isNotFound();
        String share = share(true, Map.of("can_download_resume", true));
        get(other, "/api/resumes/" + resume + "/data").expectStatus().isOk();
        http.delete()
                .uri("/api/resumes/admin/candidates/share/" + share)
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        get(other, download).expectStatus().isNotFound();
        get(owner, download).expectStatus().isOk();
    }

    private String upload() {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part(
                        "file",
                        new ByteArrayResource(SampleResumes.docx(
                                SampleResumes.person((int) (System.nanoTime() % 1_000_000) + 9_000_000))))
                .filename("resume.docx");
        form.part("candidate_id", candidate);
        String resume = node(http.post()
                        .uri("/api/resumes/upload")
                        .headers(owner::authorize)
                        .body(BodyInserters.fromMultipartData(form.build()))
                        .exchange())
                .path("resume_id")
                .asString();
        await().atMost(PATIENCE)
                .until(() -> node(get(owner, "/api/resumes/" + resume + "/status"))
                        .path("status")
                        .asString()
                        .equals("completed"));
        return resume;
    }

    @Test
    void whatAPersonHasSetIsNotOverwrittenByAResume() {
        upload();
        JsonNode now = node(get(owner, "/api/v1/candidates/" + candidate));
        assertThat(now.path("first_name").asString()).isEqualTo("Maria");
        assertThat(now.path("email").asString()).isEqualTo(email);
        assertThat(now.path("skills")).isNotEmpty();
    }

    @Test
    void matchingASharedCandidateNeedsPermission() {
        String score = "/api/v1/candidates/" + candidate + "/score";
        Map<String, Object> body = Map.of("criteria", Map.of("required_skills", List.of("Java")));
        share(true, Map.of());
        send(other, HttpMethod.POST, score, body).expectStatus().isForbidden();
        share(true, Map.of("can_submit_to_jobs", true));
        send(other, HttpMethod.POST, score, body).expectStatus().isOk();
    }

    @Test
    void theActivityTellsWhoDidWhat() {
        share(false, Map.of());
        node(get(other, "/api/resumes/candidates/" + candidate));
        node(send(
                owner,
                HttpMethod.POST,
                "/api/resumes/candidates/" + candidate + "/tags",
                Map.of("tags", List.of("one", "two"))));
        node(send(owner, HttpMethod.PATCH, "/api/v1/candidates/" + candidate, Map.of("status", "offer")));
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> actions = new ArrayList<>();
            node(get(owner, "/api/resumes/candidates/" + candidate + "/activity"))
                    .path("data")
                    .forEach(row -> actions.add(row.path("action").asString()
                            + (row.path("user_id").asString().equals(other.publicId()) ? " by the other" : "")));
            assertThat(actions)
                    .containsExactlyInAnyOrder(
                            "candidate.created",
                            "candidate.shared",
                            "candidate.viewed by the other",
                            "tag.added",
                            "tag.added",
                            "candidate.status_changed");
        });
        // The other recruiter reads what they did themselves, and not what the owner does.
        assertThat(node(get(other, "/api/resumes/candidates/" + candidate + "/activity"))
                        .path("data")
                        .valueStream()
                        .map(row -> row.path("action").asString()))
                .containsExactly("candidate.viewed");
    }

    @Test
    void theResumeThatACandidateIsMadeWithIsFetchedAndRead() {
        byte[] document = SampleResumes.docx(SampleResumes.person((int) (System.nanoTime() % 1_000_000) + 12_000_000));
        DisposableServer files = HttpServer.create()
                .host("127.0.0.2")
                .port(0)
                .route(routes ->
                        routes.get("/cv.docx", (request, response) -> response.sendByteArray(Mono.just(document))))
                .bindNow(PATIENCE);
        try {
            String made = node(send(
                            owner,
                            HttpMethod.POST,
                            "/api/v1/candidates",
                            Map.of(
                                    "first_name",
                                    "Fetched",
                                    "email",
                                    UUID.randomUUID() + "@example.com",
                                    "resume_url",
                                    "http://127.0.0.2:" + files.port() + "/cv.docx")))
                    .path("id")
                    .asString();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node(get(owner, "/api/v1/candidates/" + made))
                                    .path("skills"))
                            .isNotEmpty());
            assertThat(node(get(owner, "/api/v1/candidates/" + made))
                            .path("first_name")
                            .asString())
                    .isEqualTo("Fetched");
        } finally {
            files.disposeNow(PATIENCE);
        }
    }
}
