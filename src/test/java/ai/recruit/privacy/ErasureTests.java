package ai.recruit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.Hashes;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Who is erased is nowhere any more, and who is not is still everywhere. The drill of the same name does it at length. */
class ErasureTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Events events;

    @Autowired
    private Audits audits;

    @Autowired
    private RetentionSweep retention;

    @LocalServerPort
    private int port;

    @Test
    void leavesNoMarkOfThoseWhoAreErasedAndEveryMarkOfTheOthers() throws IOException {
        TestAccount recruiter = accounts.recruiter();
        TestAccount colleague = accounts.recruiter();
        TestAccount admin = accounts.admin();
        MarkedPeople.Who self = who(recruiter);
        MarkedPeople world =
                new MarkedPeople("http://127.0.0.1:" + port, System.nanoTime(), self, who(colleague), who(admin));
        String since = String.valueOf(events.now().block(PATIENCE));
        String position = world.position();
        List<MarkedPeople.Person> people = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            people.add(world.everywhere(position, who(accounts.candidate())));
        }
        List<MarkedPeople.Person> gone = people.subList(0, 2);
        List<MarkedPeople.Person> kept = people.subList(2, people.size());
        // No event and no entry of the service's own holds such words; should one ever, it is emptied all the same.
        for (MarkedPeople.Person person : people) {
            String word = "Told of " + person.mark();
            transactions
                    .mono(
                            recruiter.caller().tenant(),
                            () -> events.append(NewEvent.owned(
                                            recruiter.id(), "test.told", person.candidate(), Map.of("word", word)))
                                    .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                                    recruiter.caller(), "test.told", person.candidate(), recruiter.id())
                                            .with(Map.of("word", word))))))
                    .block(PATIENCE);
        }
        assertThat(MarkedPeople.found(
                        world.events(self, since),
                        people.stream().map(MarkedPeople.Person::mark).toList()))
                .doesNotContainValue(false);
        Map<String, String> before = dump();
        for (MarkedPeople.Person person : people) {
            assertThat(TableScan.findings(before, person.marks()))
                    .as("the marks are where they can be found")
                    .hasSizeGreaterThan(24);
        }

        List<String> erasures = gone.stream().map(world::erase).toList();
        for (MarkedPeople.Person person : gone) {
            assertThat(world.answer(
                            self,
                            HttpMethod.GET,
                            "/api/v1/candidates/" + person.candidate(),
                            null,
                            null,
                            MediaType.APPLICATION_JSON))
                    .as("gone at once")
                    .startsWith("404");
        }
        List<JsonNode> done = erasures.stream().map(world::awaitErased).toList();

        List<String> marks =
                gone.stream().flatMap(person -> person.marks().stream()).toList();
        assertThat(TableScan.findings(dump(), marks)).as("tables").isEmpty();
        assertThat(files(marks)).as("files").isEmpty();
        for (MarkedPeople.Who reader : List.of(self, who(colleague), who(admin))) {
            assertThat(MarkedPeople.found(world.events(reader, since), marks))
                    .as("streams")
                    .doesNotContainValue(true);
        }
        for (MarkedPeople.Person person : gone) {
            for (MarkedPeople.Sent sent : person.keys()) {
                assertThat(world.answer(
                                self,
                                HttpMethod.POST,
                                sent.path(),
                                sent.body(),
                                sent.key(),
                                MediaType.APPLICATION_JSON))
                        .as("kept answers")
                        .startsWith("409")
                        .doesNotContain(person.mark());
            }
        }
        for (MarkedPeople.Person person : kept) {
            assertThat(TableScan.findings(dump(), person.marks()).stream()
                            .map(finding -> finding.replaceAll(":.*", ""))
                            .distinct())
                    .as("the others are still there")
                    .containsAll(TableScan.findings(before, person.marks()).stream()
                            .map(finding -> finding.replaceAll(":.*", ""))
                            .distinct()
                            .toList());
            assertThat(files(List.of(person.mark()))).isNotEmpty();
            assertThat(world.send(self, person.keys().get(0)).path("id").asString())
                    .isEqualTo(person.candidate());
        }
        for (MarkedPeople.Person person : gone) {
            assertThat(world.call(self, HttpMethod.GET, "/api/v1/candidates/" + person.other(), null, null)
                            .path("last_name")
                            .asString())
                    .as("somebody who was merged by mistake")
                    .isEqualTo("Other");
        }
        certificates(world, self, who(admin), erasures, done);
    }

    private void certificates(
            MarkedPeople world,
            MarkedPeople.Who self,
            MarkedPeople.Who admin,
            List<String> erasures,
            List<JsonNode> done) {
        for (int i = 0; i < erasures.size(); i++) {
            String path = "/api/v1/erasures/" + erasures.get(i) + "/certificate";
            String text = world.answer(self, HttpMethod.GET, path, null, null, MediaType.APPLICATION_JSON)
                    .substring(4);
            String digest = Hashes.hex(text);
            assertThat(done.get(i).path("certificate_sha256").asString()).isEqualTo(digest);
            // What was read, what came with a batch, and what could not be read.
            assertThat(done.get(i).path("erased").path("resumes").asInt()).isEqualTo(3);
            assertThat(done.get(i).path("erased").path("files").asInt()).isEqualTo(3);
            assertThat(done.get(i).path("erased").path("matching_profiles").asInt())
                    .isEqualTo(1);
            String audit = world.call(admin, HttpMethod.GET, "/api/audit?subject=" + erasures.get(i), null, null)
                    .toString();
            assertThat(audit).contains("erasure.completed").contains(digest);
        }
        assertThat(world.call(admin, HttpMethod.GET, "/api/audit/verify", null, null)
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aFileThatBelongsToNobodyIsErasedWhenItsOwnerSaysSoOrItsTimeHasCome() throws IOException {
        TestAccount recruiter = accounts.recruiter();
        MarkedPeople.Who self = who(recruiter);
        MarkedPeople.Who stranger = who(accounts.recruiter());
        MarkedPeople world = new MarkedPeople(
                "http://127.0.0.1:" + port, System.nanoTime(), self, who(accounts.recruiter()), who(accounts.admin()));
        MarkedPeople.Person person = world.everywhere(world.position(), who(accounts.candidate()));
        String path = "/api/resumes/" + person.stray();
        assertThat(status(world, stranger, path)).isEqualTo("404");
        assertThat(status(world, self, "/api/resumes/res_" + "0".repeat(32))).isEqualTo("404");
        assertThat(status(world, self, "/api/resumes/" + person.resume()))
                .as("that of a candidate goes with the candidate")
                .isEqualTo("409");
        assertThat(status(world, self, path + "?cause=whim")).isEqualTo("400");

        JsonNode erasure = world.awaitErased(world.call(self, HttpMethod.DELETE, path + "?cause=mistake", null, null)
                .path("id")
                .asString());
        assertThat(erasure.path("erased").path("files").asInt()).isEqualTo(1);
        assertThat(erasure.path("subject_sha256").asString()).isEqualTo(Hashes.hex(person.stray()));
        assertThat(world.call(
                                self,
                                HttpMethod.GET,
                                "/api/v1/erasures/" + erasure.path("id").asString() + "/certificate",
                                null,
                                null)
                        .path("subject_sha256")
                        .path(0)
                        .asString())
                .isEqualTo(Hashes.hex(person.stray()));
        assertThat(status(world, self, path)).isEqualTo("404");
        assertThat(files(List.of("photo-" + person.mark()))).isEmpty();

        MarkedPeople.Person other = world.everywhere(world.position(), who(accounts.candidate()));
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("update processing_jobs set updated_at = now() - interval '800 days'"
                                        + " where owner_id = :owner and state = 'failed'")
                                .bind("owner", recruiter.id())
                                .then())
                .block(PATIENCE);
        world.call(
                self,
                HttpMethod.PUT,
                "/api/v1/retention",
                Map.of("days", 365, "grace_days", 30, "action", "erase"),
                null);
        assertThat(retention.eraseDue().block(PATIENCE)).isPositive();
        world.call(self, HttpMethod.DELETE, "/api/v1/retention", null, null);
        assertThat(status(world, self, "/api/resumes/" + other.stray())).isEqualTo("404");
        assertThat(world.call(self, HttpMethod.GET, "/api/v1/candidates/" + other.candidate(), null, null)
                        .path("id")
                        .asString())
                .as("who has named their candidate keeps the file that failed")
                .isEqualTo(other.candidate());
    }

    private static String status(MarkedPeople world, MarkedPeople.Who who, String path) {
        return world.answer(who, HttpMethod.DELETE, path, null, null, MediaType.APPLICATION_JSON)
                .substring(0, 3);
    }

    @Test
    void openListsLetGoOfWhoIsErased() {
        TestAccount recruiter = accounts.recruiter();
        MarkedPeople.Who self = who(recruiter);
        MarkedPeople world = new MarkedPeople("http://127.0.0.1:" + port, 2, self, self, self);
        String id = world.call(
                        self,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of("first_name", "Live", "last_name", "Row", "email", "live@example.com"),
                        null)
                .path("id")
                .asString();
        var live = http.mutate()
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .uri("/api/v1/candidates")
                .headers(recruiter::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null)
                .skipUntil(event -> "snapshot_end".equals(event.event()))
                .filter(event -> !"item".equals(event.event()));
        StepVerifier.create(live)
                .assertNext(event -> assertThat(event.event()).isEqualTo("snapshot_end"))
                .then(() -> world.call(self, HttpMethod.DELETE, "/api/v1/candidates/" + id, null, null))
                .assertNext(event -> assertThat(event.data()).contains(id))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aLegalHoldKeepsACandidate() {
        TestAccount recruiter = accounts.recruiter();
        MarkedPeople.Who self = who(recruiter);
        MarkedPeople world = new MarkedPeople("http://127.0.0.1:" + port, 1, self, self, self);
        String id = world.call(
                        self,
                        HttpMethod.POST,
                        "/api/v1/candidates",
                        Map.of("first_name", "A", "last_name", "B", "email", "held@example.com"),
                        null)
                .path("id")
                .asString();
        String hold = "/api/v1/candidates/" + id + "/legal-hold";
        world.call(self, HttpMethod.PUT, hold, Map.of("reason", "Case 17"), null);
        assertThat(world.answer(
                        self, HttpMethod.DELETE, "/api/v1/candidates/" + id, null, null, MediaType.APPLICATION_JSON))
                .startsWith("409");
        assertThat(world.call(self, HttpMethod.GET, hold, null, null)
                        .path("reason")
                        .asString())
                .isEqualTo("Case 17");
        world.call(self, HttpMethod.DELETE, hold, null, null);
        assertThat(world.answer(
                        self,
                        HttpMethod.POST,
                        "/api/v1/candidates/" + id + "/erasure",
                        Map.of("cause", "whim"),
                        null,
                        MediaType.APPLICATION_JSON))
                .startsWith("400");
        JsonNode erasure = world.call(
                self,
                HttpMethod.POST,
                "/api/v1/candidates/" + id + "/erasure",
                Map.of("cause", "no_longer_needed"),
                "erase-" + id);
        assertThat(erasure.path("cause").asString()).isEqualTo("no_longer_needed");
        assertThat(world.call(
                                self,
                                HttpMethod.POST,
                                "/api/v1/candidates/" + id + "/erasure",
                                Map.of("cause", "no_longer_needed"),
                                "erase-" + id)
                        .path("id")
                        .asString())
                .isEqualTo(erasure.path("id").asString());
        assertThat(world.call(self, HttpMethod.GET, "/api/v1/erasures?candidate_id=" + id, null, null)
                        .path("data")
                        .path(0)
                        .path("id"))
                .isEqualTo(erasure.path("id"));
        assertThat(world.awaitErased(erasure.path("id").asString())
                        .path("erased")
                        .path("profiles")
                        .asInt())
                .isEqualTo(1);
    }

    private static MarkedPeople.Who who(TestAccount account) {
        return new MarkedPeople.Who(account.publicId(), account.token());
    }

    /** Every table as text, read by the owner of the tables. */
    private Map<String, String> dump() {
        Map<String, String> dumps = new TreeMap<>();
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("set local role none")
                                .then()
                                .thenMany(database.sql(TableScan.TABLES)
                                        .map(row -> String.valueOf(row.get("name", String.class)))
                                        .all()
                                        .collectList()
                                        .flatMapMany(Flux::fromIterable)
                                        .concatMap(table -> database.sql(
                                                        "select coalesce(string_agg(t::text, E'\\n'), '')"
                                                                + " as text from \"" + table + "\" t")
                                                .map(row -> String.valueOf(row.get("text", String.class)))
                                                .one()
                                                .doOnNext(text -> dumps.put(table, text))))
                                .then())
                .block(PATIENCE);
        return dumps;
    }

    /** Files of the storage whose names or bytes hold one of the words. */
    private static List<String> files(List<String> words) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of("target/test-data/blobs"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text =
                        (file + new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).toLowerCase(Locale.ROOT);
                words.stream().filter(text::contains).forEach(word -> found.add(file + ": " + word));
            }
        }
        return found;
    }
}
