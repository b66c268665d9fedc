package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.StartupFailure;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

class FirstAdministratorTests extends AccessTest {

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private AccountRepository repository;

    @Autowired
    private Accounts all;

    @Autowired
    private Passwords passwords;

    @Autowired
    private Clock clock;

    @Test
    void isMadeAndToldOnceWhenThereIsNone() {
        FirstAdministrator first = first(Map.of());
        FirstAdministrator second = first(Map.of());
        List<Account> made = inAnEmptyDatabase(
                first.ensure().then(second.ensure()).then(repository.findByEmail(FirstAdministrator.DEFAULT_EMAIL)));
        assertThat(made).singleElement().satisfies(account -> {
            assertThat(account.role()).isEqualTo(Role.ADMIN);
            assertThat(account.status()).isEqualTo(AccountStatus.ACTIVE);
        });
        List<String> lines = first.lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains(FirstAdministrator.DEFAULT_EMAIL);
        String password = lines.get(1).split("\\s+", -1)[1];
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        Passwords.Verdict verdict =
                passwords.verify(password, made.get(0).passwordHash(), false).block(Duration.ofSeconds(10));
        assertThat(verdict).isNotNull().extracting(Passwords.Verdict::matches).isEqualTo(true);
        assertThat(first.lines()).isEmpty();
        assertThat(second.lines()).isEmpty();
    }

    @Test
    void isTheOneThatTheEnvironmentNames() {
        String email = "boss-" + UUID.randomUUID() + "@example.com";
        FirstAdministrator named =
                first(Map.of("recruit.access.admin-email", email, "recruit.access.admin-password", "four plain words"));
        List<Account> made = inAnEmptyDatabase(named.ensure().then(repository.findByEmail(email)));
        assertThat(made).hasSize(1);
        assertThat(String.join(" ", named.lines())).contains(email).doesNotContain("four plain words");
    }

    @Test
    void isNotMadeBesideOneThatHasLoggedIn() {
        String email = "boss-" + UUID.randomUUID() + "@example.com";
        var admin = accounts.admin();
        login(admin.email(), admin.password()).expectStatus().isOk();
        FirstAdministrator named =
                first(Map.of("recruit.access.admin-email", email, "recruit.access.admin-password", "four plain words"));
        named.ensure().block(Duration.ofSeconds(10));
        assertThat(transactions
                        .mono(Tenant.system(), () -> repository.findByEmail(email))
                        .block(Duration.ofSeconds(10)))
                .isNull();
        assertThat(named.lines()).isEmpty();
    }

    @Test
    void mustHaveAnAddressAndAGoodPassword() {
        assertThatThrownBy(() ->
                        first(Map.of("recruit.access.admin-email", "nonsense")).ensure())
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("RECRUIT_ADMIN_EMAIL");
        assertThatThrownBy(() ->
                        first(Map.of("recruit.access.admin-password", "short")).ensure())
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("RECRUIT_ADMIN_PASSWORD");
    }

    private FirstAdministrator first(Map<String, String> environment) {
        AccessProperties properties = new Binder(new MapConfigurationPropertySource(environment))
                .bindOrCreate("recruit.access", AccessProperties.class);
        return new FirstAdministrator(transactions, repository, all, passwords, properties, clock);
    }

    /** Runs in a transaction without administrators, which is rolled back, since other tests have theirs. */
    private <T> List<T> inAnEmptyDatabase(Mono<T> work) {
        List<T> seen = new ArrayList<>();
        Mono<Void> attempt = transactions.mono(
                Tenant.system(),
                () -> database.sql("""
                        update account set status = 'suspended', email = id || email where role = 'admin'
                        """).then().then(work).doOnNext(seen::add).then(Mono.error(new RolledBack())));
        attempt.onErrorResume(RolledBack.class, done -> Mono.empty()).block(Duration.ofSeconds(20));
        return seen;
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
