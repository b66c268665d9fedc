package ai.recruit.access;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The accounts, as the administrator keeps them. */
@Component
class Accounts {

    static final String CHANGED = "account.changed";

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private final TenantTransactions transactions;
    private final AccountRepository repository;
    private final Sessions sessions;
    private final Revocations revocations;
    private final ApiKeys apiKeys;
    private final Plans plans;
    private final Passwords passwords;
    private final Events events;
    private final AccessTrail trail;
    private final Clock clock;

    Accounts(
            TenantTransactions transactions,
            AccountRepository repository,
            Sessions sessions,
            Revocations revocations,
            ApiKeys apiKeys,
            Plans plans,
            Passwords passwords,
            Events events,
            AccessTrail trail,
            Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.sessions = sessions;
        this.revocations = revocations;
        this.apiKeys = apiKeys;
        this.plans = plans;
        this.passwords = passwords;
        this.events = events;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Makes an account.
     *
     * @throws Problem {@link ProblemCode#INVALID_REQUEST}, or {@link ProblemCode#CONFLICT} when the address is taken
     */
    Mono<Account> create(NewAccount request) {
        return Mono.defer(() -> prepare(request, passwords::hash))
                .flatMap(account -> transactions
                        .mono(Tenant.system(), () -> insert(account))
                        .flatMap(inserted -> inserted ? Mono.just(account) : Mono.error(taken())))
                .doOnNext(account -> plans.apply(account.id(), account.plan()));
    }

    /** Makes an account unless the address is taken; costs the same either way, and does not tell. */
    Mono<Void> register(NewAccount request) {
        return Mono.defer(() -> prepare(request, passwords::hashForUnknown))
                .flatMap(account -> transactions.mono(Tenant.system(), () -> insert(account)))
                .doOnNext(inserted -> {
                    if (!inserted) {
                        log.info("Registration of an address that has an account");
                    }
                })
                .then();
    }

    private Mono<Account> prepare(NewAccount request, Function<String, Mono<String>> hashing) {
        AccountFields fields = new AccountFields();
        String email = fields.email(request.email());
        String password = fields.password(request.password(), email);
        Role role = fields.role(request.role() == null ? Role.RECRUITER.word() : request.role());
        AccountStatus status = fields.status(request.status() == null ? AccountStatus.ACTIVE.word() : request.status());
        Plan plan = fields.plan(request.plan());
        String firstName = fields.name("first_name", request.firstName());
        String lastName = fields.name("last_name", request.lastName());
        fields.verify();
        Instant now = clock.instant();
        return hashing.apply(password)
                .map(hash -> new Account(
                        UuidV7.next(clock),
                        email,
                        hash,
                        role == null ? Role.RECRUITER : role,
                        status == null ? AccountStatus.ACTIVE : status,
                        plan,
                        blankToNull(firstName),
                        blankToNull(lastName),
                        now,
                        now,
                        null));
    }

    /** Inserts an account with its event, in the caller's transaction. */
    Mono<Boolean> insert(Account account) {
        return repository
                .insert(account)
                .flatMap(inserted -> inserted ? announce(account, "created").thenReturn(true) : Mono.just(false));
    }

    Mono<Account> get(UUID id) {
        return transactions
                .mono(Tenant.system(), () -> repository.find(id))
                .switchIfEmpty(Mono.error(() -> IdKind.ACCOUNT.notFound(IdKind.ACCOUNT.format(id))));
    }

    /** Accounts, the newest first. */
    Mono<AccountList> list(Paging paging) {
        return transactions.mono(
                Tenant.system(),
                () -> repository
                        .list(paging.skip(), paging.limit())
                        .map(AccountResponse::of)
                        .collectList()
                        .zipWhen(rows -> repository.count())
                        .map(both -> AccountList.of(both.getT1(), both.getT2(), paging)));
    }

    /**
     * Changes an account. When it is suspended, or its role or password changes, all its sessions end.
     *
     * @throws Problem {@link ProblemCode#RESOURCE_NOT_FOUND}, {@link ProblemCode#INVALID_REQUEST}, or {@link
     *     ProblemCode#CONFLICT} when the address is taken or no active administrator would be left
     */
    Mono<Account> change(UUID id, AccountChange change) {
        return get(id).flatMap(account -> {
            AccountFields fields = new AccountFields();
            String email = change.email() == null ? account.email() : fields.email(change.email());
            String password = change.password() == null ? null : fields.password(change.password(), email);
            boolean usualPlan = change.plan() != null && change.plan().isEmpty();
            Checked checked = new Checked(
                    change.email() == null ? null : email,
                    fields.role(change.role()),
                    fields.status(change.status()),
                    usualPlan ? null : fields.plan(change.plan()),
                    usualPlan,
                    fields.name("first_name", change.firstName()),
                    fields.name("last_name", change.lastName()));
            fields.verify();
            return (password == null ? Mono.just("") : passwords.hash(password))
                    .flatMap(hash -> transactions.mono(Tenant.system(), () -> write(id, checked, hash)))
                    .onErrorMap(DuplicateKeyException.class, duplicate -> taken())
                    .flatMap(written -> {
                        revocations.revoke(written.ended());
                        plans.apply(id, written.account().plan());
                        return apiKeys.reload().thenReturn(written.account());
                    });
        });
    }

    private Mono<Written> write(UUID id, Checked change, String newHash) {
        return repository.lockAdministrators().then(repository.lock(id)).flatMap(before -> {
            Account after = new Account(
                    id,
                    change.email() == null ? before.email() : change.email(),
                    newHash.isEmpty() ? before.passwordHash() : newHash,
                    change.role() == null ? before.role() : change.role(),
                    change.status() == null ? before.status() : change.status(),
                    change.usualPlan() ? null : change.plan() == null ? before.plan() : change.plan(),
                    change.firstName() == null ? before.firstName() : blankToNull(change.firstName()),
                    change.lastName() == null ? before.lastName() : blankToNull(change.lastName()),
                    before.createdAt(),
                    clock.instant(),
                    before.lastLoginAt());
            boolean endsSessions = after.role() != before.role()
                    || after.status() != before.status()
                    || !Objects.equals(after.passwordHash(), before.passwordHash());
            Mono<Void> check = administers(before) && !administers(after) ? keepAnAdministrator(id) : Mono.empty();
            return check.then(repository.update(after))
                    .then(Mono.defer(() -> endsSessions ? sessions.revokeAll(id) : Mono.just(List.<UUID>of())))
                    .flatMap(ended -> announce(after, "changed").thenReturn(new Written(after, ended)));
        });
    }

    private static boolean administers(Account account) {
        return account.role() == Role.ADMIN && account.status() == AccountStatus.ACTIVE;
    }

    private Mono<Void> keepAnAdministrator(UUID id) {
        return repository
                .hasOtherAdministrator(id)
                .flatMap(other -> other
                        ? Mono.empty()
                        : Mono.error(new Problem(
                                ProblemCode.CONFLICT,
                                "This is the last active administrator. Make another one first.")));
    }

    private Mono<Void> announce(Account account, String what) {
        log.info(
                "Account {} {}: role {}, {}",
                IdKind.ACCOUNT.format(account.id()),
                what,
                account.role().word(),
                account.status().word());
        Map<String, String> state = Map.of(
                "change",
                what,
                "role",
                account.role().word(),
                "status",
                account.status().word(),
                "plan",
                account.plan() == null ? "" : account.plan().word());
        String id = IdKind.ACCOUNT.format(account.id());
        return events.append(NewEvent.internal(CHANGED, id, state))
                .then(Mono.deferContextual(
                        context -> trail.record(Origin.in(context).did("account." + what, id, account.id(), state))));
    }

    private static Problem taken() {
        return new Problem(ProblemCode.CONFLICT, "An account with this email exists already");
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** A change whose fields have been checked; null leaves a field as it is. */
    private record Checked(
            @Nullable String email,
            @Nullable Role role,
            @Nullable AccountStatus status,
            @Nullable Plan plan,
            boolean usualPlan,
            @Nullable String firstName,
            @Nullable String lastName) {}

    /** What was written, and the sessions that it ended. */
    private record Written(Account account, List<UUID> ended) {}
}
