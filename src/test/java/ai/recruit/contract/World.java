package ai.recruit.contract;

import static org.awaitility.Awaitility.await;

import ai.recruit.access.TestAccounts;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.SampleResumes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the operations of the contracts need: people, and something of everything that they ask for. */
final class World {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final AtomicInteger SEED = new AtomicInteger(70_000);
    private static final String NEW = "new_";
    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final Duration HOUR = Duration.ofHours(1);
    /** Into how many slots requests are counted. */
    private static final int SLOTS = 240;

    private final WebTestClient http;
    private final ReactiveStringRedisTemplate redis;
    private final Map<String, TestAccount> people;
    private final Map<String, String> values = new HashMap<>();

    World(WebTestClient http, TestAccounts accounts, ReactiveStringRedisTemplate redis) {
        this.http = http.mutate().responseTimeout(PATIENCE).build();
        TestAccount recruiter = accounts.recruiter();
        this.redis = redis;
        this.people = Map.of(
                "admin", accounts.admin(),
                "recruiter", recruiter,
                "colleague", accounts.recruiter(),
                "candidate", accounts.candidate(),
                "spent", accounts.recruiter(),
                "broken", accounts.admin());
        people.forEach((name, account) -> values.put(name + "_account", account.publicId()));
        values.put("email", recruiter.email());
        values.put("password", recruiter.password());
        for (String kind : List.of("cand", "job", "pos", "res", "match", "int", "usr")) {
            values.put("absent_" + kind, kind + "_" + "0".repeat(32));
        }
        values.put("tag", "contract-" + UUID.randomUUID());
        fill();
        spend();
        guess(accounts.recruiter());
        values.put("broken_email", broken().email());
    }

    /** For whom the database fails: an administrator, who gets as far as to everybody's rows. */
    TestAccount broken() {
        return person("broken");
    }

    private TestAccount person(String name) {
        return Objects.requireNonNull(people.get(name), name);
    }

    /** Lets somebody have asked another node as much as the tests' limit for an hour allows, and gives them a small plan. */
    private void spend() {
        TestAccount spent = person("spent");
        long slot = System.currentTimeMillis() / (HOUR.toMillis() / SLOTS);
        await().atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(redis.opsForHash()
                        .put("recruit:rate:" + spent.id() + ":hour", Long.toString(slot), "1000000")
                        .block(PATIENCE)));
        json(send(
                "admin",
                HttpMethod.PATCH,
                "/api/v1/accounts/" + spent.publicId(),
                Contract.JSON.createObjectNode().put("plan", "pro"),
                null));
    }

    /** Uses up the plan's minute, as far as it is not. */
    private void spendPlan() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> send("spent", HttpMethod.GET, "/api/v1/jobs?limit=1", null, null)
                                .getStatus()
                                .value()
                        == 429);
    }

    /** Somebody whose password others try to guess, at an address that has been seen before. */
    private void guess(TestAccount guessed) {
        values.put("guessed_email", guessed.email());
        ObjectNode right =
                Contract.JSON.createObjectNode().put("email", guessed.email()).put("password", guessed.password());
        json(send(null, HttpMethod.POST, "/api/v1/auth/login", right, null));
        ObjectNode wrong = right.deepCopy().put("password", "one word");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> send(null, HttpMethod.POST, "/api/v1/auth/login", wrong, null)
                                .getStatus()
                                .value()
                        == 429);
    }

    private void fill() {
        values.put("position", make("recruiter", "/api/v1/positions", "position.json", "id"));
        values.put("job", value("position").replace("pos_", "job_"));
        make("recruiter", "/api/v1/positions", "position.json", "id");
        values.put("candidate", make("recruiter", "/api/v1/candidates", "candidate.json", "id"));
        values.put("other_candidate", make("recruiter", "/api/v1/candidates", "candidate.json", "id"));
        values.put("foreign_candidate", make("colleague", "/api/v1/candidates", "candidate.json", "id"));
        ObjectNode form = Contract.JSON.createObjectNode();
        form.put("file", "@resume.txt").put("candidate_id", value("candidate"));
        values.put(
                "resume",
                json(send("recruiter", HttpMethod.POST, "/api/v1/resumes/parse", null, form))
                        .path("resume_id")
                        .asString());
        String candidate = "/api/resumes/candidates/" + value("candidate");
        make("recruiter", candidate + "/notes", "note.json", "id");
        make("recruiter", candidate + "/tags", "tags.json", "candidate_id");
        values.put(
                "interview",
                make("recruiter", "/api/v1/interviews/generate-questions", "interview.json", "interview_id"));
        values.put(
                "failed_resume",
                json(send(
                                "recruiter",
                                HttpMethod.POST,
                                "/api/resumes/upload",
                                null,
                                Contract.JSON.createObjectNode().put("file", "@empty.txt")))
                        .path("resume_id")
                        .asString());
        await().atMost(PATIENCE)
                .until(() -> get("/api/resumes/" + value("failed_resume") + "/status")
                        .path("status")
                        .asString()
                        .equals("failed"));
        await().atMost(PATIENCE).until(this::matched);
    }

    private boolean matched() {
        if (get("/api/matching/candidates/" + value("candidate") + "/matches")
                        .path("data")
                        .size()
                < 2) {
            return false;
        }
        for (JsonNode row :
                get("/api/matching/jobs/" + value("job") + "/matches").path("data")) {
            String of = row.path("candidate_id").asString();
            if (of.equals(value("candidate"))) {
                values.put("match", row.path("match_id").asString());
            } else if (of.equals(value("other_candidate"))) {
                values.put("spare_match", row.path("match_id").asString());
            }
        }
        return values.containsKey("match") && values.containsKey("spare_match");
    }

    /** The recruiter's events of these types, from now on. */
    Flux<ServerSentEvent<String>> events(String types) {
        return http.get()
                .uri("/api/events?types={types}", types)
                .headers(person("recruiter")::authorize)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null);
    }

    /** Does what the recruiter API has events for. */
    void makeEvents() {
        String candidate = "/api/v1/candidates/" + make("recruiter", "/api/v1/candidates", "candidate.json", "id");
        ObjectNode status = Contract.JSON.createObjectNode().put("status", "phone_screen");
        json(send("recruiter", HttpMethod.PATCH, candidate, status, null));
        ObjectNode score = Contract.JSON.createObjectNode().put("position_id", value("position"));
        json(send("recruiter", HttpMethod.POST, candidate + "/score", score, null));
        String interview = "/api/v1/interviews/"
                + make("recruiter", "/api/v1/interviews/generate-questions", "interview.json", "interview_id");
        ObjectNode meeting = Contract.JSON
                .createObjectNode()
                .put("scheduled_at", "2028-02-01T15:00:00+06:00")
                .put("duration_minutes", 60);
        json(send("recruiter", HttpMethod.POST, interview + "/schedule", meeting, null));
        ObjectNode outcome = Contract.JSON.createObjectNode().put("outcome", "passed");
        json(send("recruiter", HttpMethod.POST, interview + "/complete", outcome, null));
    }

    private String value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private JsonNode get(String path) {
        return json(send("recruiter", HttpMethod.GET, path, null, null));
    }

    private String make(String caller, String path, String template, String id) {
        JsonNode body = filled(Contract.tree("world/" + template), new HashMap<>());
        return json(send(caller, HttpMethod.POST, path, body, null)).path(id).asString();
    }

    private static JsonNode json(EntityExchangeResult<byte[]> answer) {
        byte[] body = Objects.requireNonNullElse(answer.getResponseBody(), new byte[0]);
        if (!answer.getStatus().is2xxSuccessful()) {
            throw new AssertionError(answer.getStatus() + " " + new String(body, StandardCharsets.UTF_8));
        }
        return Contract.JSON.readTree(body);
    }

    /** What came back, and what it should have been with all placeholders filled. */
    record Sent(EntityExchangeResult<byte[]> result, JsonNode expected, String request) {

        JsonNode body() {
            byte[] bytes = result.getResponseBody();
            return bytes == null ? Contract.JSON.missingNode() : Contract.JSON.readTree(bytes);
        }
    }

    Sent send(Contract.Case one) {
        if ("spent".equals(one.caller())) {
            spendPlan();
        }
        Map<String, String> made = new HashMap<>();
        String path = filled(one.path(), made);
        JsonNode body = one.json() == null ? null : filled(one.json(), made);
        JsonNode form = one.form() == null ? null : filled(one.form(), made);
        JsonNode expected = one.answer() == null ? Contract.JSON.missingNode() : filled(one.answer(), made);
        return new Sent(
                send(one.caller(), one.method(), path, one.send(), body, form),
                expected,
                one.method() + " " + path + " " + body);
    }

    private EntityExchangeResult<byte[]> send(
            @Nullable String caller, HttpMethod method, String path, @Nullable JsonNode body, @Nullable JsonNode form) {
        return send(caller, method, path, Contract.JSON.createObjectNode(), body, form);
    }

    private EntityExchangeResult<byte[]> send(
            @Nullable String caller,
            HttpMethod method,
            String path,
            JsonNode headers,
            @Nullable JsonNode body,
            @Nullable JsonNode form) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(builder -> {
            var parts = UriComponentsBuilder.fromUriString(path).build();
            return builder.path(Objects.requireNonNullElse(parts.getPath(), ""))
                    .query(parts.getQuery())
                    .build();
        });
        if (caller != null) {
            request.headers(person(caller)::authorize);
        }
        headers.properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asString()));
        if (form != null) {
            request.body(BodyInserters.fromMultipartData(parts(form).build()));
        } else if (body != null && body.isString()) {
            request.bodyValue(body.asString());
        } else if (body != null) {
            request.bodyValue(body);
        }
        return request.exchange().expectBody().returnResult();
    }

    private static MultipartBodyBuilder parts(JsonNode form) {
        MultipartBodyBuilder parts = new MultipartBodyBuilder();
        form.properties().forEach(part -> {
            List<JsonNode> contents =
                    part.getValue().isArray() ? part.getValue().valueStream().toList() : List.of(part.getValue());
            for (JsonNode content : contents) {
                String text = content.asString();
                if (text.startsWith("@")) {
                    parts.part(part.getKey(), new ByteArrayResource(document(text.substring(1))))
                            .filename(text.substring(1));
                } else {
                    parts.part(part.getKey(), text);
                }
            }
        });
        return parts;
    }

    /** The project's own file of that name, else a resume of somebody new in that format. */
    private static byte[] document(String name) {
        if (name.equals("large.pdf")) {
            return Arrays.copyOf("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), MOST_BYTES + 1);
        }
        if (Contract.exists("files/" + name)) {
            return Contract.bytes("files/" + name);
        }
        String ending = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return SampleResumes.write(SampleResumes.person(SEED.incrementAndGet()), DocumentType.valueOf(ending));
    }

    JsonNode filled(JsonNode template, Map<String, String> made) {
        if (template.isString()) {
            return Contract.JSON.getNodeFactory().stringNode(filled(template.asString(), made));
        }
        if (template.isObject()) {
            ObjectNode copy = Contract.JSON.createObjectNode();
            template.properties().forEach(key -> copy.set(key.getKey(), filled(key.getValue(), made)));
            return copy;
        }
        if (template.isArray()) {
            var copy = Contract.JSON.createArrayNode();
            template.forEach(one -> copy.add(filled(one, made)));
            return copy;
        }
        return template;
    }

    /** Fills {@code {{name}}}; what begins with {@code new_} is made up, once for a case. */
    String filled(String template, Map<String, String> made) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(found -> {
            String name = found.group(1);
            return name.startsWith(NEW)
                    ? made.computeIfAbsent(
                            name, any -> "n" + UUID.randomUUID().toString().replace("-", ""))
                    : value(name);
        });
    }
}
