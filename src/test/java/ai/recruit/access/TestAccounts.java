package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Accounts for tests: {@code accounts.recruiter()} is a new one, logged in. The rows are real, and so are the tokens; only
 * the password's hash is shared, because hashing is slow by design.
 */
@Component
public class TestAccounts {

    /** The password of every account made here. */
    public static final String PASSWORD = "four unrelated plain words";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicReference<String> HASH = new AtomicReference<>();

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final ApiKeys apiKeys;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Tokens tokens;
    private final SigningKeys keys;
    private final AccessProperties properties;
    private final Clock clock;

    TestAccounts(
            TenantTransactions transactions,
            Accounts accounts,
            ApiKeys apiKeys,
            Sessions sessions,
            Passwords passwords,
            Tokens tokens,
            SigningKeys keys,
            AccessProperties properties,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.apiKeys = apiKeys;
        this.sessions = sessions;
        this.passwords = passwords;
        this.tokens = tokens;
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    public TestAccount candidate() {
        return make(Role.CANDIDATE);
    }

    public TestAccount recruiter() {
        return make(Role.RECRUITER);
    }

    public TestAccount admin() {
        return make(Role.ADMIN);
    }

    /** A service key of a new administrator; to be sent in {@code X-API-Key}. */
    public String apiKey(String... scopes) {
        ApiKey.Response key = apiKeys.create(admin().caller(), new NewApiKey("test", List.of(scopes), null, null, null))
                .block(PATIENCE);
        if (key == null || key.key() == null) {
            throw new IllegalStateException();
        }
        return key.key();
    }

    /** A service key in the name of that account. */
    public String apiKeyOf(TestAccount account, String... scopes) {
        ApiKey.Response key = apiKeys.create(
                        admin().caller(), new NewApiKey("test", List.of(scopes), account.publicId(), null, null))
                .block(PATIENCE);
        if (key == null || key.key() == null) {
            throw new IllegalStateException();
        }
        return key.key();
    }

    /** A token of that account that was good until an hour ago. */
    public String expired(TestAccount account) {
        return new Tokens(
                        keys,
                        properties,
                        Clock.offset(
                                clock, properties.tokenLifetime().plusHours(1).negated()))
                .issue(account.id(), account.caller().role(), account.caller().sessionId());
    }

    /** The same account in a session of its own. */
    public TestAccount again(TestAccount account) {
        Sessions.Refreshed session = transactions
                .mono(Tenant.system(), () -> sessions.begin(account.id()))
                .block(PATIENCE);
        if (session == null) {
            throw new IllegalStateException();
        }
        Role role = account.caller().role();
        return new TestAccount(
                account.id(),
                account.publicId(),
                account.email(),
                account.password(),
                tokens.issue(account.id(), role, session.sessionId()),
                session.refreshToken(),
                new Caller(
                        account.id(),
                        role,
                        session.sessionId(),
                        Set.of(),
                        clock.instant().plusSeconds(3600)));
    }

    private TestAccount make(Role role) {
        UUID id = UuidV7.next(clock);
        String email = role.word() + '-' + id + "@example.com";
        Instant now = clock.instant();
        Account account =
                new Account(id, email, hash(), role, AccountStatus.ACTIVE, null, "Test", role.word(), now, now, null);
        Sessions.Refreshed session = transactions
                .mono(Tenant.system(), () -> accounts.insert(account).then(sessions.begin(id)))
                .block(PATIENCE);
        if (session == null) {
            throw new IllegalStateException();
        }
        String token = tokens.issue(id, role, session.sessionId());
        Caller caller = new Caller(id, role, session.sessionId(), Set.of(), now.plusSeconds(3600));
        return new TestAccount(id, IdKind.ACCOUNT.format(id), email, PASSWORD, token, session.refreshToken(), caller);
    }

    private String hash() {
        String known = HASH.get();
        if (known == null) {
            known = Mono.defer(() -> passwords.hash(PASSWORD)).block(PATIENCE);
            HASH.set(known);
        }
        if (known == null) {
            throw new IllegalStateException();
        }
        return known;
    }

    /**
     * An account that is logged in.
     *
     * @param publicId {@code usr_...}
     * @param token an access token
     */
    public record TestAccount(
            UUID id, String publicId, String email, String password, String token, String refreshToken, Caller caller) {

        /** For {@code headers(account::authorize)} of a test client. */
        public void authorize(HttpHeaders headers) {
            headers.setBearerAuth(token);
        }
    }
}
