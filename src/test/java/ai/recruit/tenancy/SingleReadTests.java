package ai.recruit.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SingleReadTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Without any predicate of the tenant: what is seen is what row-level security lets through. */
    private static final String COUNT = "select count(*) as found from candidates c where c.id = any (:ids)";

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    private final UUID owner = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    private Mono<UUID> insert(UUID account) {
        UUID id = UUID.randomUUID();
        return transactions.mono(
                Tenant.account(account),
                () -> database.sql("insert into candidates (id, owner_id, first_name) values (:id, :owner, 'Vera')")
                        .bind("id", id)
                        .bind("owner", account)
                        .then()
                        .thenReturn(id));
    }

    private Mono<Long> count(Tenant tenant, UUID... ids) {
        return transactions.one(
                tenant, COUNT, Map.of("ids", ids), row -> Objects.requireNonNull(row.get("found", Long.class)));
    }

    @Test
    void rowLevelSecurityBindsAStatementThatSetsItsOwnTenant() {
        UUID[] ids = Flux.concat(insert(owner), insert(other))
                .collectList()
                .map(all -> all.toArray(UUID[]::new))
                .block(PATIENCE);
        assertThat(count(Tenant.account(owner), ids).block(PATIENCE)).isEqualTo(1);
        assertThat(count(Tenant.account(UUID.randomUUID()), ids).block(PATIENCE))
                .isZero();
        assertThat(count(Tenant.admin(owner), ids).block(PATIENCE)).isEqualTo(2);
        assertThat(count(Tenant.system(), ids).block(PATIENCE)).isEqualTo(2);
    }

    @Test
    void nobodyInheritsTheTenantOfAStatementBefore() {
        UUID id = insert(owner).block(PATIENCE);
        Mono<Long> without = database.sql(COUNT)
                .bind("ids", new UUID[] {Objects.requireNonNull(id)})
                .map(row -> Objects.requireNonNull(row.get("found", Long.class)))
                .one();
        // More often than there are connections, and more often than PostgreSQL makes a plan for each values alone.
        List<Long> seen = Flux.range(0, 200)
                .flatMap(
                        i -> i % 2 == 0
                                ? count(Tenant.account(owner), id)
                                : without.map(found -> found == 0 ? -1L : -2L),
                        8)
                .collectList()
                .block(PATIENCE);
        assertThat(seen).hasSize(200).containsOnly(1L, -1L);
    }

    @Test
    void withinATransactionItSeesWhatThatHasWritten() {
        StepVerifier.create(transactions.mono(
                        Tenant.account(owner),
                        () -> insert(owner)
                                .flatMap(id -> count(Tenant.account(owner), id)
                                        .doOnNext(found -> assertThat(found).isEqualTo(1))
                                        .then(Mono.<UUID>error(new IllegalStateException(id.toString()))))))
                .verifyError(IllegalStateException.class);
        StepVerifier.create(transactions.together(() -> insert(other).flatMap(id -> count(Tenant.account(other), id))))
                .expectNext(1L)
                .expectComplete()
                .verify(PATIENCE);
    }
}
