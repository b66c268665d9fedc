package ai.recruit.web;

import ai.recruit.access.Accesses;
import ai.recruit.access.Caller;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.events.LogSignal;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The WebSocket {@code /ws}: JSON text frames, each with a {@code type}. From the client {@code auth}, {@code subscribe},
 * {@code unsubscribe}, {@code ping}; to the client {@code ready}, {@code subscribed}, {@code event}, {@code resync},
 * {@code done}, {@code error}, {@code pong}. Topics are read from the same log, with the same cursors, as over SSE.
 */
@Component
class LiveSocket implements WebSocketHandler {

    static final String PATH = "/ws";

    private static final Duration AUTHENTICATE_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_TOPICS = 200;
    private static final int AHEAD = 16;
    /** Private close code: the token was not given in time, or access has been revoked. */
    private static final CloseStatus UNAUTHORISED = new CloseStatus(4401, "Unauthorised");

    private final LiveStreams streams;
    private final Map<String, LiveTopic> topics;
    private final Accesses accesses;
    private final JsonMapper json;
    private final AtomicInteger open = new AtomicInteger();

    LiveSocket(LiveStreams streams, List<LiveTopic> topics, Accesses accesses, JsonMapper json, MeterRegistry meters) {
        this.streams = streams;
        this.topics = topics.stream().collect(Collectors.toUnmodifiableMap(LiveTopic::prefix, Function.identity()));
        this.accesses = accesses;
        this.json = json;
        meters.gauge("recruit.sockets.open", open);
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        Conversation conversation = new Conversation(session);
        Mono<Void> known = session.getHandshakeInfo()
                .getPrincipal()
                .ofType(Caller.class)
                .doOnNext(conversation::enter)
                .then();
        return known.then(conversation.run())
                .doOnSubscribe(subscription -> open.incrementAndGet())
                .doFinally(signal -> open.decrementAndGet());
    }

    /** One client's connection. */
    private final class Conversation {

        private final WebSocketSession session;
        private final AtomicReference<@Nullable Caller> caller = new AtomicReference<>();
        private final Sinks.Empty<Void> entered = Sinks.empty();
        private final Map<String, Sinks.Empty<Void>> subscriptions = new ConcurrentHashMap<>();

        Conversation(WebSocketSession session) {
            this.session = session;
        }

        void enter(Caller who) {
            if (caller.compareAndSet(null, who)) {
                entered.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            }
        }

        Mono<Void> run() {
            // Open subscriptions would outlive the client: its leaving ends everything that is merged below.
            Sinks.Empty<Void> gone = Sinks.empty();
            Flux<WebSocketMessage> answers = session.receive()
                    .doFinally(end -> gone.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST))
                    .flatMap(this::answer, Integer.MAX_VALUE, AHEAD)
                    .map(frame -> session.textMessage(json.writeValueAsString(frame)));
            Flux<WebSocketMessage> greeting = entered.asMono()
                    .then(Mono.fromSupplier(() -> session.textMessage(json.writeValueAsString(frame("ready")))))
                    .flux();
            Flux<WebSocketMessage> heartbeat = Flux.interval(LiveStreams.HEARTBEAT)
                    .onBackpressureDrop()
                    .map(tick -> session.pingMessage(factory -> factory.wrap(new byte[0])));
            Flux<WebSocketMessage> out =
                    Flux.merge(answers, greeting, heartbeat).takeUntilOther(gone.asMono());
            Mono<CloseStatus> end = Mono.firstWithSignal(
                    entered.asMono().then(Mono.defer(() -> revoked())).thenReturn(UNAUTHORISED),
                    Mono.delay(AUTHENTICATE_WITHIN)
                            .flatMap(
                                    late -> caller.get() == null ? Mono.just(UNAUTHORISED) : Mono.<CloseStatus>never()),
                    streams.stopping().thenReturn(CloseStatus.GOING_AWAY));
            return Mono.firstWithSignal(session.send(out), end.flatMap(session::close));
        }

        private Mono<Void> revoked() {
            Caller who = caller.get();
            return who == null ? Mono.never() : accesses.revoked(who);
        }

        private Flux<Map<String, Object>> answer(WebSocketMessage message) {
            if (message.getType() == WebSocketMessage.Type.PONG || message.getType() == WebSocketMessage.Type.PING) {
                return Flux.empty();
            }
            if (message.getType() != WebSocketMessage.Type.TEXT) {
                return Flux.just(error(Problem.invalid("frame", "send JSON as text frames")));
            }
            try {
                if (json.readTree(message.getPayloadAsText()) instanceof ObjectNode request) {
                    return answer(request).onErrorResume(Problem.class, problem -> Flux.just(error(problem)));
                }
                return Flux.just(error(Problem.invalid("frame", "send a JSON object with a type")));
            } catch (JacksonException malformed) {
                return Flux.just(error(Problem.invalid("frame", "is not JSON")));
            } catch (Problem problem) {
                return Flux.just(error(problem));
            }
        }

        private Flux<Map<String, Object>> answer(ObjectNode request) {
            return switch (request.path("type").asString("")) {
                case "ping" -> Flux.just(frame("pong"));
                case "auth" -> authenticate(request.path("token").asString(""));
                case "subscribe" -> subscribe(topicsOf(request), since(request));
                case "unsubscribe" -> unsubscribe(topicsOf(request));
                default -> throw Problem.invalid("type", "is one of auth, subscribe, unsubscribe, ping");
            };
        }

        private Flux<Map<String, Object>> authenticate(String token) {
            return accesses.authenticate(token)
                    .doOnNext(who -> enter(who.at(session.getHandshakeInfo().getRemoteAddress())))
                    .thenMany(Flux.<Map<String, Object>>empty());
        }

        private Flux<Map<String, Object>> subscribe(List<String> names, @Nullable Cursor since) {
            Caller who = caller();
            return Flux.fromIterable(names)
                    .flatMapSequential(name -> open(who, name)
                            .map(topic -> Opened.of(name, topic))
                            .onErrorResume(Problem.class, problem -> Mono.just(Opened.failed(name, problem))))
                    .collectList()
                    .flatMapMany(opened -> {
                        List<Map<String, Object>> first = new ArrayList<>();
                        List<Flux<Map<String, Object>>> streamsOfTopics = new ArrayList<>();
                        List<String> subscribed = new ArrayList<>();
                        for (Opened one : opened) {
                            Problem problem = one.problem();
                            LiveTopic.Topic topic = one.topic();
                            if (problem != null) {
                                first.add(error(problem, one.name()));
                            } else if (topic != null) {
                                subscribed.add(one.name());
                                streamsOfTopics.add(watch(who, one.name(), topic, since));
                            }
                        }
                        if (!subscribed.isEmpty()) {
                            first.add(0, Map.of("type", "subscribed", "topics", subscribed));
                        }
                        return Flux.concat(
                                Flux.fromIterable(first),
                                Flux.merge(Flux.fromIterable(streamsOfTopics), MOST_TOPICS, AHEAD));
                    });
        }

        private Mono<LiveTopic.Topic> open(Caller who, String name) {
            if (name.equals(EventsTopic.NAME)) {
                return Mono.fromRunnable(() -> accesses.permit(who, EventsTopic.ENDPOINT))
                        .thenReturn(EventsTopic.topic());
            }
            int colon = name.indexOf(':');
            LiveTopic topic = colon < 0 ? null : topics.get(name.substring(0, colon));
            if (topic == null) {
                return Mono.error(new Problem(
                        ProblemCode.RESOURCE_NOT_FOUND,
                        "There is no topic '" + name + "'; use events, " + String.join(":{id}, ", topics.keySet())
                                + ":{id}"));
            }
            return Mono.defer(() -> {
                accesses.permit(who, topic.endpoint());
                return topic.open(who, name.substring(colon + 1));
            });
        }

        private Flux<Map<String, Object>> watch(
                Caller who, String name, LiveTopic.Topic topic, @Nullable Cursor since) {
            return Flux.defer(() -> {
                Sinks.Empty<Void> stop = Sinks.empty();
                Sinks.Empty<Void> before = subscriptions.put(name, stop);
                if (before != null) {
                    before.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
                } else if (subscriptions.size() > MOST_TOPICS) {
                    subscriptions.remove(name, stop);
                    return Flux.just(error(
                            Problem.invalid("topics", "at most " + MOST_TOPICS + " at once; unsubscribe some"), name));
                }
                return streams.follow(who, topic, since)
                        .<Map<String, Object>>handle((signal, sink) -> {
                            if (signal instanceof Event event) {
                                sink.next(event(name, event));
                            } else if (signal instanceof LogSignal.Resync resync) {
                                sink.next(Map.of(
                                        "type",
                                        "resync",
                                        "topic",
                                        name,
                                        "id",
                                        resync.cursor().toString()));
                            }
                        })
                        .concatWith(Mono.fromSupplier(() -> Map.of("type", "done", "topic", name)))
                        .takeUntilOther(stop.asMono())
                        .doFinally(signal -> subscriptions.remove(name, stop));
            });
        }

        private Flux<Map<String, Object>> unsubscribe(List<String> names) {
            names.forEach(name -> {
                Sinks.Empty<Void> stop = subscriptions.remove(name);
                if (stop != null) {
                    stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
                }
            });
            return Flux.empty();
        }

        private Caller caller() {
            Caller who = caller.get();
            if (who == null) {
                throw new Problem(ProblemCode.INVALID_TOKEN, "Send {\"type\":\"auth\",\"token\":...} first");
            }
            return who;
        }
    }

    private record Opened(
            String name,
            LiveTopic.@Nullable Topic topic,
            @Nullable Problem problem) {

        static Opened of(String name, LiveTopic.Topic topic) {
            return new Opened(name, topic, null);
        }

        static Opened failed(String name, Problem problem) {
            return new Opened(name, null, problem);
        }
    }

    private Map<String, Object> event(String topic, Event event) {
        return Map.of(
                "type", "event",
                "topic", topic,
                "id", event.cursor().toString(),
                "event", event.type(),
                "at", event.at().toString(),
                "data", json.readTree(event.data()));
    }

    private static Map<String, Object> frame(String type) {
        return Map.of("type", type);
    }

    private static Map<String, Object> error(Problem problem) {
        return Map.of("type", "error", "code", problem.code().name(), "message", problem.text());
    }

    private static Map<String, Object> error(Problem problem, String topic) {
        return Map.of("type", "error", "code", problem.code().name(), "message", problem.text(), "topic", topic);
    }

    private static List<String> topicsOf(ObjectNode request) {
        JsonNode names = request.path("topics");
        if (!names.isArray() || names.isEmpty() || names.size() > MOST_TOPICS) {
            throw Problem.invalid("topics", "is an array of 1 to " + MOST_TOPICS + " topics, for example [\"events\"]");
        }
        List<String> found = new ArrayList<>();
        names.forEach(name -> found.add(name.asString("")));
        return found.stream().distinct().toList();
    }

    private static @Nullable Cursor since(ObjectNode request) {
        JsonNode since = request.path("since");
        return since.isMissingNode() || since.isNull() ? null : LiveStreams.cursor("since", since.asString(""));
    }

    @Configuration(proxyBeanMethods = false)
    static class Mapping {

        @Bean
        HandlerMapping liveSocketMapping(LiveSocket socket) {
            return new SimpleUrlHandlerMapping(Map.of(PATH, socket), -1);
        }
    }
}
