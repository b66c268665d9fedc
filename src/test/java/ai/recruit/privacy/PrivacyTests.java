package ai.recruit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Consent, retention, what is held, and people who look after their own data. */
class PrivacyTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private RetentionSweep retention;

    @Autowired
    private JsonMapper json;

    @LocalServerPort
    private int port;

    private TestAccount recruiter;
    private MarkedPeople.Who self;
    private MarkedPeople.Who admin;
    private MarkedPeople world;

    @BeforeEach
    void begin() {
        recruiter = accounts.recruiter();
        self = who(recruiter);
        admin = who(accounts.admin());
        world = new MarkedPeople("http://127.0.0.1:" + port, System.nanoTime(), self, who(accounts.recruiter()), admin);
    }

    private static MarkedPeople.Who who(TestAccount account) {
        return new MarkedPeople.Who(account.publicId(), account.token());
    }

    private String candidate(String name) {
        return post(
                        "/api/v1/candidates",
                        Map.of(
                                "first_name",
                                name,
                                "last_name",
                                "Sample",
                                "email",
                                name + "@example.com",
                                "title",
                                "Engineer"))
                .path("id")
                .asString();
    }

    private JsonNode post(String path, Map<String, ?> body) {
        return world.call(self, HttpMethod.POST, path, body, null);
    }

    private JsonNode get(MarkedPeople.Who who, String path) {
        return world.call(who, HttpMethod.GET, path, null, null);
    }

    private String status(MarkedPeople.Who who, HttpMethod method, String path, Object body) {
        return world.answer(who, method, path, body, null, MediaType.APPLICATION_JSON)
                .substring(0, 3);
    }

    @Test
    void consentsAreWrittenDownAndStayWhenTheyAreWithdrawn() {
        String path = "/api/v1/candidates/" + candidate("Anna") + "/consents";
        JsonNode given = post(
                path,
                Map.of(
                        "purpose", "sharing",
                        "source", "email",
                        "statement", "I agree",
                        "given_at", "2026-01-15T10:30:00Z"));
        assertThat(given.path("active").asBoolean()).isTrue();
        assertThat(given.path("basis").asString()).isEqualTo("consent");
        assertThat(given.path("given_at").asString()).isEqualTo("2026-01-15T10:30:00.000Z");
        assertThat(given.path("recorded_by").asString()).isEqualTo(recruiter.publicId());
        String one = path + "/" + given.path("id").asString();
        assertThat(post(one + "/withdraw", Map.of()).path("active").asBoolean()).isFalse();
        assertThat(status(self, HttpMethod.POST, one + "/withdraw", Map.of())).isEqualTo("409");
        post(path, Map.of("purpose", "sharing", "basis", "contract"));
        JsonNode all = get(self, path + "?purpose=sharing").path("data");
        assertThat(all).hasSize(2);
        assertThat(all.path(0).path("active").asBoolean()).isTrue();
        assertThat(all.path(1).path("withdrawn_by").asString()).isEqualTo(recruiter.publicId());

        assertThat(status(self, HttpMethod.POST, path, Map.of("purpose", "fun", "source", "air")))
                .isEqualTo("400");
        assertThat(status(
                        self, HttpMethod.POST, path, Map.of("purpose", "contact", "given_at", "2999-01-01T00:00:00Z")))
                .isEqualTo("400");
        assertThat(status(who(accounts.recruiter()), HttpMethod.GET, path, null))
                .isEqualTo("404");
        assertThat(status(who(accounts.candidate()), HttpMethod.GET, path, null))
                .isEqualTo("403");
    }

    @Test
    void allThatIsHeldComesAsAnArchiveAndIsRecorded() throws IOException {
        MarkedPeople.Person person = world.make(world.position());
        String path = "/api/v1/candidates/" + person.candidate() + "/personal-data";
        byte[] archive = http.get()
                .uri(path)
                .headers(recruiter::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/zip")
                .expectBody()
                .returnResult()
                .getResponseBody();
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Objects.requireNonNull(archive)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(entries.keySet())
                .containsExactly("data.json", "files/" + person.resume() + "/resume-" + person.mark() + ".txt");
        JsonNode data = json.readTree(entries.get("data.json"));
        for (String section : List.of(
                "profiles",
                "resumes",
                "matches",
                "notes",
                "tags",
                "shares",
                "interviews",
                "consents",
                "status_changes")) {
            assertThat(data.path(section)).as(section).isNotEmpty();
        }
        assertThat(data.path("resumes").path(0).path("parsed").toString()).contains(person.mark());
        assertThat(data.path("matches").path(0).path("explanation").asString()).isNotBlank();
        assertThat(entries.values()).allSatisfy(text -> assertThat(text).contains(person.mark()));

        assertThat(get(self, path).path("candidate_id").asString()).isEqualTo(person.candidate());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(
                                        self,
                                        "/api/resumes/candidates/" + person.candidate()
                                                + "/activity?action=personal_data.exported")
                                .path("data"))
                        .hasSize(2));
        assertThat(status(who(accounts.recruiter()), HttpMethod.GET, path, null))
                .isEqualTo("404");
    }

    @Test
    void peopleSeeCorrectDisputeAndWithdraw() {
        MarkedPeople.Person person = world.make(world.position());
        MarkedPeople.Who they = who(accounts.candidate());
        MarkedPeople.Who stranger = who(accounts.candidate());
        String profile = "/api/v1/self/profiles/" + person.candidate();
        assertThat(status(they, HttpMethod.GET, profile, null)).isEqualTo("404");
        String code = post("/api/v1/candidates/" + person.candidate() + "/invitation", Map.of())
                .path("code")
                .asString();
        Map<String, String> redeem = Map.of("code", code);
        assertThat(world.call(they, HttpMethod.POST, "/api/v1/self/profiles", redeem, null)
                        .path("data")
                        .path(0)
                        .path("candidate_id")
                        .asString())
                .isEqualTo(person.candidate());
        assertThat(status(stranger, HttpMethod.POST, "/api/v1/self/profiles", redeem))
                .isEqualTo("400");
        assertThat(status(stranger, HttpMethod.GET, profile, null)).isEqualTo("404");

        JsonNode seen = get(they, profile);
        assertThat(seen.path("matches").path(0).path("explanation").asString()).isNotBlank();
        assertThat(seen.path("resumes").path(0).path("parsed").toString())
                .contains(person.mark())
                .contains("evidence");
        assertThat(seen.path("shared_with").path(0).path("recipient").asString())
                .isEqualTo("recruiter of this service");
        assertThat(seen.toString()).doesNotContain("Spoke to").doesNotContain("seen by a colleague");
        assertThat(seen.has("notes")).isFalse();

        world.call(they, HttpMethod.PATCH, profile, Map.of("title", "Principal Engineer"), "right-" + person.mark());
        assertThat(status(they, HttpMethod.PATCH, profile, Map.of("status", "hired")))
                .isEqualTo("400");
        assertThat(get(self, "/api/v1/candidates/" + person.candidate())
                        .path("title")
                        .asString())
                .isEqualTo("Principal Engineer");
        assertThat(get(they, profile)
                        .path("corrections")
                        .path(0)
                        .path("before")
                        .path("title")
                        .asString())
                .isEqualTo("Java Developer");

        String dispute = world.call(
                        they,
                        HttpMethod.POST,
                        profile + "/disputes",
                        Map.of("about", "score", "statement", "Kafka is missing"),
                        null)
                .path("id")
                .asString();
        assertThat(get(self, "/api/v1/disputes?status=open")
                        .path("data")
                        .path(0)
                        .path("id")
                        .asString())
                .isEqualTo(dispute);
        assertThat(status(
                        who(accounts.recruiter()),
                        HttpMethod.POST,
                        "/api/v1/disputes/" + dispute + "/answer",
                        Map.of("decision", "accepted")))
                .isEqualTo("404");
        post("/api/v1/disputes/" + dispute + "/answer", Map.of("decision", "accepted", "answer", "Right, added"));
        assertThat(status(
                        self,
                        HttpMethod.POST,
                        "/api/v1/disputes/" + dispute + "/answer",
                        Map.of("decision", "rejected")))
                .isEqualTo("409");
        assertThat(get(they, profile + "/disputes")
                        .path("data")
                        .path(0)
                        .path("answer")
                        .asString())
                .isEqualTo("Right, added");

        world.call(they, HttpMethod.POST, profile + "/consents", Map.of("purpose", "contact"), null);
        JsonNode withdrawn = world.call(they, HttpMethod.POST, profile + "/withdrawal", Map.of(), null);
        assertThat(withdrawn.path("consents_withdrawn").asInt()).isEqualTo(2);
        assertThat(get(self, "/api/v1/candidates/" + person.candidate())
                        .path("status")
                        .asString())
                .isEqualTo("withdrawn");
        assertThat(get(they, profile + "/consents").path("data").toString()).doesNotContain("\"active\":true");

        String erasure = world.call(
                        they, HttpMethod.POST, profile + "/withdrawal", Map.of("erase", true), "leave-" + person.mark())
                .path("erasure")
                .asString();
        assertThat(status(they, HttpMethod.GET, profile, null)).isEqualTo("404");
        world.awaitErased(erasure);
        assertThat(get(they, "/api/v1/self/erasures/" + erasure + "/certificate")
                        .path("cause")
                        .asString())
                .isEqualTo("request_of_person");
        assertThat(status(stranger, HttpMethod.GET, "/api/v1/self/erasures/" + erasure + "/certificate", null))
                .isEqualTo("404");
    }

    @Test
    void aLinkEndsWhenTheRecruiterSaysSo() {
        String id = candidate("Boris");
        MarkedPeople.Who they = who(accounts.candidate());
        String invitation = "/api/v1/candidates/" + id + "/invitation";
        String first = post(invitation, Map.of()).path("code").asString();
        String second = post(invitation, Map.of()).path("code").asString();
        world.call(they, HttpMethod.POST, "/api/v1/self/profiles", Map.of("code", first), null);
        assertThat(get(they, "/api/v1/self/profiles").path("data")).hasSize(1);
        world.call(self, HttpMethod.DELETE, invitation, null, null);
        assertThat(get(they, "/api/v1/self/profiles").path("data")).isEmpty();
        assertThat(status(they, HttpMethod.POST, "/api/v1/self/profiles", Map.of("code", second)))
                .isEqualTo("400");
    }

    @Test
    void whoeverIsDueIsShownAndThenErasedUnlessHeld() {
        String old = candidate("Old");
        String held = candidate("Held");
        String noted = candidate("Noted");
        String fresh = candidate("Fresh");
        for (String id : List.of(old, held, noted)) {
            age(IdKind.CANDIDATE.get(id));
        }
        post("/api/resumes/candidates/" + noted + "/notes", Map.of("content", "still in touch"));
        world.call(
                self, HttpMethod.PUT, "/api/v1/candidates/" + held + "/legal-hold", Map.of("reason", "Case 17"), null);
        assertThat(get(self, "/api/v1/retention").path("source").asString()).isEqualTo("none");
        assertThat(get(self, "/api/v1/retention/due").path("data")).isEmpty();
        world.call(
                self,
                HttpMethod.PUT,
                "/api/v1/retention",
                Map.of("days", 365, "grace_days", 30, "action", "erase"),
                null);
        JsonNode due = get(self, "/api/v1/retention/due").path("data");
        assertThat(due.findValuesAsString("candidate_id")).containsExactlyInAnyOrder(old, held);
        due.forEach(each -> assertThat(each.path("legal_hold").asBoolean())
                .isEqualTo(each.path("candidate_id").asString().equals(held)));
        assertThat(status(self, HttpMethod.PUT, "/api/v1/retention", Map.of("days", 0, "action", "burn")))
                .isEqualTo("400");

        assertThat(retention.eraseDue().block(PATIENCE)).isPositive();
        assertThat(status(self, HttpMethod.GET, "/api/v1/candidates/" + old, null))
                .isEqualTo("404");
        for (String id : List.of(held, noted, fresh)) {
            assertThat(status(self, HttpMethod.GET, "/api/v1/candidates/" + id, null))
                    .isEqualTo("200");
        }
        JsonNode erasure =
                get(self, "/api/v1/erasures?candidate_id=" + old).path("data").path(0);
        assertThat(erasure.path("cause").asString()).isEqualTo("retention");
        assertThat(erasure.path("requested_by").isNull()).isTrue();
        assertThat(world.call(self, HttpMethod.DELETE, "/api/v1/retention", null, null)
                        .path("source")
                        .asString())
                .isEqualTo("none");
    }

    @Test
    void theSweepGetsPastEverybodyWhomALegalHoldKeeps() {
        UUID owner = recruiter.id();
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("""
                                        insert into candidates (id, owner_id, first_name, last_name, source, updated_at)
                                        select gen_random_uuid(), :owner, 'Kept', n::text, null,
                                               timestamptz '2020-01-01T00:00:00Z' + make_interval(secs => n / 2)
                                          from generate_series(1, 450) n
                                        """)
                                .bind("owner", owner)
                                .then()
                                .then(Mono.defer(() ->
                                        database.sql("""
                                                insert into legal_holds (candidate_id, owner_id, reason, placed_by)
                                                select c.id, c.owner_id, 'Case 17', c.owner_id from candidates c
                                                 where c.owner_id = :owner and c.first_name = 'Kept'
                                                """).bind("owner", owner).then())))
                .block(PATIENCE);
        String last = candidate("Last");
        age(IdKind.CANDIDATE.get(last));
        world.call(
                self,
                HttpMethod.PUT,
                "/api/v1/retention",
                Map.of("days", 365, "grace_days", 30, "action", "erase"),
                null);

        List<String> due = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(self, "/api/v1/retention/due?limit=150" + cursor);
            due.addAll(page.path("data").findValuesAsString("candidate_id"));
            assertThat(page.path("complete").asBoolean())
                    .isEqualTo(page.path("next_cursor").isNull());
            cursor = page.path("complete").asBoolean()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (!cursor.isEmpty());
        assertThat(due).hasSize(451).doesNotHaveDuplicates().endsWith(last);
        assertThat(status(self, HttpMethod.GET, "/api/v1/retention/due?cursor=elsewhere", null))
                .isEqualTo("400");

        assertThat(retention.eraseDue().block(PATIENCE)).isPositive();
        assertThat(status(self, HttpMethod.GET, "/api/v1/candidates/" + last, null))
                .isEqualTo("404");
        assertThat(get(self, "/api/v1/retention/due?limit=1000").path("data")).hasSize(450);
        world.call(self, HttpMethod.DELETE, "/api/v1/retention", null, null);
    }

    @Test
    void whoWithdrawsTheConsentToSharingIsSharedNoMore() {
        TestAccount colleague = accounts.recruiter();
        MarkedPeople.Who they = who(colleague);
        String id = candidate("Sasha");
        String consents = "/api/v1/candidates/" + id + "/consents";
        String first = post(consents, Map.of("purpose", "sharing", "source", "email"))
                .path("id")
                .asString();
        String second = post(consents, Map.of("purpose", "sharing", "source", "phone"))
                .path("id")
                .asString();
        share(id, they);
        var live = http.mutate()
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .uri("/api/resumes/candidates")
                .headers(colleague::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null);
        StepVerifier.create(live)
                .assertNext(event -> assertThat(event.data()).contains(id))
                .assertNext(event -> assertThat(event.event()).isEqualTo("snapshot_end"))
                .then(() -> {
                    post(consents + "/" + first + "/withdraw", Map.of());
                    assertThat(status(they, HttpMethod.GET, "/api/v1/candidates/" + id, null))
                            .as("another consent still allows it")
                            .isEqualTo("200");
                    post(consents + "/" + second + "/withdraw", Map.of());
                    assertThat(status(they, HttpMethod.GET, "/api/v1/candidates/" + id, null))
                            .isEqualTo("404");
                })
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("removed");
                    assertThat(event.data()).contains(id);
                })
                .thenCancel()
                .verify(PATIENCE);
        JsonNode entry = get(self, "/api/resumes/candidates/" + id + "/activity?action=share.revoked")
                .path("data");
        assertThat(entry).hasSize(1);
        assertThat(entry.toString()).contains("consent_withdrawn");
    }

    @Test
    void whoWithdrawsAltogetherIsSharedNoMoreEither() {
        MarkedPeople.Who colleague = who(accounts.recruiter());
        MarkedPeople.Who they = who(accounts.candidate());
        String id = candidate("Vanya");
        share(id, colleague);
        String code = post("/api/v1/candidates/" + id + "/invitation", Map.of())
                .path("code")
                .asString();
        world.call(they, HttpMethod.POST, "/api/v1/self/profiles", Map.of("code", code), null);
        assertThat(status(colleague, HttpMethod.GET, "/api/v1/candidates/" + id, null))
                .isEqualTo("200");
        world.call(they, HttpMethod.POST, "/api/v1/self/profiles/" + id + "/withdrawal", Map.of(), null);
        assertThat(status(colleague, HttpMethod.GET, "/api/v1/candidates/" + id, null))
                .isEqualTo("404");
        assertThat(status(self, HttpMethod.GET, "/api/v1/candidates/" + id, null))
                .isEqualTo("200");
    }

    @Test
    void whatSomebodySaysOfThemselvesGoesWithTheLastCandidateThatTheyAre() {
        MarkedPeople.Who they = who(accounts.candidate());
        List<String> both = List.of(candidate("Twice"), candidate("Again"));
        for (String id : both) {
            String code = post("/api/v1/candidates/" + id + "/invitation", Map.of())
                    .path("code")
                    .asString();
            world.call(they, HttpMethod.POST, "/api/v1/self/profiles", Map.of("code", code), null);
        }
        String profile = "/api/v1/matching/profile";
        world.call(they, HttpMethod.PUT, profile, Map.of("skills", List.of("Java")), null);
        world.call(self, HttpMethod.DELETE, "/api/v1/candidates/" + both.get(0), null, null);
        assertThat(get(they, "/api/v1/self/profiles").path("data")).hasSize(1);
        assertThat(status(they, HttpMethod.GET, profile, null)).isEqualTo("200");
        world.call(self, HttpMethod.DELETE, "/api/v1/candidates/" + both.get(1), null, null);
        assertThat(get(they, "/api/v1/self/profiles").path("data")).isEmpty();
        assertThat(status(they, HttpMethod.GET, profile, null))
                .as("the login is theirs and stays; what it says of them does not")
                .isEqualTo("404");
    }

    private void share(String id, MarkedPeople.Who with) {
        world.call(
                admin,
                HttpMethod.POST,
                "/api/resumes/admin/candidates/share",
                Map.of("candidate_ids", List.of(id), "recruiter_ids", List.of(with.id())),
                null);
    }

    private void age(UUID id) {
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(
                                        "update candidates set updated_at = now() - interval '800 days' where id = :id")
                                .bind("id", id)
                                .then())
                .block(PATIENCE);
    }

    @Test
    void anErasureGoesOnWhenTheStorageIsBack() throws IOException {
        MarkedPeople.Person person = world.make(world.position());
        String hex = person.resume().substring("res_".length());
        Path file = Path.of("target/test-data/blobs/resumes", hex.substring(hex.length() - 2), hex);
        assertThat(file).exists();
        Path aside = Files.move(file, file.resolveSibling(hex + ".aside"));
        // What is no file cannot be removed as one.
        Files.createDirectories(file.resolve("in-the-way"));
        String erasure = world.erase(person);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(self, "/api/v1/erasures/" + erasure)
                                .path("attempts")
                                .asInt())
                        .isPositive());
        JsonNode stuck = get(self, "/api/v1/erasures/" + erasure);
        assertThat(stuck.path("state").asString()).isEqualTo("removing_files");
        assertThat(stuck.path("problem").asString()).isNotBlank().doesNotContain(person.mark());
        assertThat(status(self, HttpMethod.GET, "/api/v1/erasures/" + erasure + "/certificate", null))
                .isEqualTo("409");
        Files.delete(file.resolve("in-the-way"));
        Files.delete(file);
        Files.move(aside, file);
        assertThat(world.awaitErased(erasure).path("erased").path("files").asInt())
                .isEqualTo(1);
        assertThat(file).doesNotExist();
    }
}
