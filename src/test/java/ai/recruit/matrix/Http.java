package ai.recruit.matrix;

import ai.recruit.kernel.ProblemCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests as they are written, and reads streams only as far as they say at once. */
final class Http {

    private static final Random RANDOM = new Random();

    static final JsonMapper JSON = new JsonMapper();

    private static final String STREAM = "text/event-stream";
    private static final Duration STREAM_PATIENCE = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client;

    Http(int port, int connections) {
        this.client = HttpClient.create(ConnectionProvider.builder("matrix")
                        .maxConnections(connections)
                        .pendingAcquireMaxCount(-1)
                        .build())
                .host("127.0.0.1")
                .port(port)
                .responseTimeout(PATIENCE);
    }

    /** A request; the body is what {@link #form} or {@link #json} make, or null. */
    record Request(String method, String path, Map<String, String> headers, byte[] body) {

        Request with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Request(method, path, more, body);
        }

        @Override
        public String toString() {
            return method + " " + path
                    + (body == null ? "" : " " + shortened(new String(body, StandardCharsets.UTF_8)));
        }
    }

    record Answer(int status, Map<String, List<String>> headers, String body) {

        JsonNode json() {
            return body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
        }

        /** The answer if it is a success, or an error that names it. */
        JsonNode ok() {
            if (status >= 300) {
                throw new AssertionError(status + " " + body);
            }
            return json();
        }

        String code() {
            return body.startsWith("{") ? json().path("error").path("code").asString("") : "";
        }

        boolean isJson() {
            return headers.getOrDefault("content-type", List.of("")).get(0).contains("json")
                    && !headers.get("content-type").get(0).contains("ndjson")
                    && body.startsWith("{");
        }
    }

    static Request of(String method, String path) {
        return new Request(method, path, Map.of(), null);
    }

    static Request json(String method, String path, String body) {
        return new Request(
                method, path, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** A form; parts whose text begins with {@code @} are files with that name. */
    static Request form(String method, String path, JsonNode parts, Function<String, byte[]> files) {
        String boundary = UUID.randomUUID().toString();
        List<byte[]> pieces = new ArrayList<>();
        parts.properties().forEach(part -> {
            List<JsonNode> values =
                    part.getValue().isArray() ? part.getValue().valueStream().toList() : List.of(part.getValue());
            for (JsonNode value : values) {
                String text = value.asString();
                boolean isFile = text.startsWith("@");
                pieces.add(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.getKey() + "\""
                                + (isFile
                                        ? "; filename=\"" + text.substring(1).replaceAll("\\.(docx|pdf)$", ".txt")
                                                + "\""
                                        : "")
                                + (isFile ? "\r\nContent-Type: text/plain" : "") + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                pieces.add(isFile ? files.apply(text.substring(1)) : text.getBytes(StandardCharsets.UTF_8));
                pieces.add("\r\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        pieces.add(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        ByteBuf all = Unpooled.wrappedBuffer(pieces.toArray(byte[][]::new));
        byte[] body = new byte[all.readableBytes()];
        all.readBytes(body);
        return new Request(method, path, Map.of("Content-Type", "multipart/form-data; boundary=" + boundary), body);
    }

    Mono<Answer> send(Request request) {
        // Logins and registrations are counted by address, also those of other tests.
        HttpClient from = request.path().contains("/auth/")
                ? client.bindAddress(() ->
                        new InetSocketAddress("127.4." + RANDOM.nextInt(256) + "." + (1 + RANDOM.nextInt(254)), 0))
                : client;
        HttpClient.RequestSender sender = from.headers(
                        headers -> request.headers().forEach(headers::set))
                .request(HttpMethod.valueOf(request.method()))
                .uri(request.path());
        HttpClient.ResponseReceiver<?> receiver = request.body() == null
                ? sender
                : sender.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body())));
        return receiver.response(Http::read).next().timeout(PATIENCE);
    }

    /**
     * Subscribes to a topic of the WebSocket and gives the first frame about it, with the status that it stands for; or the
     * status of the handshake when that was refused.
     *
     * @param token sent in the first frame; null when the handshake says who asks, or nobody does
     * @param known whether the handshake says who asks
     */
    Mono<Answer> subscribe(String path, Map<String, String> headers, String token, boolean known, String topic) {
        String subscribe = JSON.writeValueAsString(Map.of("type", "subscribe", "topics", List.of(topic)));
        return client.headers(all -> headers.forEach(all::set))
                .websocket()
                .uri(path)
                .handle((in, out) -> {
                    Sinks.Many<String> said = Sinks.many().unicast().onBackpressureBuffer();
                    if (token != null) {
                        said.emitNext(
                                JSON.writeValueAsString(Map.of("type", "auth", "token", token)),
                                Sinks.EmitFailureHandler.FAIL_FAST);
                    } else if (!known) {
                        said.emitNext(subscribe, Sinks.EmitFailureHandler.FAIL_FAST);
                    }
                    Flux<String> heard = in.receive()
                            .asString(StandardCharsets.UTF_8)
                            .filter(frame -> {
                                boolean ready = frame.contains("\"ready\"");
                                if (ready) {
                                    said.emitNext(subscribe, Sinks.EmitFailureHandler.FAIL_FAST);
                                }
                                return !ready;
                            });
                    return Flux.merge(
                                    heard, out.sendString(said.asFlux()).then().then(Mono.<String>empty()))
                            .next();
                })
                .next()
                .map(frame -> new Answer(status(JSON.readTree(frame)), Map.of(), frame))
                .onErrorResume(
                        WebSocketClientHandshakeException.class,
                        refused ->
                                Mono.just(new Answer(refused.response().status().code(), Map.of(), "")))
                .timeout(PATIENCE);
    }

    private static int status(JsonNode frame) {
        return frame.path("type").asString().equals("error")
                ? ProblemCode.valueOf(frame.path("code").asString()).status()
                : 200;
    }

    private static Mono<Answer> read(HttpClientResponse response, ByteBufFlux content) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.responseHeaders()
                .forEach(header -> headers.computeIfAbsent(
                                header.getKey().toLowerCase(java.util.Locale.ROOT), any -> new ArrayList<>())
                        .add(header.getValue()));
        boolean stream =
                headers.getOrDefault("content-type", List.of("")).get(0).startsWith(STREAM);
        // Lists, which are answered in several shapes, tell where they end; of others there is what they say at once.
        boolean list = headers.getOrDefault("vary", List.of()).stream().anyMatch(vary -> vary.contains("Accept"));
        Mono<String> body = stream
                ? content.asString(StandardCharsets.UTF_8)
                        .scan("", String::concat)
                        .takeUntil(said -> said.contains("snapshot_end"))
                        .take(list ? PATIENCE : STREAM_PATIENCE)
                        .last("")
                : content.aggregate().asString(StandardCharsets.UTF_8).defaultIfEmpty("");
        return body.map(text -> new Answer(response.status().code(), headers, text));
    }

    static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
