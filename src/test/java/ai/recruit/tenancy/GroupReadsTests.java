package ai.recruit.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class GroupReadsTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Without any predicate of the tenant: what is seen is what row-level security lets through. */
    private static final String NAME = "select c.first_name from candidates c where c.id = :id";

    /** When the statement began, which is the same for all reads that it makes. */
    private static final String BEGINNING = "select statement_timestamp() as began where :id is not null";

    private static final UUID SLOW = UUID.randomUUID();

    /** The read of one id takes three seconds. */
    private static final String SLOW_FOR_ONE =
            "select pg_sleep(case when :id = '" + SLOW + "'::uuid then 3 else 0 end) is not null as slept";

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
                () -> database.sql("insert into candidates (id, owner_id, first_name) values (:id, :owner, :name)")
                        .bind("id", id)
                        .bind("owner", account)
                        .bind("name", "Vera " + id)
                        .then()
                        .thenReturn(id));
    }

    /** The name of a candidate, "none" when there is none to be seen. */
    private Mono<String> name(Tenant tenant, UUID id) {
        return transactions
                .row(tenant, NAME, id, row -> Objects.requireNonNull(row.get("first_name", String.class)))
                .defaultIfEmpty("none");
    }

    private Mono<OffsetDateTime> beginning(Tenant tenant) {
        return transactions.row(
                tenant,
                BEGINNING,
                UUID.randomUUID(),
                row -> Objects.requireNonNull(row.get("began", OffsetDateTime.class)));
    }

    private Mono<UUID> slept(UUID id) {
        return transactions.row(Tenant.account(owner), SLOW_FOR_ONE, id, row -> id);
    }

    @Test
    void rowLevelSecurityBindsAStatementThatSetsItsOwnTenant() {
        UUID own = Objects.requireNonNull(insert(owner).block(PATIENCE));
        UUID foreign = Objects.requireNonNull(insert(other).block(PATIENCE));
        assertThat(name(Tenant.account(owner), own).block(PATIENCE)).isEqualTo("Vera " + own);
        assertThat(name(Tenant.account(owner), foreign).block(PATIENCE)).isEqualTo("none");
        assertThat(name(Tenant.admin(owner), foreign).block(PATIENCE)).isEqualTo("Vera " + foreign);
        assertThat(name(Tenant.system(), foreign).block(PATIENCE)).isEqualTo("Vera " + foreign);
    }

    @Test
    void nobodyInheritsTheTenantOfAStatementBefore() {
        UUID id = Objects.requireNonNull(insert(owner).block(PATIENCE));
        Mono<Long> without = database.sql("select count(*) as found from candidates c where c.id = :id")
                .bind("id", id)
                .map(row -> Objects.requireNonNull(row.get("found", Long.class)))
                .one();
        // More often than there are connections, and more often than PostgreSQL makes a plan for each values alone.
        List<String> seen = Flux.range(0, 200)
                .flatMap(
                        i -> i % 2 == 0
                                ? name(Tenant.account(owner), id)
                                : without.map(found -> found == 0 ? "nothing" : "something"),
                        8)
                .distinct()
                .collectList()
                .block(PATIENCE);
        assertThat(seen).containsExactlyInAnyOrder("Vera " + id, "nothing");
    }

    @Test
    void withinATransactionItSeesWhatThatHasWritten() {
        StepVerifier.create(transactions.mono(
                        Tenant.account(owner),
                        () -> insert(owner)
                                .flatMap(id -> name(Tenant.account(owner), id)
                                        .doOnNext(name -> assertThat(name).isEqualTo("Vera " + id))
                                        .then(Mono.<UUID>error(new IllegalStateException(id.toString()))))))
                .verifyError(IllegalStateException.class);
        StepVerifier.create(transactions.together(() -> insert(other)
                        .flatMap(id -> name(Tenant.account(other), id).map(name -> name.endsWith("" + id)))))
                .expectNext(true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void readsThatComeTogetherShareStatementsWithinTheirTenant() {
        int readers = 60;
        List<OffsetDateTime> own = new ArrayList<>();
        List<OffsetDateTime> others = new ArrayList<>();
        Flux.range(0, readers)
                .flatMap(
                        i -> i % 2 == 0
                                ? beginning(Tenant.account(owner)).doOnNext(own::add)
                                : beginning(Tenant.account(other)).doOnNext(others::add),
                        readers)
                .then()
                .block(PATIENCE);
        assertThat(own).hasSize(readers / 2);
        assertThat(others).hasSize(readers / 2);
        assertThat(own.stream().distinct().count()).isLessThan(readers / 4);
        assertThat(others.stream().distinct().count()).isLessThan(readers / 4);
        assertThat(own).doesNotContainAnyElementsOf(others);
    }

    @Test
    void eachGetsItsOwnRowOfASharedStatement() {
        List<UUID> ids = Objects.requireNonNull(Flux.range(0, 90)
                .concatMap(i -> insert(i % 3 == 0 ? other : owner))
                .collectList()
                .block(PATIENCE));
        List<UUID> twice = Flux.concat(Flux.fromIterable(ids), Flux.fromIterable(ids))
                .collectList()
                .block(PATIENCE);
        for (int round = 0; round < 10; round++) {
            Flux.fromIterable(Objects.requireNonNull(twice))
                    .flatMap(
                            id -> Mono.zip(name(Tenant.account(owner), id), name(Tenant.account(other), id))
                                    .doOnNext(names -> {
                                        String right = "Vera " + id;
                                        boolean foreign = ids.indexOf(id) % 3 == 0;
                                        assertThat(names.getT1()).isEqualTo(foreign ? "none" : right);
                                        assertThat(names.getT2()).isEqualTo(foreign ? right : "none");
                                    }),
                            200)
                    .then()
                    .block(PATIENCE);
        }
    }

    @Test
    void aStatementThatHangsHoldsUpNobodyWhoComesLater() {
        StepVerifier.create(Flux.merge(
                        slept(SLOW),
                        Mono.delay(Duration.ofMillis(200)).then(Mono.defer(() -> slept(UUID.randomUUID())))))
                .expectNextMatches(first -> !first.equals(SLOW))
                .expectNext(SLOW)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aRowThatCannotBeReadFailsNobodyElse() {
        UUID broken = UUID.randomUUID();
        List<String> outcomes = Flux.range(0, 40)
                .flatMap(
                        i -> transactions
                                .row(Tenant.account(owner), BEGINNING, i == 7 ? broken : UUID.randomUUID(), row -> {
                                    if (i == 7) {
                                        throw new IllegalStateException("broken");
                                    }
                                    return "read";
                                })
                                .onErrorResume(IllegalStateException.class, failure -> Mono.just("failed")),
                        40)
                .collectList()
                .block(PATIENCE);
        assertThat(outcomes).hasSize(40).containsOnlyOnce("failed");
        assertThat(outcomes.stream().filter("read"::equals)).hasSize(39);
    }

    @Test
    void aStatementThatPostgresqlRefusesFailsItsReadersAndNobodyAfterThem() {
        UUID nought = UUID.randomUUID();
        String division = "select 1 / (case when :id = '" + nought + "'::uuid then 0 else 1 end) as ratio";
        Mono<Integer> broken =
                transactions.row(Tenant.account(owner), division, nought, row -> row.get("ratio", Integer.class));
        StepVerifier.create(broken)
                .expectError(org.springframework.dao.DataAccessException.class)
                .verify(PATIENCE);
        StepVerifier.create(transactions.row(
                        Tenant.account(owner), division, UUID.randomUUID(), row -> row.get("ratio", Integer.class)))
                .expectNext(1)
                .expectComplete()
                .verify(PATIENCE);
    }
}
