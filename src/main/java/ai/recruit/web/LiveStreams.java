package ai.recruit.web;

import ai.recruit.access.Accesses;
import ai.recruit.access.Caller;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.LogSignal;
import ai.recruit.events.Start;
import ai.recruit.kernel.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Live streams out of the event log, the same for SSE and WebSocket. A stream ends when its topic has ended, when the
 * caller's access is revoked, and when this process stops; the client comes back with its cursor.
 */
@Component
public class LiveStreams implements SmartLifecycle {

    /** How often a stream without events shows that it is alive; a client that has left is noticed at the next write. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Duration RECONNECT = Duration.ofSeconds(1);
    private static final String CURSOR_HEADER = "Last-Event-ID";
    private static final String CURSOR_PARAMETER = "since";

    private final Events events;
    private final Accesses accesses;
    private final AtomicInteger open = new AtomicInteger();
    private Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile boolean running;

    LiveStreams(Events events, Accesses accesses, MeterRegistry meters) {
        this.events = events;
        this.accesses = accesses;
        meters.gauge("recruit.streams.open", open);
    }

    /**
     * A topic as server-sent events: {@code id:} is the cursor, {@code event:} the type, {@code data:} the details. The
     * client's place is taken from the header {@code Last-Event-ID} or the parameter {@code since}. Answers 204, which
     * tells an EventSource not to come back, when the topic has ended and the client has seen its end.
     */
    public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> sse(
            Caller caller, LiveTopic.Topic topic, ServerWebExchange exchange) {
        Cursor since = since(exchange);
        Flux<ServerSentEvent<String>> stream =
                sse(follow(caller, topic, since).<ServerSentEvent<String>>handle((signal, sink) -> {
                    if (signal instanceof Event event) {
                        sink.next(ServerSentEvent.<String>builder(event.data())
                                .id(event.cursor().toString())
                                .event(event.type())
                                .build());
                    } else if (signal instanceof LogSignal.Resync resync) {
                        sink.next(ServerSentEvent.<String>builder("{}")
                                .id(resync.cursor().toString())
                                .event("resync")
                                .build());
                    }
                }));
        Mono<Boolean> seenTheEnd =
                since == null ? Mono.just(false) : ended(caller, topic, since).map(ended -> ended == Ended.BEFORE);
        return seenTheEnd.map(seen -> seen
                ? ResponseEntity.noContent().<Flux<ServerSentEvent<String>>>build()
                : ResponseEntity.ok()
                        .header("Cache-Control", "no-cache")
                        .header("X-Accel-Buffering", "no")
                        .body(stream));
    }

    /** Adds what every SSE stream has: headers sent at once, and a heartbeat comment. */
    public Flux<ServerSentEvent<String>> sse(Flux<ServerSentEvent<String>> content) {
        return Flux.defer(() -> {
            Sinks.Empty<Void> end = Sinks.empty();
            ServerSentEvent<String> hello = ServerSentEvent.<String>builder()
                    .comment("connected")
                    .retry(RECONNECT)
                    .build();
            ServerSentEvent<String> heartbeat =
                    ServerSentEvent.<String>builder().comment("heartbeat").build();
            return Flux.merge(
                            content.startWith(hello)
                                    .doFinally(signal -> end.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST)),
                            Flux.interval(HEARTBEAT)
                                    .onBackpressureDrop()
                                    .map(tick -> heartbeat)
                                    .takeUntilOther(end.asMono()))
                    .doOnSubscribe(subscription -> open.incrementAndGet())
                    .doFinally(signal -> open.decrementAndGet());
        });
    }

    /** Where the client left off; null when it does not say. */
    public @Nullable Cursor since(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(CURSOR_HEADER);
        if (header != null && !header.isBlank()) {
            return cursor(CURSOR_HEADER, header);
        }
        String parameter = exchange.getRequest().getQueryParams().getFirst(CURSOR_PARAMETER);
        return parameter == null || parameter.isBlank() ? null : cursor(CURSOR_PARAMETER, parameter);
    }

    static Cursor cursor(String field, String text) {
        return Cursor.parse(text)
                .orElseThrow(() -> Problem.invalid(
                        field, "is not a cursor; use the id of an event that you received, or leave it out"));
    }

    /** Follows a topic until it ends or the caller must go. */
    Flux<LogSignal> follow(Caller caller, LiveTopic.Topic topic, @Nullable Cursor since) {
        Start start = since == null ? topic.start() : Start.after(since);
        return Flux.defer(() -> {
                    Ending ending = new Ending(caller, topic);
                    return events.follow(caller.tenant(), topic.selection(), start)
                            .concatMap(ending::pass, 1)
                            .takeUntil(Passed::last)
                            .map(Passed::signal);
                })
                .as(stream -> whileAllowed(caller, stream));
    }

    /** Ends the stream when the caller's access is revoked or this process stops. */
    public <T> Flux<T> whileAllowed(Caller caller, Flux<T> stream) {
        return stream.takeUntilOther(Mono.firstWithSignal(accesses.revoked(caller), stopping.asMono()));
    }

    Mono<Void> stopping() {
        return stopping.asMono();
    }

    private enum Ended {
        /** The end lies at or before the place. */
        BEFORE,
        /** The topic goes on, or its end is still to come. */
        NOT
    }

    private Mono<Ended> ended(Caller caller, LiveTopic.Topic topic, Cursor place) {
        String subject = topic.subject();
        if (subject == null) {
            return Mono.just(Ended.NOT);
        }
        return events.latest(caller.tenant(), subject)
                .map(latest ->
                        topic.last().test(latest) && latest.cursor().compareTo(place) <= 0 ? Ended.BEFORE : Ended.NOT)
                .switchIfEmpty(topic.ended().map(ended -> ended ? Ended.BEFORE : Ended.NOT));
    }

    private record Passed(LogSignal signal, boolean last) {}

    /** Finds the end of a stream: a last event in the past may have been followed by a new attempt, one now may not. */
    private final class Ending {

        private final Caller caller;
        private final LiveTopic.Topic topic;
        private boolean live;

        Ending(Caller caller, LiveTopic.Topic topic) {
            this.caller = caller;
            this.topic = topic;
        }

        Mono<Passed> pass(LogSignal signal) {
            if (signal instanceof LogSignal.CaughtUp caughtUp) {
                live = true;
                return ended(caller, topic, caughtUp.cursor()).map(ended -> new Passed(signal, ended == Ended.BEFORE));
            }
            return Mono.just(new Passed(
                    signal,
                    live
                            && signal instanceof Event event
                            && event.subject().equals(topic.subject())
                            && topic.last().test(event)));
        }
    }

    @Override
    public void start() {
        stopping = Sinks.empty();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stopping.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which waits for open requests to end. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
