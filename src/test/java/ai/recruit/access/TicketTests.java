package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.Hashes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class TicketTests extends AccessTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ReactiveStringRedisTemplate redis;

    @Test
    void opensOneStreamOnce() {
        TestAccount account = accounts.recruiter();
        String ticket = ticket(account);
        ResponseSpec stream = stream(ticket);
        stream.expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM);
        StepVerifier.create(stream.returnResult(String.class).getResponseBody())
                .thenCancel()
                .verify(Duration.ofSeconds(5));
        refused(stream(ticket), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void opensASocketOnce() {
        String ticket = ticket(accounts.recruiter());
        AtomicReference<String> first = new AtomicReference<>();
        Mono<Void> conversation = new ReactorNettyWebSocketClient()
                .execute(
                        URI.create("ws://localhost:" + port + "/ws?ticket=" + ticket),
                        session -> session.receive()
                                .map(WebSocketMessage::getPayloadAsText)
                                .next()
                                .doOnNext(first::set)
                                .then());
        conversation.block(Duration.ofSeconds(10));
        assertThat(first.get()).contains("ready");
        StepVerifier.create(new ReactorNettyWebSocketClient()
                        .execute(
                                URI.create("ws://localhost:" + port + "/ws?ticket=" + ticket),
                                session -> session.receive().then()))
                .expectErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("401"))
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void opensNothingButStreams() {
        TestAccount account = accounts.recruiter();
        String ticket = ticket(account);
        refused(
                http.get().uri("/api/v1/auth/me?ticket={ticket}", ticket).exchange(),
                HttpStatus.UNAUTHORIZED,
                "INVALID_TOKEN");
        refused(
                post("/api/v1/auth/stream-ticket?ticket=" + ticket, Map.of()),
                HttpStatus.UNAUTHORIZED,
                "INVALID_TOKEN");
        // It was not used up by that.
        stream(ticket).expectStatus().isOk();
    }

    @Test
    void waitsForAMinute() {
        TestAccount account = accounts.recruiter();
        JsonNode answer = json(post(account, "/api/v1/auth/stream-ticket", Map.of()), HttpStatus.OK);
        assertThat(answer.path("expires_in").asInt()).isEqualTo(60);
        String key = "recruit:access:ticket:" + Hashes.hex(answer.path("ticket").asString());
        Duration left = redis.getExpire(key).block(Duration.ofSeconds(5));
        assertThat(left).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        // The minute passes.
        assertThat(redis.expire(key, Duration.ofMillis(1)).block(Duration.ofSeconds(5)))
                .isTrue();
        StepVerifier.create(Mono.defer(() -> redis.hasKey(key))
                        .filter(there -> !there)
                        .repeatWhenEmpty(Flux::cache))
                .expectNext(false)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        refused(stream(answer.path("ticket").asString()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void isWorthNothingAfterItsSessionHasEnded() {
        TestAccount account = accounts.recruiter();
        String ticket = ticket(account);
        http.post()
                .uri("/api/v1/auth/logout")
                .headers(account::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        refused(stream(ticket), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void carriesItsCallerToTheEndOfTheToken(@Autowired Tickets tickets) {
        TestAccount account = accounts.recruiter();
        Caller caller = Objects.requireNonNull(tickets.take(ticket(account)).block(Duration.ofSeconds(5)));
        assertThat(caller.accountId()).isEqualTo(account.id());
        assertThat(caller.role()).isEqualTo(Role.RECRUITER);
        assertThat(caller.sessionId()).isEqualTo(account.caller().sessionId());
        assertThat(Duration.between(caller.expiresAt(), account.caller().expiresAt()))
                .isLessThan(Duration.ofSeconds(10));
    }

    private String ticket(TestAccount account) {
        return json(post(account, "/api/v1/auth/stream-ticket", Map.of()), HttpStatus.OK)
                .path("ticket")
                .asString();
    }

    private ResponseSpec stream(String ticket) {
        return http.get()
                .uri("/api/events?ticket={ticket}", ticket)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange();
    }
}
