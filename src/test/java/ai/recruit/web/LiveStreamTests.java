package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.tenancy.TenantTransactions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LiveStreamTests extends IntegrationTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};

    @Autowired
    private TestAccounts accounts;

    @Autowired
    private Events events;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private JsonMapper json;

    @LocalServerPort
    private int port;

    @Test
    void sendsEventsOverSseWithCursorTypeAndData() {
        TestAccount recruiter = accounts.recruiter();
        String subject = subject();
        StepVerifier.create(sse(recruiter, "/api/events", null))
                .assertNext(hello -> assertThat(hello.comment()).isEqualTo("connected"))
                .then(() -> append(recruiter, "test.happened", subject, 1))
                .assertNext(event -> {
                    assertThat(event.id()).matches("\\d+-\\d+");
                    assertThat(event.event()).isEqualTo("test.happened");
                    assertThat(event.data()).isEqualTo("{\"n\": 1}");
                })
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void sendsOnlyTheTypesAskedForAndNothingOfOthers() {
        TestAccount recruiter = accounts.recruiter();
        TestAccount stranger = accounts.recruiter();
        StepVerifier.create(sse(recruiter, "/api/events?types=test.wanted,test.other", null)
                        .filter(event -> event.event() != null)
                        .map(ServerSentEvent::data))
                .expectSubscription()
                .then(() -> awaitOpen(recruiter))
                .then(() -> append(stranger, "test.wanted", subject(), 1))
                .then(() -> append(recruiter, "test.unwanted", subject(), 2))
                .then(() -> append(recruiter, "test.wanted", subject(), 3))
                .expectNext("{\"n\": 3}")
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void goesOnAfterTheLastEventId() {
        TestAccount recruiter = accounts.recruiter();
        String subject = subject();
        StepVerifier.create(sse(recruiter, "/api/events", null)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(event -> {
                            if (event.event() == null) {
                                append(recruiter, "test.happened", subject, 1);
                                append(recruiter, "test.happened", subject, 2);
                                append(recruiter, "test.happened", subject, 3);
                            }
                        })
                        .filter(event -> event.event() != null)
                        .next()
                        .flatMapMany(first -> Flux.merge(
                                sse(recruiter, "/api/events", first.id()),
                                sse(recruiter, "/api/events?since=" + first.id(), null)))
                        .filter(event -> event.event() != null)
                        .map(event -> String.valueOf(event.data()))
                        .take(4)
                        .collectSortedList())
                .assertNext(data ->
                        assertThat(data).containsExactly("{\"n\": 2}", "{\"n\": 2}", "{\"n\": 3}", "{\"n\": 3}"))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void refusesACursorAndATypeThatAreNone() {
        TestAccount recruiter = accounts.recruiter();
        for (String wrong : new String[] {"/api/events?since=yesterday", "/api/events?types=DROP%20TABLE"}) {
            http.get()
                    .uri(wrong)
                    .headers(recruiter::authorize)
                    .accept(MediaType.TEXT_EVENT_STREAM)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("INVALID_REQUEST")
                    .jsonPath("$.error.details[0].field")
                    .isEqualTo(wrong.contains("since") ? "since" : "types");
        }
    }

    @Test
    void endsOpenStreamsWithinASecondOfLogout() {
        TestAccount recruiter = accounts.recruiter();
        StepVerifier.create(sse(recruiter, "/api/events", null))
                .expectNextCount(1)
                .then(() -> http.post()
                        .uri("/api/v1/auth/logout")
                        .headers(recruiter::authorize)
                        .exchange()
                        .expectStatus()
                        .isNoContent())
                .expectComplete()
                .verify(Duration.ofSeconds(3));
    }

    @Test
    void letsABrowserInByATicketOnce() {
        TestAccount recruiter = accounts.recruiter();
        JsonNode answer = http.post()
                .uri("/api/v1/auth/stream-ticket")
                .headers(recruiter::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(answer).isNotNull();
        String path = "/api/events?ticket=" + answer.path("ticket").asString();
        StepVerifier.create(client().get().uri(path).retrieve().bodyToFlux(EVENT))
                .expectNextCount(1)
                .thenCancel()
                .verify(SOON);
        http.get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @Test
    void greetsAnswersAndStreamsOverTheSocket() {
        TestAccount recruiter = accounts.recruiter();
        String subject = subject();
        Conversation talk = talk(recruiter);
        StepVerifier.create(talk.heard())
                .assertNext(frame -> assertThat(type(frame)).isEqualTo("ready"))
                .then(() -> talk.say(Map.of("type", "ping")))
                .assertNext(frame -> assertThat(type(frame)).isEqualTo("pong"))
                .then(() -> talk.say(Map.of("type", "subscribe", "topics", new String[] {"events"})))
                .assertNext(frame -> {
                    assertThat(type(frame)).isEqualTo("subscribed");
                    assertThat(frame.path("topics").path(0).asString()).isEqualTo("events");
                })
                .then(() -> append(recruiter, "test.happened", subject, 1))
                .assertNext(frame -> {
                    assertThat(type(frame)).isEqualTo("event");
                    assertThat(frame.path("topic").asString()).isEqualTo("events");
                    assertThat(frame.path("event").asString()).isEqualTo("test.happened");
                    assertThat(frame.path("id").asString()).matches("\\d+-\\d+");
                    assertThat(frame.path("at").asString()).endsWith("Z");
                    assertThat(frame.path("data").path("n").asInt()).isEqualTo(1);
                })
                .then(() -> talk.say(Map.of("type", "unsubscribe", "topics", new String[] {"events"})))
                .then(() -> talk.say(Map.of("type", "ping")))
                .assertNext(frame -> assertThat(type(frame)).isEqualTo("pong"))
                .then(() -> append(recruiter, "test.happened", subject, 2))
                .then(() -> talk.say(Map.of("type", "ping")))
                .assertNext(frame -> assertThat(type(frame)).isEqualTo("pong"))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void takesTheTokenAsTheFirstFrame() {
        TestAccount recruiter = accounts.recruiter();
        Conversation talk = talk(null);
        StepVerifier.create(talk.heard())
                .expectSubscription()
                .then(() -> talk.say(Map.of("type", "subscribe", "topics", new String[] {"events"})))
                .assertNext(frame -> {
                    assertThat(type(frame)).isEqualTo("error");
                    assertThat(frame.path("code").asString()).isEqualTo("INVALID_TOKEN");
                })
                .then(() -> talk.say(Map.of("type", "auth", "token", "nonsense")))
                .assertNext(frame -> assertThat(frame.path("code").asString()).isEqualTo("INVALID_TOKEN"))
                .then(() -> talk.say(Map.of("type", "auth", "token", recruiter.token())))
                .assertNext(frame -> assertThat(type(frame)).isEqualTo("ready"))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void answersAnUnknownTopicAForeignOneAndRubbishWithTypedErrors() {
        TestAccount recruiter = accounts.recruiter();
        Conversation talk = talk(recruiter);
        Consumer<JsonNode> notFound = frame -> {
            assertThat(type(frame)).isEqualTo("error");
            assertThat(frame.path("code").asString()).isEqualTo("RESOURCE_NOT_FOUND");
        };
        Consumer<JsonNode> invalid = frame -> {
            assertThat(type(frame)).isEqualTo("error");
            assertThat(frame.path("code").asString()).isEqualTo("INVALID_REQUEST");
        };
        StepVerifier.create(talk.heard())
                .expectNextCount(1)
                .then(() -> talk.say(Map.of("type", "subscribe", "topics", new String[] {"weather:today"})))
                .assertNext(notFound)
                .then(() ->
                        talk.say(Map.of("type", "subscribe", "topics", new String[] {"resume:res_" + "0".repeat(32)})))
                .assertNext(notFound)
                .then(() -> talk.say(Map.of("type", "subscribe", "topics", new String[0])))
                .assertNext(invalid)
                .then(() -> talk.say(Map.of("type", "subscribe", "topics", new String[] {"events"}, "since", "x")))
                .assertNext(invalid)
                .then(() -> talk.say(Map.of("type", "dance")))
                .assertNext(invalid)
                .then(() -> talk.sayText("{not json"))
                .assertNext(invalid)
                .then(() -> talk.sayText("[]"))
                .assertNext(invalid)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void closesTheSocketWithinASecondOfLogout() {
        TestAccount recruiter = accounts.recruiter();
        Conversation talk = talk(recruiter);
        StepVerifier.create(talk.heard())
                .expectNextCount(1)
                .then(() -> http.post()
                        .uri("/api/v1/auth/logout")
                        .headers(recruiter::authorize)
                        .exchange()
                        .expectStatus()
                        .isNoContent())
                .expectComplete()
                .verify(Duration.ofSeconds(3));
    }

    /** Waits until a stream of the account is live: until then what happens may come before its beginning. */
    private void awaitOpen(TestAccount account) {
        assertThat(sse(account, "/api/events", null).next().block(SOON)).isNotNull();
    }

    private static String type(JsonNode frame) {
        return frame.path("type").asString();
    }

    private static String subject() {
        return "test_" + UUID.randomUUID();
    }

    private void append(TestAccount account, String type, String subject, int number) {
        transactions
                .mono(
                        account.caller().tenant(),
                        () -> events.append(NewEvent.owned(account.id(), type, subject, Map.of("n", number))))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(SOON);
    }

    private WebClient client() {
        return WebClient.create("http://127.0.0.1:" + port);
    }

    private Flux<ServerSentEvent<String>> sse(TestAccount account, String path, String lastEventId) {
        return client().get()
                .uri(path)
                .headers(account::authorize)
                .headers(headers -> {
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(EVENT);
    }

    private Conversation talk(TestAccount account) {
        HttpHeaders headers = new HttpHeaders();
        if (account != null) {
            account.authorize(headers);
        }
        Sinks.Many<String> said = Sinks.many().unicast().onBackpressureBuffer();
        Sinks.Many<JsonNode> frames = Sinks.many().unicast().onBackpressureBuffer();
        Mono<Void> session = new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://127.0.0.1:" + port + "/ws"),
                        headers,
                        open -> open.send(said.asFlux().map(open::textMessage))
                                .and(open.receive()
                                        .filter(message -> message.getType() == WebSocketMessage.Type.TEXT)
                                        .map(WebSocketMessage::getPayloadAsText)
                                        .map(json::readTree)
                                        .doOnNext(frame -> frames.emitNext(frame, Sinks.EmitFailureHandler.FAIL_FAST))
                                        .doOnComplete(() -> said.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST))))
                .doFinally(end -> frames.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST));
        Flux<JsonNode> heard = Flux.merge(frames.asFlux(), session.then(Mono.empty()));
        return new Conversation(said, heard, json);
    }

    private record Conversation(Sinks.Many<String> said, Flux<JsonNode> heard, JsonMapper json) {

        void say(Map<String, Object> frame) {
            sayText(json.writeValueAsString(frame));
        }

        void sayText(String text) {
            said.emitNext(text, Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }
}
