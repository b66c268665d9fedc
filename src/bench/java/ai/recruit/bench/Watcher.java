package ai.recruit.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of a live stream that loses its line at random moments, comes back with the last cursor it has, and writes
 * down every event that it gets.
 */
final class Watcher {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String name;
    private final List<String> ids = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicReference<@Nullable String> cursor = new AtomicReference<>();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private int connections;
    private @Nullable Disposable running;

    private Watcher(String name) {
        this.name = name;
    }

    private synchronized void record(String id, String type) {
        if (type.equals("resync")) {
            faults.add(name + ": resync");
        }
        if (!seen.add(id)) {
            faults.add(name + ": " + id + " twice");
        }
        ids.add(id);
        types.add(type);
        cursor.set(id);
    }

    synchronized List<String> ids() {
        return List.copyOf(ids);
    }

    synchronized List<String> types() {
        return List.copyOf(types);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized int connections() {
        return connections;
    }

    String name() {
        return name;
    }

    /** Completes when the server has ended the stream of its own accord. */
    Mono<Void> ended() {
        return ended.asMono();
    }

    void stop() {
        if (running != null) {
            running.dispose();
        }
    }

    /** Watches over SSE; {@code longest} is how long a connection lasts at most, null for ever. */
    static Watcher sse(String name, Supplier<Recruiter> recruiter, String path, @Nullable Duration longest) {
        Watcher watcher = new Watcher(name);
        Flux<Boolean> connection = Flux.defer(() -> {
            watcher.connected();
            return recruiter
                    .get()
                    .http()
                    .get()
                    .uri(path)
                    .accept(MediaType.TEXT_EVENT_STREAM)
                    .headers(headers -> {
                        String last = watcher.cursor.get();
                        if (last != null) {
                            headers.set("Last-Event-ID", last);
                        }
                    })
                    .retrieve()
                    .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                    .doOnNext(event -> {
                        String id = event.id();
                        String type = event.event();
                        if (id != null && type != null) {
                            watcher.record(id, type);
                        }
                    })
                    .then(Mono.just(true))
                    .flux();
        });
        watcher.run(connection, longest);
        return watcher;
    }

    /** Watches a topic over WebSocket. */
    static Watcher socket(
            String name,
            Supplier<Recruiter> recruiter,
            Supplier<String> url,
            String topic,
            @Nullable Duration longest) {
        Watcher watcher = new Watcher(name);
        Flux<Boolean> connection = Flux.defer(() -> {
            watcher.connected();
            HttpHeaders headers = new HttpHeaders();
            headers.setBearerAuth(recruiter.get().token());
            Sinks.One<Boolean> done = Sinks.one();
            String last = watcher.cursor.get();
            String subscribe = JSON.writeValueAsString(
                    last == null
                            ? Map.of("type", "subscribe", "topics", List.of(topic))
                            : Map.of("type", "subscribe", "topics", List.of(topic), "since", last));
            return new ReactorNettyWebSocketClient()
                    .execute(
                            URI.create(url.get().replace("http:", "ws:") + "/ws"),
                            headers,
                            session -> session.send(Mono.just(session.textMessage(subscribe))
                                            .concatWith(Mono.never()))
                                    .and(session.receive()
                                            .map(WebSocketMessage::getPayloadAsText)
                                            .map(JSON::readTree)
                                            .doOnNext(frame -> watcher.frame(frame, done))
                                            .takeUntil(frame -> frame.path("type")
                                                    .asString()
                                                    .equals("done")))
                                    .takeUntilOther(done.asMono()))
                    .then(done.asMono().timeout(Duration.ofMillis(50), Mono.just(false)))
                    .flux();
        });
        watcher.run(connection, longest);
        return watcher;
    }

    private void frame(JsonNode frame, Sinks.One<Boolean> done) {
        switch (frame.path("type").asString()) {
            case "event" ->
                record(frame.path("id").asString(), frame.path("event").asString());
            case "resync" -> record(frame.path("id").asString(), "resync");
            case "done" -> done.emitValue(true, Sinks.EmitFailureHandler.FAIL_FAST);
            case "error" -> {
                synchronized (this) {
                    faults.add(name + ": " + frame);
                }
            }
            default -> {
                // ready, subscribed, pong
            }
        }
    }

    private synchronized void connected() {
        connections++;
    }

    private void run(Flux<Boolean> connection, @Nullable Duration longest) {
        Flux<Boolean> life = Flux.defer(() -> longest == null
                        ? connection
                        : connection.takeUntilOther(Mono.delay(
                                Duration.ofMillis(ThreadLocalRandom.current().nextLong(50, longest.toMillis())))))
                .onErrorResume(cut -> Flux.empty())
                .defaultIfEmpty(false);
        running = life.repeatWhen(ends -> ends.delayElements(Duration.ofMillis(100)))
                .takeUntil(end -> end)
                .doFinally(signal -> ended.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST))
                .subscribe(end -> {}, failure -> {
                    synchronized (this) {
                        faults.add(name + ": " + failure);
                    }
                });
    }
}
