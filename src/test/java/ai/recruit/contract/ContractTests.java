package ai.recruit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.recruit.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The recruiter API and the resume import API as documented, over HTTP: each operation has a file below {@code contract/}
 * with its requests, statuses and the keys and types of its answers.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ContractTests extends IntegrationTest {

    private static final String RECRUITER = "recruiter";
    private static final String RESUME_IMPORT = "resume-import";

    /** Only ever more: the keys that all cases of the two documents check. */
    private static final int DOCUMENTED_KEYS = 1600;

    private static final Set<String> OPERATIONS = Set.of(
            "POST /auth/login",
            "POST /candidates",
            "GET /candidates/{candidate_id}",
            "GET /candidates",
            "PATCH /candidates/{candidate_id}",
            "POST /resumes/parse",
            "POST /candidates/{candidate_id}/score",
            "POST /interviews/generate-questions",
            "GET /interviews/{interview_id}/questions",
            "POST /api/resumes/upload",
            "POST /api/resumes/bulk-upload",
            "GET /api/resumes/{id}/status",
            "GET /api/resumes/{id}/data",
            "GET /api/resumes/{id}/download",
            "GET /api/resumes/candidates",
            "GET /api/resumes/candidates/{id}",
            "POST /api/resumes/candidates/{id}/notes",
            "POST /api/resumes/candidates/{id}/tags",
            "GET /api/resumes/admin/candidates",
            "POST /api/resumes/admin/candidates/share",
            "GET /api/matching/candidates/{id}/matches",
            "POST /api/matching/candidates/{id}/rematch",
            "GET /api/matching/jobs/{id}/matches",
            "POST /api/matching/jobs/{id}/rematch",
            "PUT /api/matching/matches/{id}/viewed",
            "DELETE /api/matching/matches/{id}",
            "GET /api/matching/stats/candidate/{id}",
            "GET /api/matching/stats/job/{id}");

    private final List<Contract> documented = Stream.of(RECRUITER, RESUME_IMPORT)
            .flatMap(folder -> Contract.in(folder).stream())
            .toList();
    private final List<Contract> all = Stream.of(
                    documented.stream(),
                    Stream.of("errors", "others").flatMap(folder -> Contract.in(folder).stream()),
                    documented.stream().map(ContractTests::refusals))
            .flatMap(contracts -> contracts)
            .toList();
    private final Map<String, World.Sent> answers = new HashMap<>();
    private int cases;
    private int keys;
    private int changes;
    private int undocumented;

    private World world;

    @Autowired
    private FlywayConnectionDetails database;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    private Fault fault;

    @BeforeAll
    void makeWhatTheOperationsNeed() throws SQLException {
        world = new World(http, accounts, redis);
        fault = new Fault(database, world.broken());
    }

    @AfterAll
    void mend() throws SQLException {
        fault.close();
        System.out.println("Contract: " + documented.size() + " operations, " + cases + " cases, " + keys
                + " documented keys in answers, " + undocumented + " others by name, " + changes
                + " changes to answers, all noticed");
    }

    /** A key that is more than what is documented, too, cannot get another name without somebody being told. */
    @TestFactory
    Stream<DynamicTest> everyKeyOfAnAnswerIsWrittenDown() {
        return all.stream()
                .map(contract -> dynamicTest(contract + " " + contract.cases().get(0), () -> {
                    Set<String> more = contract.cases().stream()
                            .map(one -> answer(contract, one))
                            .filter(sent -> !sent.expected().isMissingNode())
                            .flatMap(sent -> Shape.unnamed(sent.expected(), sent.body()).stream())
                            // Only where there are more rows than fit on the page.
                            .filter(key -> !key.equals(".pagination.next_cursor"))
                            .collect(Collectors.toSet());
                    undocumented += more.size();
                    keys += contract.cases().stream()
                            .map(one -> answer(contract, one).expected())
                            .mapToInt(expected -> Shape.places(expected).size())
                            .sum();
                    assertThat(more).containsExactlyInAnyOrderElementsOf(contract.more());
                }));
    }

    @Test
    void everyDocumentedOperationHasItsFile() {
        assertThat(documented.stream().map(Contract::operation)).containsExactlyInAnyOrderElementsOf(OPERATIONS);
        int keys = documented.stream()
                .flatMap(contract -> contract.cases().stream())
                .mapToInt(one -> one.answer() == null ? 0 : Shape.keys(one.answer()))
                .sum();
        assertThat(keys).isGreaterThanOrEqualTo(DOCUMENTED_KEYS);
    }

    @TestFactory
    Stream<DynamicTest> answersAsDocumented() {
        return each((contract, one) -> {
            cases++;
            return checked(contract, one, answer(contract, one));
        });
    }

    @TestFactory
    Stream<DynamicTest> noticesEveryKeyThatIsRenamed() {
        return each((contract, one) -> noticed(Shape::renamed, answer(contract, one)));
    }

    @TestFactory
    Stream<DynamicTest> noticesEveryKeyOfAnotherType() {
        return each((contract, one) -> noticed(Shape::retyped, answer(contract, one)));
    }

    /**
     * What both documents say of every operation: 401, 403, 429 and 500. Whoever is called {@code spent} has asked too
     * much, and for {@code broken} the database fails.
     */
    private static Contract refusals(Contract contract) {
        Contract.Case sample = contract.sample();
        List<Contract.Case> cases = new ArrayList<>();
        if (contract.leastRole() == null) {
            cases.add(sample.refused("asked too often", null, 429, "RATE_LIMIT_EXCEEDED")
                    .with(login("{{guessed_email}}")));
            cases.add(sample.refused("a fault", null, 500, "SERVER_ERROR").with(login("{{broken_email}}")));
        } else {
            cases.add(sample.refused("no token", null, 401, "INVALID_TOKEN"));
            for (String lesser : List.of("candidate", "recruiter", "admin")) {
                if (lesser.equals(contract.leastRole())) {
                    break;
                }
                cases.add(sample.refused("by a " + lesser, lesser, 403, "PERMISSION_DENIED"));
            }
            cases.add(sample.refused("asked too often", "spent", 429, "RATE_LIMIT_EXCEEDED"));
            cases.add(whatEverybodyMay(sample).refused("a fault", "broken", 500, "SERVER_ERROR"));
        }
        return new Contract(
                contract.file(), contract.operation(), contract.leastRole(), contract.list(), List.of(), cases);
    }

    /** The request of a sample as an administrator may send it too, of a row that is still there. */
    private static Contract.Case whatEverybodyMay(Contract.Case sample) {
        JsonNode form = sample.form();
        return new Contract.Case(
                sample.name(),
                sample.method(),
                sample.caller(),
                sample.path().replace("spare_match", "match"),
                sample.send(),
                sample.json(),
                form == null ? null : ((ObjectNode) form.deepCopy()).without("candidate_id"),
                sample.status(),
                sample.answer(),
                sample.fields(),
                sample.headers());
    }

    private static JsonNode login(String email) {
        return Contract.JSON.createObjectNode().put("email", email).put("password", "{{password}}");
    }

    /** Each status of the two documents is there, and each of those that every operation may answer with. */
    @Test
    void everyDocumentedStatusIsAnswered() {
        Set<Integer> statuses = statuses(all.stream());
        assertThat(statuses).contains(200, 201, 204, 400, 401, 403, 404, 429, 500);
        for (Contract contract : documented) {
            Set<Integer> own = statuses(all.stream().filter(one -> one.file().equals(contract.file())));
            assertThat(own).as(contract.file()).contains(401, 429, 500).containsAnyOf(200, 201, 204);
            if (contract.operation().contains("{")) {
                assertThat(own).as(contract.file()).contains(404);
            }
            if (contract.method() == HttpMethod.POST || contract.list()) {
                assertThat(own).as(contract.file()).contains(400);
            }
        }
    }

    private static Set<Integer> statuses(Stream<Contract> contracts) {
        return contracts
                .flatMap(contract -> contract.cases().stream())
                .map(Contract.Case::status)
                .collect(Collectors.toSet());
    }

    /** The supported events of the recruiter API, each with what its {@code data} holds. */
    @Test
    void everySupportedEventIsTold() {
        JsonNode shapes = Contract.tree("events.json");
        Map<String, JsonNode> told = new HashMap<>();
        StepVerifier.create(world.events(String.join(",", shapes.propertyNames()))
                        .doOnNext(event -> told.putIfAbsent(event.event(), Contract.JSON.readTree(event.data())))
                        .filter(event -> told.size() == shapes.size())
                        .next())
                .then(world::makeEvents)
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(60));
        shapes.properties().forEach(shape -> {
            JsonNode data = told.get(shape.getKey());
            assertThat(Shape.differences(shape.getValue(), data))
                    .as(shape.getKey())
                    .isEmpty();
            assertThat(Shape.renamed(shape.getValue(), data))
                    .as(shape.getKey())
                    .isNotEmpty()
                    .noneMatch(change ->
                            Shape.differences(shape.getValue(), change.answer()).isEmpty());
        });
    }

    /** The document has two base paths, {@code /v1} and {@code /api/v1}; a slash at the end makes no difference. */
    @TestFactory
    Stream<DynamicTest> theRecruiterApiAnswersUnderBothBasePaths() {
        return documented.stream()
                .filter(contract -> contract.file().startsWith(RECRUITER))
                .flatMap(contract -> Stream.of(
                                contract.sample().path().substring("/api".length()),
                                slashed(contract.sample().path()),
                                slashed(contract.sample().path().substring("/api".length())))
                        .map(contract.sample()::at)
                        .map(one -> dynamicTest(
                                contract + ": " + one.path(), () -> checked(contract, one, world.send(one)))));
    }

    @TestFactory
    Stream<DynamicTest> theResumeImportApiBearsASlashAtTheEnd() {
        return documented.stream()
                .filter(contract -> contract.file().startsWith(RESUME_IMPORT) && contract.method() != HttpMethod.DELETE)
                .map(contract -> dynamicTest(contract.file(), () -> {
                    Contract.Case one =
                            contract.sample().at(slashed(contract.sample().path()));
                    checked(contract, one, world.send(one));
                }));
    }

    private static String slashed(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path + "/" : path.substring(0, query) + "/" + path.substring(query);
    }

    @TestFactory
    Stream<DynamicTest> everyListUnderstandsAllPagingWords() {
        return documented.stream()
                .filter(Contract::list)
                .flatMap(contract -> Contract.tree("paging.json").valueStream().map(words -> {
                    String query = words.path("query").asString();
                    String path = contract.sample().path();
                    Contract.Case page = contract.sample().at(path + (path.contains("?") ? "&" : "?") + query);
                    return dynamicTest(contract + ": " + query, () -> paged(contract, page, words));
                }));
    }

    private void paged(Contract contract, Contract.Case page, JsonNode words) {
        if (words.has("field")) {
            String field = words.path("field").asString();
            Contract.Case wrong = new Contract.Case(
                    page.name(),
                    page.method(),
                    page.caller(),
                    page.path(),
                    page.send(),
                    null,
                    null,
                    400,
                    Contract.error("INVALID_REQUEST", List.of(field)),
                    List.of(field),
                    Contract.JSON.createObjectNode());
            checked(contract, wrong, world.send(wrong));
            return;
        }
        World.Sent sent = world.send(page);
        assertThat(sent.result().getStatus().value()).as(sent.request()).isEqualTo(200);
        JsonNode body = sent.body();
        ObjectNode shape = Contract.JSON.createObjectNode();
        shape.set("pagination", words.path("pagination"));
        assertThat(Shape.differences(shape, body)).as(sent.request()).isEmpty();
        long total = body.path("pagination").path("total").asLong();
        long limit = body.path("pagination").path("limit").asLong();
        long skip = body.path("pagination").path("skip").asLong();
        assertThat(body.path("pagination").path("total_pages").asLong()).isEqualTo((total + limit - 1) / limit);
        assertThat((long) body.path("data").size()).isEqualTo(Math.max(0, Math.min(limit, total - skip)));
        if (contract.file().startsWith(RESUME_IMPORT)) {
            assertThat(body.path("items")).isEqualTo(body.path("data"));
            assertThat(body.path("skip").asLong()).isEqualTo(skip);
            assertThat(body.path("limit").asLong()).isEqualTo(limit);
            assertThat(body.path("total").asLong()).isEqualTo(total);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyListIsReadToItsEndAlongItsCursor() {
        return documented.stream()
                .filter(contract -> contract.list() && !contract.operation().contains("/admin/"))
                .map(contract -> dynamicTest(contract.file(), () -> {
                    String path = contract.sample().path();
                    String start = path + (path.contains("?") ? "&" : "?") + "limit=1";
                    Set<String> rows = new HashSet<>();
                    World.Sent page = world.send(contract.sample().at(start));
                    long total = page.body().path("pagination").path("total").asLong();
                    for (int i = 0; i < total; i++) {
                        assertThat(rows.add(page.body().path("data").path(0).toString()))
                                .as("A row comes once")
                                .isTrue();
                        JsonNode next = page.body().path("pagination").get("next_cursor");
                        if (next == null) {
                            assertThat(page.result().getResponseHeaders().getFirst(HttpHeaders.LINK))
                                    .isNull();
                            break;
                        }
                        assertThat(page.result().getResponseHeaders().getFirst(HttpHeaders.LINK))
                                .contains("rel=\"next\"", "cursor=");
                        page = world.send(contract.sample().at(start + "&cursor=" + next.asString()));
                    }
                    assertThat((long) rows.size()).isEqualTo(total);
                }));
    }

    private Stream<DynamicTest> each(BiFunction<Contract, Contract.Case, Runnable> test) {
        return all.stream()
                .flatMap(contract -> contract.cases().stream()
                        .map(one -> dynamicTest(
                                contract + ": " + one,
                                () -> test.apply(contract, one).run())));
    }

    private World.Sent answer(Contract contract, Contract.Case one) {
        return answers.computeIfAbsent(contract + ": " + one, any -> world.send(one));
    }

    private Runnable noticed(BiFunction<JsonNode, JsonNode, Stream<Shape.Mutation>> change, World.Sent sent) {
        return () -> {
            if (sent.expected().isMissingNode()) {
                return;
            }
            List<Shape.Mutation> mutations =
                    change.apply(sent.expected(), sent.body()).toList();
            Set<String> places = Shape.places(sent.expected());
            assertThat(mutations.stream().map(Shape.Mutation::place).collect(Collectors.toSet()))
                    .as("Keys that are changed")
                    .containsExactlyInAnyOrderElementsOf(places);
            changes += mutations.size();
            assertThat(mutations.stream()
                            .filter(mutation -> Shape.differences(sent.expected(), mutation.answer())
                                    .isEmpty())
                            .map(Shape.Mutation::what))
                    .as("Changes that nothing notices")
                    .isEmpty();
        };
    }

    private Runnable checked(Contract contract, Contract.Case one, World.Sent sent) {
        byte[] bytes = Objects.requireNonNullElse(sent.result().getResponseBody(), new byte[0]);
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(sent.result().getStatus().value())
                .as(sent.request() + " " + text)
                .isEqualTo(one.status());
        HttpHeaders headers = sent.result().getResponseHeaders();
        one.headers()
                .properties()
                .forEach(header -> assertThat(headers.getFirst(header.getKey()))
                        .as(header.getKey())
                        .matches(header.getValue().asString()));
        if (one.caller() != null) {
            limited(headers);
        }
        if (!sent.expected().isMissingNode()) {
            assertThat(Shape.differences(sent.expected(), sent.body()))
                    .as(sent.request() + " " + text)
                    .isEmpty();
        } else {
            assertThat(bytes.length == 0).as("Whether there is a body").isEqualTo(one.status() == 204);
        }
        if (one.status() >= 400 && sent.body().has("success")) {
            refused(contract, one, sent);
        }
        return () -> {};
    }

    private static void refused(Contract contract, Contract.Case one, World.Sent sent) {
        JsonNode body = sent.body();
        assertThat(body.path("detail"))
                .as(contract.file())
                .isEqualTo(body.path("error").path("message"));
        assertThat(body.path("error").path("request_id").asString())
                .isEqualTo(sent.result().getResponseHeaders().getFirst("X-Request-Id"));
        if (one.status() == 429) {
            assertThat(body.path("error").path("retry_after").asString())
                    .isEqualTo(sent.result().getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER));
        }
        if (!one.fields().isEmpty()) {
            assertThat(body.path("error")
                            .path("details")
                            .valueStream()
                            .map(detail -> detail.path("field").asString()))
                    .as(sent.request())
                    .containsExactlyInAnyOrderElementsOf(one.fields());
        }
    }

    /** The documented headers; how they count is tried elsewhere. */
    private static void limited(HttpHeaders headers) {
        long limit = number(headers, "X-RateLimit-Limit");
        assertThat(limit).isPositive();
        assertThat(number(headers, "X-RateLimit-Remaining")).isBetween(0L, limit - 1);
        long now = Instant.now().getEpochSecond();
        assertThat(number(headers, "X-RateLimit-Reset")).isBetween(now - 60, now + 7200);
    }

    private static long number(HttpHeaders headers, String name) {
        return Long.parseLong(Objects.requireNonNull(headers.getFirst(name), name));
    }
}
