package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.kernel.StartupFailure;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SigningKeysTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Secrets secrets;

    @Autowired
    private AccessProperties properties;

    @Autowired
    private Clock clock;

    @Test
    void rotateOnScheduleAndOutliveTheirTokens() {
        SigningKeys keys = node(clock);
        rolledBack(keys.maintain().then(Mono.fromRunnable(() -> {
            assertThat(keys.published()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(keys.signing().signsFrom()).isBeforeOrEqualTo(clock.instant());
        })));
        Clock later = Clock.offset(clock, properties.keyRotation().plusMinutes(1));
        SigningKeys next = node(later);
        Clock end = Clock.offset(later, Duration.ofHours(2));
        SigningKeys last = node(end);
        rolledBack(keys.maintain()
                .then(next.maintain())
                .then(Mono.fromRunnable(() -> {
                    String before = keys.signing().kid();
                    assertThat(next.signing().kid()).isNotEqualTo(before);
                    // It was published before it signed.
                    assertThat(keys.find(next.signing().kid())).isPresent();
                    // And the one before stays for as long as its last token.
                    SigningKey old = next.find(before).orElseThrow();
                    assertThat(old.retiresAt())
                            .isAfter(later.instant().plus(properties.tokenLifetime()))
                            .isBefore(later.instant()
                                    .plus(properties.tokenLifetime().plusMinutes(5)));
                    assertThat(next.published())
                            .filteredOn(key -> key.signsFrom().isAfter(later.instant()))
                            .hasSize(1);
                }))
                .then(Mono.defer(last::maintain))
                .then(Mono.fromRunnable(() -> {
                    assertThat(last.find(keys.signing().kid())).isEmpty();
                    assertThat(last.signing().kid()).isEqualTo(next.signing().kid());
                })));
    }

    @Test
    void areMadeOnceByManyNodesAtOnce() {
        Instant now = clock.instant();
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("delete from signing_key where signs_from > :now")
                                .bind("now", now)
                                .then())
                .block(PATIENCE);
        List<SigningKeys> nodes =
                IntStream.range(0, 5).mapToObj(i -> node(clock)).toList();
        Flux.fromIterable(nodes).flatMap(SigningKeys::maintain).blockLast(PATIENCE);
        assertThat(nodes)
                .allSatisfy(node -> assertThat(node.published())
                        .filteredOn(key -> key.signsFrom().isAfter(now))
                        .hasSize(1))
                .extracting(node -> node.signing().kid())
                .containsOnly(nodes.get(0).signing().kid());
    }

    @Test
    void doNotOpenWithAnotherSecret() {
        SigningKeys stranger =
                new SigningKeys(transactions, database, new Secrets(clock, "another secret", null), properties, clock);
        StepVerifier.create(stranger.maintain())
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(StartupFailure.class)
                        .hasMessageContaining("SECRET_KEY")
                        .hasMessageNotContaining("\n"))
                .verify(PATIENCE);
    }

    private SigningKeys node(Clock its) {
        return new SigningKeys(transactions, database, secrets, properties, its);
    }

    /** Leaves the keys of the running service as they are. */
    private void rolledBack(Mono<Void> work) {
        Mono<Void> attempt = transactions.mono(Tenant.system(), () -> work.then(Mono.error(new RolledBack())));
        StepVerifier.create(attempt).expectError(RolledBack.class).verify(PATIENCE);
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
