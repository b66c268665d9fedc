package ai.recruit.enrichment;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of chat completions as OpenAI documents them: it insists on the path, the key, the model and well-formed
 * messages, and answers what it has been told to, then the usual.
 */
public final class ModelServer implements AutoCloseable {

    public static final String KEY = "sk-test-0123456789";
    public static final String SUMMARY = "An engineer with years of practice.";
    public static final String INSIGHT = "Has led projects.";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    private final String model;
    private final DisposableServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Deque<Behaviour> next = new ConcurrentLinkedDeque<>();

    /** What the server does with one request. */
    public sealed interface Behaviour {}

    /** Answers with this text as the message's content. */
    public record Content(String text, long tokens) implements Behaviour {}

    /** Answers with this status. */
    public record Status(int code, @Nullable String retryAfter) implements Behaviour {}

    /** Answers 200 with this body. */
    public record Raw(String body) implements Behaviour {}

    /** Never answers. */
    public record Silence() implements Behaviour {}

    public ModelServer(String model) {
        this.model = model;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::handle)
                .bindNow();
    }

    /** What to do with the next requests. */
    public ModelServer then(Behaviour... behaviours) {
        next.addAll(List.of(behaviours));
        return this;
    }

    /** Does the usual from now on. */
    public void forget() {
        next.clear();
    }

    /** The bodies of all requests with the right key. */
    public List<String> received() {
        return received;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    /** A client of this server with short pauses. */
    public Enrichments client(ReactiveStringRedisTemplate redis, JsonMapper json) {
        return client(redis, json, properties -> properties);
    }

    Enrichments client(ReactiveStringRedisTemplate redis, JsonMapper json, UnaryOperator<EnrichmentProperties> change) {
        return new OpenAiEnrichments(change.apply(properties()), json, redis, Clock.systemUTC());
    }

    EnrichmentProperties properties() {
        return new EnrichmentProperties(
                KEY,
                baseUrl(),
                model,
                Duration.ofMillis(500),
                3,
                Duration.ofMillis(20),
                1_000,
                1_000_000,
                12_000,
                600,
                Duration.ofMillis(200));
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asString(StandardCharsets.UTF_8)
                .defaultIfEmpty("")
                .flatMap(body -> Mono.from(answer(request, response, body)));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response, String body) {
        if (!request.uri().equals("/v1/chat/completions")
                || !request.method().name().equals("POST")) {
            return error(response, 404, "Unknown request URL");
        }
        if (!("Bearer " + KEY).equals(request.requestHeaders().get("Authorization"))) {
            return error(response, 401, "Incorrect API key provided");
        }
        received.add(body);
        String wrong = problem(request, body);
        if (wrong != null) {
            return error(response, 400, wrong);
        }
        Behaviour behaviour = next.poll();
        if (behaviour == null) {
            behaviour =
                    new Content(JSON.writeValueAsString(Map.of("summary", SUMMARY, "insights", List.of(INSIGHT))), 150);
        }
        if (behaviour instanceof Status status) {
            if (status.retryAfter() != null) {
                response.header("Retry-After", status.retryAfter());
            }
            return error(response, status.code(), "As told: " + body);
        }
        if (behaviour instanceof Raw raw) {
            return ok(response, raw.body());
        }
        if (behaviour instanceof Content content) {
            return ok(
                    response,
                    JSON.writeValueAsString(Map.of(
                            "id",
                            "chatcmpl-1",
                            "object",
                            "chat.completion",
                            "model",
                            model,
                            "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "message",
                                    Map.of("role", "assistant", "content", content.text()),
                                    "finish_reason",
                                    "stop")),
                            "usage",
                            Map.of("total_tokens", content.tokens()))));
        }
        return Mono.never();
    }

    private @Nullable String problem(HttpServerRequest request, String body) {
        String type = request.requestHeaders().get("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return "Content-Type must be application/json";
        }
        try {
            JsonNode asked = JSON.readTree(body);
            if (!asked.path("model").asString("").equals(model)) {
                return "The model does not exist";
            }
            if (!asked.path("messages").isArray() || asked.path("messages").isEmpty()) {
                return "messages is required";
            }
            for (JsonNode message : asked.path("messages")) {
                if (!ROLES.contains(message.path("role").asString(""))
                        || !message.path("content").isString()) {
                    return "A message needs a role and content";
                }
            }
            // With response_format json_object the documented server insists on the word in the messages.
            if (asked.path("response_format").path("type").asString("").equals("json_object")
                    && !asked.path("messages").toString().contains("JSON")) {
                return "'messages' must contain the word 'json'";
            }
            return null;
        } catch (JacksonException unreadable) {
            return "We could not parse the JSON body of your request";
        }
    }

    private static Publisher<Void> ok(HttpServerResponse response, String body) {
        return response.header("Content-Type", "application/json").sendString(Mono.just(body));
    }

    private static Publisher<Void> error(HttpServerResponse response, int status, String message) {
        return response.status(status)
                .header("Content-Type", "application/json")
                .sendString(Mono.just(
                        JSON.writeValueAsString(Map.of("error", Map.of("message", message, "type", "test")))));
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
