package ai.recruit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.web.LiveTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the API's description by every kind of caller, in each type that it answers and each spelling of its
 * path, over HTTP. What has to come out is written down in {@code access-matrix.tsv}; who adds an operation adds a line.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessMatrixTests extends IntegrationTest {

    private static final int LEAST_CASES = 2_000;
    private static final int AT_ONCE = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    // How a client of the WebSocket says who it is.
    private static final String HANDSHAKE = "in the handshake";
    private static final String FIRST_FRAME = "in the first frame";
    private static final String TICKET = "with a ticket";

    /** What clients use that is no operation: pages for people, and the description itself. */
    private static final Set<String> UNDESCRIBED = Set.of(
            "GET /docs",
            "GET /openapi.json",
            "GET /openapi.json.yaml",
            "GET /openapi.json/swagger-config",
            "GET /redoc",
            "GET /swagger-ui/**");

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private List<LiveTopic> topics;

    @LocalServerPort
    private int port;

    private final List<Row> rows = Row.all();
    /** What the owner or an administrator got, by operation and type. */
    private final Map<String, Map<String, Http.Answer>> successes = new ConcurrentHashMap<>();

    private JsonNode description;
    private Http http;
    private Fixtures things;
    private List<Caller> callers;

    /**
     * A kind of caller.
     *
     * @param column whose statuses of a row it is to get; null for those who cannot say who they are
     * @param scoped for service keys: whether the scope that a row names is the one that it has
     */
    private record Caller(
            String name, String column, Map<String, String> headers, Boolean scoped, TestAccount account) {

        static Caller unknown(String name, Map<String, String> headers) {
            return new Caller(name, null, headers, null, null);
        }

        static Caller person(String column, TestAccount account) {
            return new Caller(column, column, bearer(account.token()), null, account);
        }

        int expected(Row row) {
            if (row.isOpen() || column == null) {
                return row.open();
            }
            if (scoped == null) {
                return row.of(column);
            }
            return scoped && !row.scope().isEmpty() ? row.of(column) : 403;
        }
    }

    private record Case(Row row, Caller caller, String accept, String spelling) {

        @Override
        public String toString() {
            return row.operation() + " (" + spelling + ", " + accept + ") by " + caller.name();
        }
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @BeforeAll
    void makeOneOfEachThing() {
        http = new Http(port, AT_ONCE * 2);
        description =
                http.send(Http.of("GET", "/openapi.json")).map(Http.Answer::ok).block(PATIENCE);
        things = new Fixtures(http, accounts);
        callers = callers();
    }

    private static <T> T done(Mono<T> work) {
        return Objects.requireNonNull(work.block(PATIENCE));
    }

    @AfterAll
    void close() {
        things.close();
    }

    private List<Caller> callers() {
        TestAccount foreign = accounts.recruiter();
        TestAccount suspended = accounts.recruiter();
        TestAccount left = accounts.recruiter();
        done(things.call(
                things.admin, "PATCH", "/api/v1/accounts/" + suspended.publicId(), Map.of("status", "suspended")));
        done(http.send(Http.of("POST", "/api/v1/auth/logout").with("Authorization", "Bearer " + left.token())));
        String token = things.owner.token();
        int middle = token.lastIndexOf('.') + 10;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        List<Caller> all = new ArrayList<>(List.of(
                Caller.unknown("nobody", Map.of()),
                Caller.unknown("an expired token", bearer(accounts.expired(things.owner))),
                Caller.unknown(
                        "a forged token", bearer(token.substring(0, middle) + other + token.substring(middle + 1))),
                Caller.unknown("a session that has ended", bearer(left.token())),
                Caller.unknown("a suspended account", bearer(suspended.token())),
                Caller.unknown("a refresh token", bearer(things.owner.refreshToken())),
                Caller.unknown("an unknown key", Map.of("X-API-Key", "rk_" + "0".repeat(40))),
                Caller.person("candidate", accounts.candidate()),
                Caller.person("foreign", foreign),
                Caller.person("linked", things.linked),
                Caller.person("interviewer", things.interviewer)));
        things.sharing.forEach((name, account) -> all.add(Caller.person(name, account)));
        all.add(Caller.person("owner", things.owner));
        all.add(Caller.person("admin", things.admin));
        all.add(new Caller("key", "owner", Map.of(), true, things.owner));
        all.add(new Caller("foreign key", "foreign", Map.of(), true, foreign));
        all.add(new Caller("wrong-scope key", "owner", Map.of(), false, things.owner));
        return all;
    }

    // The description

    @Test
    @Order(1)
    void everyOperationHasItsRow() {
        Set<String> described = operations().keySet();
        Set<String> written = rows.stream()
                .filter(row -> !row.isTopic())
                .map(Row::operation)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described.stream().filter(operation -> !written.contains(operation)))
                .as("Operations without a row: add one for each to src/test/resources/access-matrix.tsv, with the cells"
                        + " that its first lines explain. 'mvn test -Dtest=AccessMatrixTests' then says which rows do not"
                        + " hold")
                .isEmpty();
        assertThat(written.stream().filter(operation -> !described.contains(operation)))
                .as("Rows of access-matrix.tsv whose operation is not in /openapi.json")
                .isEmpty();
        assertThat(rows.stream().filter(Row::isTopic).map(row -> row.request().split(":")[0]))
                .as("Topics of the WebSocket with a row")
                .containsAll(topics.stream().map(LiveTopic::prefix).toList())
                .contains("events");
    }

    @Test
    @Order(2)
    void everyEndpointIsDescribed() {
        Set<String> described =
                operations().keySet().stream().map(AccessMatrixTests::unnamed).collect(Collectors.toSet());
        Set<String> endpoints = new TreeSet<>();
        mappings.forEach(mapping -> mapping.getHandlerMethods()
                .keySet()
                .forEach(info -> spelled(info).forEach(endpoints::add)));
        assertThat(endpoints).contains("GET /api/v1/candidates/{candidate_id}");
        assertThat(endpoints.stream()
                        .filter(endpoint -> !UNDESCRIBED.contains(endpoint) && !described.contains(unnamed(endpoint))))
                .as("Endpoints that /openapi.json says nothing of")
                .isEmpty();
    }

    private static Stream<String> spelled(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternsCondition().getPatterns().stream()
                .flatMap(pattern -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                        .stream().map(method -> method + " " + pattern.getPatternString()));
    }

    private static String unnamed(String operation) {
        return operation.replaceAll("\\{[^}]*}", "{}");
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> all = new TreeMap<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> all.put(
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                method.getValue())));
        return all;
    }

    // The cases

    @Test
    @Order(3)
    void everybodyGetsWhatTheyMay() {
        List<Case> cases = cases();
        done(Flux.fromIterable(rows)
                .concatMap(row -> things.filled(List.of(row.request(), row.body()), false))
                .then(Mono.just(true)));
        Map<String, String> before = state();
        List<String> failures = new ArrayList<>();
        // First all that are refused, after which nothing may have changed.
        failures.addAll(run(cases.stream().filter(one -> one.caller().expected(one.row()) >= 400)));
        Map<String, String> after = state();
        before.forEach((path, text) -> {
            if (!text.equals(after.get(path))) {
                failures.add("A refused request changed " + path + ":\n  " + text + "\n  " + after.get(path));
            }
        });
        Predicate<Case> last = one -> one.row().path().endsWith("/logout");
        failures.addAll(run(cases.stream()
                .filter(one -> one.caller().expected(one.row()) < 400)
                .filter(last.negate())));
        failures.addAll(run(cases.stream()
                .filter(one -> one.caller().expected(one.row()) < 400)
                .filter(last)));
        report("access-matrix.txt", failures);
        System.out.println(
                "Access matrix: " + rows.size() + " rows, " + operations().size() + " operations, " + callers.size()
                        + " kinds of callers, " + cases.size() + " cases, " + failures.size() + " failed");
        assertThat(failures)
                .as("Operations and callers that do not get what access-matrix.tsv says")
                .isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
    }

    /** All failures; an assertion shows some of them. */
    private static void report(String file, List<String> failures) {
        try {
            Path path = Path.of("target", file);
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, failures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Case> cases() {
        Map<String, JsonNode> operations = operations();
        List<Case> cases = new ArrayList<>();
        for (Row row : rows) {
            if (row.isTopic()) {
                for (Caller caller : callers) {
                    cases.add(new Case(row, caller, JSON, HANDSHAKE));
                    if (caller.headers().containsKey("Authorization")) {
                        cases.add(new Case(row, caller, JSON, FIRST_FRAME));
                    }
                    if (caller.account() != null && caller.scoped() == null) {
                        cases.add(new Case(row, caller, JSON, TICKET));
                    }
                }
                continue;
            }
            JsonNode operation = operations.get(row.operation());
            if (operation == null) {
                continue;
            }
            Set<String> types = types(operation);
            for (Caller caller : callers) {
                boolean harmless = row.method().equals("GET") || caller.expected(row) >= 400;
                String usual = types.contains(JSON) || types.isEmpty()
                        ? JSON
                        : types.iterator().next();
                cases.add(new Case(row, caller, usual, "as documented"));
                if (!harmless) {
                    continue;
                }
                types.stream()
                        .filter(type -> !type.equals(usual))
                        .forEach(type -> cases.add(new Case(row, caller, type, "as documented")));
                cases.add(new Case(row, caller, PROBLEM.equals(usual) ? JSON : usual, "with a slash at its end"));
                if (row.path().startsWith("/api/v1/")) {
                    cases.add(new Case(row, caller, usual, "without /api"));
                }
                if (row.path().contains("/Mismatch/")) {
                    cases.add(new Case(row, caller, usual, "in small letters"));
                }
            }
        }
        return cases;
    }

    private static Set<String> types(JsonNode operation) {
        Set<String> types = new LinkedHashSet<>();
        operation.path("responses").properties().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                types.addAll(response.getValue().path("content").propertyNames());
            }
        });
        types.remove("application/octet-stream");
        return types;
    }

    private List<String> run(Stream<Case> cases) {
        return Flux.fromStream(cases)
                .flatMap(
                        one -> Mono.defer(() -> check(one)).onErrorResume(failure -> Mono.just(one + ": " + failure)),
                        AT_ONCE)
                .sort()
                .collectList()
                .block(PATIENCE);
    }

    private Mono<String> check(Case one) {
        int expected = one.caller().expected(one.row());
        if (one.row().isTopic()) {
            return things.filled(List.of(one.row().request()), false)
                    .flatMap(filled -> subscribed(one, filled.get(0)).mapNotNull(answer -> {
                        if (answer.status() != expected) {
                            return one + ", " + filled.get(0) + ": expected " + expected + ", got " + answer.status()
                                    + " " + answer.body();
                        }
                        return null;
                    }));
        }
        return request(one.row(), expected < 400)
                .flatMap(request -> credentials(one, request))
                .flatMap(request -> http.send(request).mapNotNull(answer -> {
                    String wrong = wrong(one, expected, answer);
                    if (wrong == null
                            && answer.status() < 300
                            && Set.of("owner", "admin").contains(one.caller().name())) {
                        successes
                                .computeIfAbsent(one.row().operation(), any -> new ConcurrentHashMap<>())
                                .putIfAbsent(one.accept(), answer);
                    }
                    return wrong == null
                            ? null
                            : one + ": " + wrong + "\n  " + request + "\n  " + answer.status() + " "
                                    + Http.shortened(answer.body());
                }));
    }

    private Mono<Http.Answer> subscribed(Case one, String topic) {
        Caller caller = one.caller();
        if (caller.scoped() != null) {
            return key(caller, one.row())
                    .flatMap(key -> http.subscribe(one.row().path(), Map.of("X-API-Key", key), null, true, topic));
        }
        return switch (one.spelling()) {
            case FIRST_FRAME -> {
                String token = caller.headers().get("Authorization").substring("Bearer ".length());
                yield http.subscribe(one.row().path(), Map.of(), token, false, topic);
            }
            case TICKET ->
                things.call(caller.account(), "POST", "/api/v1/auth/stream-ticket", null)
                        .flatMap(ticket -> http.subscribe(
                                one.row().path() + "?ticket="
                                        + ticket.path("ticket").asString(),
                                Map.of(),
                                null,
                                true,
                                topic));
            default ->
                http.subscribe(
                        one.row().path(),
                        caller.headers(),
                        null,
                        !caller.headers().isEmpty(),
                        topic);
        };
    }

    private String wrong(Case one, int expected, Http.Answer answer) {
        if (answer.status() != expected) {
            return "expected " + expected + ", got " + answer.status();
        }
        if (expected >= 400) {
            String code = code(one, expected);
            return answer.code().equals(code) ? null : "expected the code " + code + ", got '" + answer.code() + "'";
        }
        String caller = one.caller().column();
        if (one.row().isOpen() || caller == null || Set.of("owner", "admin").contains(caller)) {
            return null;
        }
        List<String> secrets = new ArrayList<>(List.of(things.secretNote, things.opinion));
        boolean file = one.row().path().endsWith("/download");
        boolean self = caller.equals("linked") && one.row().path().startsWith("/api/v1/self/");
        if (!caller.equals("contact") && !(caller.equals("download") && file) && !self) {
            secrets.addAll(List.of(things.mark, things.phone, things.phone.substring(3)));
        }
        // What of the owner's is not shared, and what is.
        List<String> rest = new ArrayList<>(List.of("twin", "interview"));
        if (!caller.equals("interviewer")) {
            rest.add("scheduled_interview");
        }
        if (!self) {
            rest.addAll(List.of("match", "batch"));
        }
        if (Set.of("candidate", "foreign", "linked", "interviewer").contains(caller)) {
            rest.addAll(List.of("merge", "duplicate", "note"));
            if (!self) {
                rest.addAll(List.of("merged", "resume"));
            }
            if (!self && !caller.equals("interviewer")) {
                rest.add("candidate");
            }
        }
        rest.stream().map(things::value).forEach(secrets::add);
        return secrets.stream()
                .filter(answer.body()::contains)
                .findFirst()
                .map(leak -> "tells " + leak)
                .orElse(null);
    }

    private static String code(Case one, int status) {
        boolean marketplace = one.row().path().contains("/Mismatch/");
        boolean key = one.caller().headers().containsKey("X-API-Key");
        return switch (status) {
            case 400 -> "INVALID_REQUEST";
            case 401 -> key || marketplace ? "INVALID_API_KEY" : "INVALID_TOKEN";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "RESOURCE_NOT_FOUND";
            case 409 -> "CONFLICT";
            default -> "";
        };
    }

    private Mono<Http.Request> credentials(Case one, Http.Request request) {
        Http.Request typed =
                request.path().isEmpty() ? request : spelled(one, request).with("Accept", one.accept());
        Caller caller = one.caller();
        if (caller.scoped() != null) {
            return key(caller, one.row()).map(key -> typed.with("X-API-Key", key));
        }
        if (one.row().path().endsWith("/logout") && caller.account() != null) {
            return Mono.fromCallable(() -> accounts.again(caller.account()).token())
                    .subscribeOn(Schedulers.boundedElastic())
                    .map(token -> typed.with("Authorization", "Bearer " + token));
        }
        Http.Request with = typed;
        for (Map.Entry<String, String> header : caller.headers().entrySet()) {
            with = with.with(header.getKey(), header.getValue());
        }
        return Mono.just(with);
    }

    private final Map<String, Mono<String>> keys = new ConcurrentHashMap<>();

    /** With the scope that the row names, and with no other; or with all others, and without it. */
    private Mono<String> key(Caller caller, Row row) {
        Set<String> scopes = caller.scoped() && !row.scope().isEmpty()
                ? Set.of(row.scope())
                : rows.stream()
                        .map(Row::scope)
                        .filter(scope -> !scope.isEmpty() && !scope.equals(row.scope()))
                        .collect(Collectors.toCollection(TreeSet::new));
        return keys.computeIfAbsent(
                caller.account().publicId() + scopes,
                any -> Mono.fromCallable(() -> accounts.apiKeyOf(caller.account(), scopes.toArray(String[]::new)))
                        .subscribeOn(Schedulers.boundedElastic())
                        .cache());
    }

    private static Http.Request spelled(Case one, Http.Request request) {
        String path = request.path();
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        String rest = query < 0 ? "" : path.substring(query);
        String spelled =
                switch (one.spelling()) {
                    case "with a slash at its end" -> bare + "/" + rest;
                    case "without /api" -> path.substring("/api".length());
                    case "in small letters" -> path.replace("/Mismatch/", "/mismatch/");
                    default -> path;
                };
        return new Http.Request(request.method(), spelled, request.headers(), request.body());
    }

    private Mono<Http.Request> request(Row row, boolean fresh) {
        return things.filled(List.of(row.request(), body(row)), fresh)
                .map(filled -> built(row, filled.get(0), filled.get(1)));
    }

    private String body(Row row) {
        if (!row.body().isEmpty() || row.isTopic()) {
            return row.body();
        }
        JsonNode content = operations().get(row.operation()).path("requestBody").path("content");
        if (content.isEmpty()) {
            return "";
        }
        JsonNode example = content.iterator().next().get("example");
        if (example == null) {
            throw new IllegalStateException(
                    "The description has no example of the request: write it to src/main/resources/openapi/"
                            + operations()
                                    .get(row.operation())
                                    .path("operationId")
                                    .asString() + ".json");
        }
        return example.toString();
    }

    private Http.Request built(Row row, String path, String body) {
        if (body.isEmpty()) {
            return Http.of(row.method(), path);
        }
        boolean form = operations()
                .get(row.operation())
                .path("requestBody")
                .path("content")
                .has("multipart/form-data");
        return form
                ? Http.form(row.method(), path, Http.JSON.readTree(body), things::file)
                : Http.json(row.method(), path, body);
    }

    /** What the owner and the administrator read of the rows that others try to change. */
    private Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>();
        for (Row row : rows) {
            boolean moving = Stream.of(
                                    "/events",
                                    "/activity",
                                    "/audit",
                                    "/health",
                                    "/jwks",
                                    "/ranking",
                                    "/api/matching/stats",
                                    "/personal-data",
                                    "/matches")
                            .anyMatch(row.path()::contains)
                    || Set.of("/api/v1/accounts", "/api/v1/api-keys").contains(row.path())
                    || row.request().contains("{new_");
            if (!row.method().equals("GET") || moving) {
                continue;
            }
            boolean mine = row.of("owner") < 300;
            if (!mine && row.of("admin") >= 300) {
                continue;
            }
            Http.Answer answer = request(row, false)
                    .flatMap(request -> http.send(
                            request.with("Authorization", "Bearer " + (mine ? things.owner : things.admin).token())))
                    .block(PATIENCE);
            state.put(row.request(), answer.status() + " " + lasting(answer.body()));
        }
        return state;
    }

    private static String lasting(String body) {
        return body.replaceAll(
                "\"(last_viewed_at|last_used_at|last_login_at|timestamp|request_id)\":(\"[^\"]*\"|null)", "");
    }

    // Examples

    @Test
    @Order(4)
    void theExamplesOfAnswersAreLikeRealOnes() {
        assertThat(successes).as("Real answers").hasSizeGreaterThan(90);
        List<String> differences = new ArrayList<>();
        operations()
                .forEach((name, operation) -> successes
                        .getOrDefault(name, Map.of())
                        .forEach((type, answer) -> {
                            String file = "answers/"
                                    + operation.path("operationId").asString() + "." + type.replaceAll(".*[/+]", "");
                            report(file, List.of(answer.body()));
                            JsonNode example = operation
                                    .path("responses")
                                    .path(String.valueOf(answer.status()))
                                    .path("content")
                                    .path(type)
                                    .path("example");
                            if (answer.isJson() && !example.isMissingNode()) {
                                Likeness.differences(example, answer.json())
                                        .forEach(difference -> differences.add(
                                                name + ": " + difference + " (the answer is in target/" + file + ")"));
                            }
                        }));
        report("examples.txt", differences);
        assertThat(differences)
                .as("Examples of src/main/resources/openapi whose keys are not those of real answers")
                .isEmpty();
    }

    // Foreign and absent

    @Test
    @Order(5)
    void aForeignRowAndAnAbsentOneAnswerWithTheSameBytes() {
        List<Caller> strangers = callers.stream()
                .filter(caller -> caller.column() != null
                        && !Set.of("owner", "admin", "key").contains(caller.name()))
                .toList();
        Set<String> operationsCompared = new TreeSet<>();
        List<Mono<String>> comparisons = new ArrayList<>();
        for (Row row : rows) {
            JsonNode operation =
                    row.isTopic() ? Http.JSON.createObjectNode() : operations().get(row.operation());
            if (operation == null || row.isOpen()) {
                continue;
            }
            for (Caller caller : strangers) {
                for (String placeholder : ids(row).toList()) {
                    for (String accept : types(operation).isEmpty() ? Set.of(JSON) : types(operation)) {
                        if (concerns(row, caller, placeholder)) {
                            operationsCompared.add(row.operation());
                            comparisons.add(Mono.defer(() -> compared(row, caller, placeholder, accept)));
                        }
                    }
                }
            }
        }
        List<String> differences = Flux.fromIterable(comparisons)
                .flatMap(one -> one, AT_ONCE)
                .sort()
                .collectList()
                .block(PATIENCE);
        report("foreign-and-absent.txt", differences);
        Set<String> withId = operations().keySet().stream()
                .filter(operation -> operation.contains("{"))
                .collect(Collectors.toCollection(TreeSet::new));
        System.out.println("Foreign and absent: " + withId.size() + " operations with an id in their path, "
                + comparisons.size() + " pairs of " + operationsCompared.size() + " operations, " + differences.size()
                + " differ");
        withId.removeAll(operationsCompared);
        assertThat(withId)
                .as("Operations with an id in their path at which nobody is compared")
                .isEmpty();
        assertThat(operationsCompared).contains("WS /ws");
        assertThat(differences)
                .as("Answers that tell a foreign row from an absent one")
                .isEmpty();
        assertThat(comparisons).hasSizeGreaterThan(300);
    }

    /** The placeholders of rows; also those that stand in the example of the body. */
    private Stream<String> ids(Row row) {
        Set<String> kinds = Set.of(
                "email",
                "password",
                "new_email",
                "new_external_id",
                "resume_url",
                "new_refresh_token",
                "tag",
                "new_tag");
        Stream<String> written = row.placeholders().map(name -> name.substring(1, name.length() - 1));
        Stream<String> ofExample = body(row).contains("\"cand_0192") ? Stream.of("candidate") : Stream.of();
        return Stream.concat(written, ofExample)
                .filter(name -> !kinds.contains(name))
                .distinct();
    }

    /** Whether the caller must not learn whether the row is there. */
    private static boolean concerns(Row row, Caller caller, String placeholder) {
        boolean job = Set.of("job", "position", "new_position").contains(placeholder);
        if (caller.expected(row) == 403
                && (Set.of("candidate", "linked", "wrong-scope key").contains(caller.name())
                        || row.of("foreign") == 403 && !job)) {
            return true;
        }
        // Jobs are everybody's, and of accounts and keys only administrators learn.
        if (job || Set.of("owner", "account", "recruiter", "key", "new_key").contains(placeholder)) {
            return false;
        }
        // What is shared is not foreign, and neither is what somebody is or is asked to.
        boolean shared = Set.of("candidate", "moved_candidate").contains(placeholder)
                && !Set.of("linked", "interviewer").contains(caller.name());
        return !caller.name().matches("none|contact|download|submit|linked|interviewer")
                || caller.expected(row) == 404 && !shared;
    }

    private Mono<String> compared(Row row, Caller caller, String placeholder, String accept) {
        return things.filled(List.of(row.request(), body(row), "{" + placeholder + "}"), false)
                .flatMap(filled -> {
                    String path = filled.get(0);
                    String body = filled.get(1);
                    String real = filled.get(2);
                    String absent = Fixtures.absent(real);
                    Case one = new Case(row, caller, accept, row.isTopic() ? HANDSHAKE : "as documented");
                    String otherPath = path.replace(real, absent);
                    return (row.isTopic()
                                    ? Mono.zip(subscribed(one, path), subscribed(one, otherPath))
                                    : Mono.zip(
                                            credentials(one, built(row, path, body))
                                                    .flatMap(http::send),
                                            credentials(one, built(row, otherPath, body.replace(real, absent)))
                                                    .flatMap(http::send)))
                            .mapNotNull(answers -> {
                                String foreign = neutral(answers.getT1(), real);
                                String missing = neutral(answers.getT2(), absent);
                                return foreign.equals(missing)
                                        ? null
                                        : one + ", {" + placeholder + "}:\n  foreign " + foreign + "\n  absent  "
                                                + missing;
                            });
                });
    }

    private static String neutral(Http.Answer answer, String id) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        List.of("x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit", "date")
                .forEach(name -> headers.computeIfPresent(name, (any, values) -> List.of("...")));
        return answer.status() + " " + headers + " "
                + answer.body()
                        .replace(id, "ID")
                        .replaceAll("\"timestamp\":\"[^\"]*\"", "")
                        .replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
