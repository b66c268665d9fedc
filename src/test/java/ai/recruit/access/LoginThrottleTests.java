package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

class LoginThrottleTests extends AccessTest {

    private static final String WRONG = "a wrong password here";

    @LocalServerPort
    private int port;

    @Autowired
    private LoginThrottle throttle;

    @Test
    void aHundredFailuresFromElsewhereDoNotLockTheOwnerOut() {
        TestAccount victim = accounts.recruiter();
        // One source that goes on after it is refused, and many that try once.
        List<Integer> sources = IntStream.concat(IntStream.generate(() -> 0).limit(50), IntStream.range(1, 51))
                .boxed()
                .toList();
        List<Integer> answers = sources.stream()
                .map(source -> attempt("127.3.0." + (source + 1), victim.email(), WRONG)
                        .getStatus()
                        .value())
                .toList();
        assertThat(answers).hasSize(100).containsOnly(401, 429);
        assertThat(answers.subList(0, 10)).containsOnly(401);
        assertThat(answers.subList(10, 50)).containsOnly(429);
        // From an address that has never been seen, at the first try.
        assertThat(attempt("127.4.0.1", victim.email(), victim.password())
                        .getStatus()
                        .value())
                .isEqualTo(200);
    }

    @Test
    void tellsHowLongToWait() {
        TestAccount account = accounts.recruiter();
        EntityExchangeResult<String> answer = attempt("127.5.0.1", account.email(), WRONG);
        for (int i = 0; i < 10; i++) {
            answer = attempt("127.5.0.1", account.email(), WRONG);
        }
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        String seconds = Objects.requireNonNull(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER));
        assertThat(Integer.parseInt(seconds)).isBetween(1, 300);
        assertThat(answer.getResponseBody())
                .contains("\"code\":\"RATE_LIMIT_EXCEEDED\"")
                .contains("\"retry_after\":" + seconds);
        // Also for the right password: whoever guesses must not learn that it was the right one.
        assertThat(attempt("127.5.0.1", account.email(), account.password()).getStatus())
                .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    }

    @Test
    void aSourceThatTriesManyAccountsIsRefusedButNotOnTheOneItKnows() {
        TestAccount own = accounts.recruiter();
        String source = "test-source-" + UUID.randomUUID();
        LoginThrottle.Attempt first =
                Objects.requireNonNull(throttle.attempt(source, own.email()).block(Duration.ofSeconds(5)));
        throttle.succeeded(first).block(Duration.ofSeconds(5));
        List<Boolean> others = Flux.range(0, 60)
                .concatMap(i -> throttle.attempt(source, "other-" + i + "@example.com")
                        .thenReturn(true)
                        .onErrorReturn(false))
                .collectList()
                .block(Duration.ofSeconds(20));
        assertThat(others).contains(true, false);
        assertThat(others).filteredOn(allowed -> allowed).hasSize(40);
        StepVerifier.create(throttle.attempt(source, own.email()))
                .assertNext(attempt -> assertThat(attempt.known()).isTrue())
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        // A newcomer behind the same address waits.
        StepVerifier.create(throttle.attempt(source, "newcomer@example.com"))
                .expectErrorSatisfies(LoginThrottleTests::isRateLimit)
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void guessingInParallelGainsNothing() {
        String source = "test-source-" + UUID.randomUUID();
        Long through = Flux.range(0, 100)
                .flatMap(
                        i -> throttle.attempt(source, "victim@example.com")
                                .thenReturn(1)
                                .onErrorResume(Problem.class, refused -> Mono.empty()),
                        100)
                .count()
                .block(Duration.ofSeconds(20));
        assertThat(through).isEqualTo(10);
    }

    @Test
    void successesDoNotCount() {
        String source = "test-source-" + UUID.randomUUID();
        Flux<Void> logins = Flux.range(0, 100)
                .concatMap(i ->
                        throttle.attempt(source, "person-" + i + "@example.com").flatMap(throttle::succeeded));
        StepVerifier.create(logins).expectComplete().verify(Duration.ofSeconds(20));
    }

    @Test
    void countsOnItsOwnWhileRedisIsAway(@Autowired AccessProperties properties, @Autowired Clock clock) {
        LettuceConnectionFactory nowhere = new LettuceConnectionFactory("127.0.0.1", 1);
        nowhere.afterPropertiesSet();
        nowhere.start();
        try {
            LoginThrottle alone =
                    new LoginThrottle(new Counters(new ReactiveStringRedisTemplate(nowhere), clock), properties);
            LoginThrottle.Attempt known = Objects.requireNonNull(
                    alone.attempt("a", "owner@example.com").block(Duration.ofSeconds(10)));
            alone.succeeded(known).block(Duration.ofSeconds(10));
            List<Boolean> outcomes = Flux.range(0, 12)
                    .concatMap(i -> alone.attempt("b", "owner@example.com")
                            .thenReturn(true)
                            .onErrorReturn(false))
                    .collectList()
                    .block(Duration.ofSeconds(10));
            assertThat(outcomes).filteredOn(allowed -> allowed).hasSize(10);
            StepVerifier.create(alone.attempt("a", "owner@example.com"))
                    .assertNext(attempt -> assertThat(attempt.known()).isTrue())
                    .expectComplete()
                    .verify(Duration.ofSeconds(5));
        } finally {
            nowhere.destroy();
        }
    }

    @Test
    void aHouseholdIsOneSource() throws UnknownHostException {
        assertThat(source("2001:db8:1:2::1")).isEqualTo(source("2001:db8:1:2:ffff::9"));
        assertThat(source("2001:db8:1:2::1")).isNotEqualTo(source("2001:db8:1:3::1"));
        assertThat(source("192.0.2.1")).isNotEqualTo(source("192.0.2.2")).doesNotContain("192");
        assertThat(LoginThrottle.source(null)).isEqualTo("unknown");
    }

    private static String source(String address) throws UnknownHostException {
        return LoginThrottle.source(new InetSocketAddress(InetAddress.getByName(address), 1));
    }

    private static void isRateLimit(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMIT_EXCEEDED));
    }

    /** A login from one of this machine's many loopback addresses. */
    private EntityExchangeResult<String> attempt(String address, String email, String password) {
        return WebTestClient.bindToServer(new ReactorClientHttpConnector(
                        HttpClient.newConnection().bindAddress(() -> new InetSocketAddress(address, 0))))
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build()
                .post()
                .uri("/api/v1/auth/login")
                .bodyValue(Map.of("email", email, "password", password))
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }
}
