package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Events;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import reactor.core.Disposable;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

class RevocationTests extends AccessTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    @Autowired
    private Accesses accesses;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Events events;

    @Autowired
    private AccessProperties properties;

    @Autowired
    private Clock clock;

    @Autowired
    private JsonMapper json;

    @Autowired
    private RuleBook rules;

    @Autowired
    private AccessTrail trail;

    @Test
    void refusesASuspendedAccountAtOnceAndAfterItIsActiveAgain() {
        TestAccount admin = accounts.admin();
        TestAccount account = accounts.recruiter();
        change(admin, account, Map.of("status", "suspended"));
        refused(me(account.token()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(
                post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken())),
                HttpStatus.UNAUTHORIZED,
                "INVALID_TOKEN");
        change(admin, account, Map.of("status", "active"));
        refused(me(account.token()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        login(account.email(), account.password()).expectStatus().isOk();
    }

    @Test
    void refusesTokensWithTheRoleOfBefore() {
        TestAccount account = accounts.admin();
        change(accounts.admin(), account, Map.of("role", "recruiter"));
        refused(get(account.token(), "/api/v1/accounts"), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void endsOpenStreamsWithinASecond() {
        TestAccount admin = accounts.admin();
        ends(admin, Map.of("status", "suspended"));
        ends(admin, Map.of("role", "candidate"));
    }

    private void ends(TestAccount admin, Map<String, String> change) {
        TestAccount account = accounts.recruiter();
        FluxExchangeResult<String> stream = http.get()
                .uri("/api/events")
                .headers(account::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class);
        AtomicReference<Instant> changed = new AtomicReference<>(Instant.MAX);
        StepVerifier.create(stream.getResponseBody())
                .then(() -> {
                    change(admin, account, change);
                    changed.set(Instant.now());
                })
                .thenConsumeWhile(any -> true)
                .expectComplete()
                .verify(Duration.ofSeconds(10));
        assertThat(Duration.between(changed.get(), Instant.now())).isLessThan(SOON);
    }

    @Test
    void reachesAnotherNodeWithinASecond() {
        Node node = new Node();
        Disposable following = node.follower.follow().subscribe();
        try {
            TestAccount suspended = accounts.recruiter();
            String key = accounts.apiKey("jobs:read");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() ->
                            node.apiKeys.authenticate(key).onErrorComplete().block(SOON) != null);
            StepVerifier.create(node.revocations.ended(suspended.caller()))
                    .then(() -> change(accounts.admin(), suspended, Map.of("status", "suspended")))
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
            within(() -> node.revocations.isRevoked(suspended.caller().sessionId()));

            TestAccount recruiter = accounts.recruiter();
            change(accounts.admin(), recruiter, Map.of("plan", "pro"));
            within(() -> node.plans.of(recruiter.id(), Role.RECRUITER) == Plan.PRO);
            change(accounts.admin(), recruiter, Map.of("plan", ""));
            within(() -> node.plans.of(recruiter.id(), Role.RECRUITER) == Plan.ENTERPRISE);

            Caller caller = node.apiKeys.authenticate(key).block(SOON);
            assertThat(caller).isNotNull();
            if (caller != null) {
                http.delete()
                        .uri("/api/v1/api-keys/{id}", ai.recruit.kernel.IdKind.API_KEY.format(caller.sessionId()))
                        .headers(accounts.admin()::authorize)
                        .exchange()
                        .expectStatus()
                        .isNoContent();
                within(() -> node.revocations.isRevoked(caller.sessionId()));
            }
        } finally {
            following.dispose();
        }
    }

    @Test
    void isKnownToANodeThatStartsLater() {
        TestAccount account = accounts.recruiter();
        change(accounts.admin(), account, Map.of("status", "suspended"));
        Node node = new Node();
        node.follower.load().block(Duration.ofSeconds(10));
        assertThat(node.revocations.isRevoked(account.caller().sessionId())).isTrue();
    }

    @Test
    void endsStreamsWithTheirToken() {
        TestAccount account = accounts.recruiter();
        Caller ending = new Caller(
                account.id(),
                Role.RECRUITER,
                account.caller().sessionId(),
                Set.of(),
                Instant.now().plusMillis(300));
        StepVerifier.create(accesses.revoked(ending)).expectComplete().verify(Duration.ofSeconds(5));
        StepVerifier.create(accesses.revoked(ending)).expectComplete().verify(Duration.ofSeconds(5));
        // Not in virtual time: that would take the clock away from the loops of the running service.
        StepVerifier.create(accesses.revoked(account.caller()))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(500))
                .thenCancel()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void letsAStreamOfARevokedSessionGoAtOnceAndKeepsNothing() {
        Revocations revocations = new Revocations(transactions, database, properties, clock);
        UUID session = UUID.randomUUID();
        Caller caller = new Caller(UUID.randomUUID(), Role.RECRUITER, session, Set.of(), Instant.MAX);
        Disposable waiting = revocations.ended(caller).subscribe();
        assertThat(revocations.watched()).isEqualTo(1);
        waiting.dispose();
        assertThat(revocations.watched()).isZero();
        revocations.revoke(java.util.List.of(session));
        StepVerifier.create(revocations.ended(caller)).expectComplete().verify(SOON);
        assertThat(revocations.watched()).isZero();
    }

    private void change(TestAccount admin, TestAccount account, Map<String, String> change) {
        patch(admin, "/api/v1/accounts/" + account.publicId(), change)
                .expectStatus()
                .isOk();
    }

    private static void within(Supplier<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(condition::get);
    }

    /** What another process would hold. */
    private final class Node {

        private final Revocations revocations = new Revocations(transactions, database, properties, clock);
        private final ApiKeys apiKeys = new ApiKeys(transactions, database, rules, revocations, events, trail, clock);
        private final Plans plans = new Plans(transactions, database);
        private final AccessFollower follower = new AccessFollower(events, revocations, apiKeys, plans, json);
    }
}
