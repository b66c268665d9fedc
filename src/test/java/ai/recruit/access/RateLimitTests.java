package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The plan pro has {@value #PRO} requests a minute here; see IntegrationTest. */
class RateLimitTests extends AccessTest {

    private static final int PRO = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private Counters counters;

    @Autowired
    private Plans plans;

    @Autowired
    private ApiKeys apiKeys;

    @Autowired
    private RateProperties properties;

    @Autowired
    private Clock clock;

    private TestAccount with(String plan) {
        TestAccount account = accounts.recruiter();
        patch(accounts.admin(), "/api/v1/accounts/" + account.publicId(), Map.of("plan", plan))
                .expectStatus()
                .isOk();
        return account;
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        TestAccount account = with("pro");
        HttpHeaders first = headers(get(account.token(), "/api/v1/jobs"), HttpStatus.OK);
        assertThat(first.getFirst("X-RateLimit-Limit")).isEqualTo("20");
        assertThat(first.getFirst("X-RateLimit-Remaining")).isEqualTo("19");
        long reset = Long.parseLong(Objects.requireNonNull(first.getFirst("X-RateLimit-Reset")));
        assertThat(reset - clock.instant().getEpochSecond()).isBetween(58L, 62L);
        assertThat(first.getFirst("RateLimit")).matches("\"plan\";r=19;t=6\\d");
        assertThat(first.getFirst("RateLimit-Policy")).isEqualTo("\"hour\";q=1000000;w=3600, \"plan\";q=20;w=60");
        // Errors too.
        assertThat(headers(get(account.token(), "/api/v1/nowhere"), HttpStatus.NOT_FOUND)
                        .getFirst("X-RateLimit-Remaining"))
                .isEqualTo("18");
        assertThat(headers(get(account.token(), "/api/v1/accounts/usr_0"), HttpStatus.FORBIDDEN)
                        .getFirst("X-RateLimit-Remaining"))
                .isEqualTo("17");
        // The recruiter API has a bucket of its own.
        HttpHeaders hourly = headers(me(account.token()), HttpStatus.OK);
        assertThat(hourly.getFirst("X-RateLimit-Limit")).isEqualTo("1000000");
        assertThat(hourly.getFirst("X-RateLimit-Remaining")).isEqualTo("999999");
        assertThat(hourly.getFirst("RateLimit")).startsWith("\"hour\";r=999999;t=36");
    }

    @Test
    void whoAsksTooMuchIsToldWhenToComeAgain() {
        TestAccount account = with("pro");
        for (int i = 0; i < PRO; i++) {
            get(account.token(), "/v1/jobs/").expectStatus().isOk();
        }
        for (int i = 0; i < 3; i++) {
            var answer = get(account.token(), "/api/v1/jobs")
                    .expectBody(JsonNode.class)
                    .returnResult();
            assertThat(answer.getStatus()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
            String seconds = answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER);
            assertThat(Integer.parseInt(Objects.requireNonNull(seconds))).isBetween(50, 62);
            assertThat(answer.getResponseHeaders().getFirst("X-RateLimit-Remaining"))
                    .isEqualTo("0");
            JsonNode error = Objects.requireNonNull(answer.getResponseBody()).path("error");
            assertThat(error.path("code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
            assertThat(error.path("message").asString())
                    .isEqualTo("Too many requests. Please retry after " + seconds + " seconds.");
            assertThat(error.path("retry_after").asString()).isEqualTo(seconds);
        }
        me(account.token()).expectStatus().isOk();
        get(accounts.recruiter().token(), "/api/v1/jobs").expectStatus().isOk();
    }

    @Test
    void peopleHaveThePlanOfTheirRoleUnlessAnotherIsSet() {
        TestAccount admin = accounts.admin();
        assertThat(plan(admin, accounts.recruiter())).isEqualTo("enterprise");
        assertThat(plan(admin, accounts.candidate())).isEqualTo("free");
        TestAccount account = with("pro");
        assertThat(plan(admin, account)).isEqualTo("pro");
        patch(admin, "/api/v1/accounts/" + account.publicId(), Map.of("plan", ""))
                .expectStatus()
                .isOk();
        assertThat(plan(admin, account)).isEqualTo("enterprise");
        assertThat(plans.of(account.id(), Role.RECRUITER)).isEqualTo(Plan.ENTERPRISE);
        refused(
                patch(admin, "/api/v1/accounts/" + account.publicId(), Map.of("plan", "gold")),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST");
    }

    private String plan(TestAccount admin, TestAccount account) {
        return json(get(admin.token(), "/api/v1/accounts/" + account.publicId()), HttpStatus.OK)
                .path("plan")
                .asString();
    }

    @Test
    void aServiceKeyHasABucketOfItsOwn() {
        TestAccount admin = accounts.admin();
        String key = json(
                        post(
                                admin,
                                "/api/v1/api-keys",
                                Map.of("name", "Feed", "scopes", List.of("jobs:read"), "plan", "pro")),
                        HttpStatus.CREATED)
                .path("key")
                .asString();
        for (int i = 0; i <= PRO; i++) {
            http.get()
                    .uri("/api/v1/jobs")
                    .header("X-API-Key", key)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(i < PRO ? HttpStatus.OK : HttpStatus.TOO_MANY_REQUESTS);
        }
        get(admin.token(), "/api/v1/jobs").expectStatus().isOk();
    }

    /** A request that was let through at some instant between these two. */
    private record Passed(long from, long to) {}

    @Test
    void nodesTogetherNeverPassMoreThanTheLimitInAnyWindow() {
        int most = 60;
        Duration window = Duration.ofMillis(1_500);
        RateLimit limit = new RateLimit("test", most, window);
        List<RateLimits> nodes = List.of(node(counters), node(counters));
        Caller caller = new Caller(UUID.randomUUID(), Role.RECRUITER, UUID.randomUUID(), Set.of(), Instant.MAX);
        Random random = new Random(4);
        long began = System.nanoTime();
        List<Passed> passed = new ArrayList<>();
        int asked = 0;
        while (System.nanoTime() - began < Duration.ofSeconds(9).toNanos()) {
            int burst = 1 + random.nextInt(80);
            asked += burst;
            passed.addAll(Objects.requireNonNull(Flux.range(0, burst)
                    .flatMap(
                            i -> {
                                long from = System.nanoTime();
                                return nodes.get(random.nextInt(2))
                                        .take(caller, limit)
                                        .filter(RateLimits.Outcome::admitted)
                                        .map(outcome -> new Passed(from, System.nanoTime()));
                            },
                            1 + random.nextInt(20))
                    .collectList()
                    .block(PATIENCE)));
            Mono.delay(Duration.ofMillis(random.nextInt(100)))
                    .then(nodes.get(random.nextInt(2)).maintain())
                    .block(PATIENCE);
        }
        assertThat(asked).isGreaterThan(2_000);
        assertThat(mostInAWindow(passed, window)).isLessThanOrEqualTo(most);
        // Nor much less: it comes round after a window and the time that a node may take.
        assertThat(passed).hasSizeGreaterThan(3 * most);
    }

    /** The most requests that certainly fell into one window. */
    private static int mostInAWindow(List<Passed> passed, Duration window) {
        List<Passed> sorted =
                passed.stream().sorted(Comparator.comparingLong(Passed::from)).toList();
        int most = 0;
        for (Passed first : sorted) {
            most = Math.max(most, (int) sorted.stream()
                    .filter(each -> each.from() >= first.from() && each.to() <= first.from() + window.toNanos())
                    .count());
        }
        return most;
    }

    @Test
    void aFastClientIsCountedWithoutAskingRedisEachTime() {
        RateLimits node = node(counters);
        RateLimit limit = new RateLimit("test", 100_000, Duration.ofMinutes(1));
        Caller caller = new Caller(UUID.randomUUID(), Role.RECRUITER, UUID.randomUUID(), Set.of(), Instant.MAX);
        long before = counters.asked();
        List<Long> left = Objects.requireNonNull(Flux.range(0, 5_000)
                .concatMap(i -> node.take(caller, limit).map(RateLimits.Outcome::left))
                .collectList()
                .block(PATIENCE));
        assertThat(counters.asked() - before).isLessThan(1_000);
        assertThat(left).hasSize(5_000).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(left.get(4_999)).isEqualTo(95_000);
    }

    @Test
    void aSingleNodePassesExactlyTheLimit() {
        RateLimits node = node(counters);
        RateLimit limit = new RateLimit("test", 300, Duration.ofMinutes(1));
        Caller caller = new Caller(UUID.randomUUID(), Role.RECRUITER, UUID.randomUUID(), Set.of(), Instant.MAX);
        Long passed = Flux.range(0, 400)
                .flatMap(i -> node.take(caller, limit), 8)
                .filter(RateLimits.Outcome::admitted)
                .count()
                .block(PATIENCE);
        assertThat(passed).isEqualTo(300);
    }

    @Test
    void countsOnItsOwnWhileRedisIsAway() {
        LettuceConnectionFactory nowhere = new LettuceConnectionFactory("127.0.0.1", 1);
        nowhere.afterPropertiesSet();
        nowhere.start();
        try {
            RateLimits alone = node(new Counters(new ReactiveStringRedisTemplate(nowhere), clock));
            RateLimit limit = new RateLimit("test", 10, Duration.ofMinutes(1));
            Caller caller = new Caller(UUID.randomUUID(), Role.RECRUITER, UUID.randomUUID(), Set.of(), Instant.MAX);
            List<RateLimits.Outcome> outcomes = Objects.requireNonNull(Flux.range(0, 12)
                    .concatMap(i -> alone.take(caller, limit))
                    .collectList()
                    .block(PATIENCE));
            assertThat(outcomes.subList(0, 10)).allMatch(RateLimits.Outcome::admitted);
            assertThat(outcomes.subList(10, 12)).noneMatch(RateLimits.Outcome::admitted);
            assertThat(outcomes.get(0).left()).isEqualTo(9);
            assertThat(outcomes.get(11).freesAfter()).isBetween(50_000L, 61_000L);
        } finally {
            nowhere.destroy();
        }
    }

    private RateLimits node(Counters shared) {
        return new RateLimits(shared, plans, apiKeys, properties, clock);
    }

    private static HttpHeaders headers(ResponseSpec response, HttpStatus expected) {
        return response.expectStatus()
                .isEqualTo(expected)
                .expectBody()
                .returnResult()
                .getResponseHeaders();
    }
}
