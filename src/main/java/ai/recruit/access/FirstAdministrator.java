package ai.recruit.access;

import ai.recruit.kernel.StartupFailure;
import ai.recruit.kernel.StartupNotice;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes the first administrator when no administrator has ever logged in: the one that the environment names, or, when
 * there is none at all, one with a generated password that is printed once and stored nowhere.
 */
@Component
class FirstAdministrator implements StartupNotice {

    static final String DEFAULT_EMAIL = "admin@recruit.local";

    private final TenantTransactions transactions;
    private final AccountRepository repository;
    private final Accounts accounts;
    private final Passwords passwords;
    private final AccessProperties properties;
    private final Clock clock;
    private final AtomicReference<List<String>> notice = new AtomicReference<>(List.of());

    FirstAdministrator(
            TenantTransactions transactions,
            AccountRepository repository,
            Accounts accounts,
            Passwords passwords,
            AccessProperties properties,
            Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.accounts = accounts;
        this.passwords = passwords;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public List<String> lines() {
        return notice.getAndSet(List.of());
    }

    Mono<Void> ensure() {
        String email = text(properties.adminEmail());
        String given = text(properties.adminPassword());
        AccountFields fields = new AccountFields();
        String address = email == null ? DEFAULT_EMAIL : fields.email(email);
        String password = given == null ? Randoms.token("").substring(0, 20) : fields.password(given, address);
        try {
            fields.verify();
        } catch (RuntimeException wrong) {
            throw new StartupFailure(
                    "RECRUIT_ADMIN_EMAIL or RECRUIT_ADMIN_PASSWORD cannot be used: " + wrong.getMessage(), wrong);
        }
        boolean named = email != null || given != null;
        return transactions
                .mono(Tenant.system(), repository::administrators)
                .filter(present -> isMissing(present, named))
                .flatMap(missing -> passwords.hash(password))
                .flatMap(hash -> transactions.mono(
                        Tenant.system(),
                        // Another node that starts at the same time has made it, or waits here.
                        () -> repository
                                .lockAdministrators()
                                .then(repository.administrators())
                                .filter(present -> isMissing(present, named))
                                .flatMap(missing -> accounts.insert(administrator(address, hash)))))
                .doOnNext(made -> {
                    if (made) {
                        notice.set(
                                given == null
                                        ? List.of(
                                                "Admin    " + address, "Password " + password + "  (printed this once)")
                                        : List.of("Admin    " + address));
                    }
                })
                .then();
    }

    private static boolean isMissing(AccountRepository.Administrators present, boolean named) {
        return present.active() == 0 || (named && present.used() == 0);
    }

    private Account administrator(String email, String hash) {
        Instant now = clock.instant();
        return new Account(
                UuidV7.next(clock), email, hash, Role.ADMIN, AccountStatus.ACTIVE, null, null, null, now, now, null);
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
