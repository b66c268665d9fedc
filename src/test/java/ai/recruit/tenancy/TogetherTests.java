package ai.recruit.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class TogetherTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    private record Seen(long transaction, String account) {}

    /** Which transaction this is, and for whom: asked twice, with a pause in between. */
    private Mono<Seen> see(UUID account) {
        return transactions.mono(
                Tenant.account(account),
                () -> ask().delayElement(Duration.ofMillis(10))
                        .flatMap(first -> ask().map(second -> {
                            assertThat(second).isEqualTo(first);
                            return second;
                        })));
    }

    private Mono<Seen> ask() {
        return database.sql("select pg_current_xact_id()::text::bigint as id, recruit_account()::text as account")
                .map(row -> new Seen(
                        Objects.requireNonNull(row.get("id", Long.class)),
                        Objects.requireNonNull(row.get("account", String.class))))
                .one();
    }

    @Test
    void piecesShareATransactionAndKeepTheirOwnTenantEvenAtTheSameTime() {
        List<UUID> tenants =
                Flux.range(0, 12).map(i -> UUID.randomUUID()).collectList().block(PATIENCE);
        List<Seen> seen = transactions
                .together(() -> Flux.fromIterable(Objects.requireNonNull(tenants))
                        .flatMapSequential(this::see, 12)
                        .concatWith(Flux.fromIterable(tenants).concatMap(this::see))
                        .collectList())
                .block(PATIENCE);
        assertThat(Objects.requireNonNull(seen).subList(0, 12))
                .extracting(Seen::account)
                .containsExactlyElementsOf(tenants.stream().map(UUID::toString).toList());
        Set<Long> ids = new TreeSet<>(seen.stream().map(Seen::transaction).toList());
        assertThat(ids).hasSize(1);
        Seen outside = see(UUID.randomUUID()).block(PATIENCE);
        assertThat(ids).doesNotContain(Objects.requireNonNull(outside).transaction());
    }

    @Test
    void aPieceWithinAPieceDoesNotWaitForItself() {
        UUID tenant = UUID.randomUUID();
        StepVerifier.create(transactions.together(() -> transactions.mono(Tenant.account(tenant), () -> see(tenant))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void allOfItHappensOrNothing() {
        UUID account = accounts.recruiter().id();
        Mono<Long> write = transactions.mono(
                Tenant.system(),
                () -> database.sql("update account set first_name = 'Changed' where id = :id")
                        .bind("id", account)
                        .fetch()
                        .rowsUpdated());
        StepVerifier.create(transactions.together(() -> write.then(Mono.error(new IllegalStateException("no")))))
                .expectErrorMessage("no")
                .verify(PATIENCE);
        assertThat(firstName(account)).isEqualTo("Test");
        StepVerifier.create(transactions.together(() -> write.then(see(account))))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(firstName(account)).isEqualTo("Changed");
    }

    @Test
    void betweenThePiecesThereIsNoTransaction() {
        StepVerifier.create(transactions.together(() -> TransactionSynchronizationManager.forCurrentTransaction()
                        .map(transaction -> "a transaction")
                        .onErrorReturn("none")))
                .expectNext("none")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void whoDoesNotWaitForHisTurnLetsTheOthersHaveTheirs() {
        UUID tenant = UUID.randomUUID();
        Mono<Long> results = transactions.together(() -> Flux.range(0, 6)
                .flatMap(i -> i % 2 == 0 ? see(tenant) : see(tenant).timeout(Duration.ofMillis(1), Mono.empty()), 6)
                .count());
        StepVerifier.create(results)
                .assertNext(count -> assertThat(count).isGreaterThanOrEqualTo(3))
                .expectComplete()
                .verify(PATIENCE);
    }

    private String firstName(UUID account) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("select first_name from account where id = :id")
                                .bind("id", account)
                                .map(row -> Objects.requireNonNull(row.get("first_name", String.class)))
                                .one())
                .block(PATIENCE);
    }
}
