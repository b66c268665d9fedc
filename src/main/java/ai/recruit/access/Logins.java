package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Login, refresh and logout. */
@Component
class Logins {

    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    private final TenantTransactions transactions;
    private final AccountRepository accounts;
    private final Sessions sessions;
    private final Revocations revocations;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final Tokens tokens;
    private final AccessTrail trail;
    private final Clock clock;

    Logins(
            TenantTransactions transactions,
            AccountRepository accounts,
            Sessions sessions,
            Revocations revocations,
            Passwords passwords,
            LoginThrottle throttle,
            Tokens tokens,
            AccessTrail trail,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.sessions = sessions;
        this.revocations = revocations;
        this.passwords = passwords;
        this.throttle = throttle;
        this.tokens = tokens;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Begins a session.
     *
     * @param source where the request comes from
     * @throws Problem {@link ProblemCode#INVALID_CREDENTIALS}, the same for an unknown address and a wrong password;
     *     {@link ProblemCode#PERMISSION_DENIED} when the password is right and the account suspended
     */
    Mono<LoggedIn> login(String source, String email, String password) {
        String address = AccountFields.normalized(email);
        return throttle.attempt(source, address)
                .flatMap(attempt -> transactions
                        .mono(Tenant.system(), () -> accounts.findByEmail(address))
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .flatMap(account -> passwords
                                .verify(
                                        password,
                                        account.map(Account::passwordHash).orElse(null),
                                        attempt.known())
                                .flatMap(verdict -> {
                                    if (account.isEmpty() || !verdict.matches()) {
                                        log.info(
                                                "Login refused: {}",
                                                account.map(known -> "wrong password for "
                                                                + IdKind.ACCOUNT.format(known.id()))
                                                        .orElse("unknown address"));
                                        return refused(account.orElse(null))
                                                .then(Mono.error(new Problem(
                                                        ProblemCode.INVALID_CREDENTIALS,
                                                        "The email or the password is wrong")));
                                    }
                                    return begin(account.get(), verdict)
                                            .flatMap(loggedIn ->
                                                    throttle.succeeded(attempt).thenReturn(loggedIn));
                                })));
    }

    private Mono<LoggedIn> begin(Account verified, Passwords.Verdict verdict) {
        return transactions
                // The row is locked, so that no session begins behind a suspension that is on its way.
                .mono(
                Tenant.system(),
                () -> accounts.lock(verified.id()).flatMap(account -> {
                    if (account.status() != AccountStatus.ACTIVE
                            || !java.util.Objects.equals(account.passwordHash(), verified.passwordHash())) {
                        log.info("Login refused: {} is suspended", IdKind.ACCOUNT.format(account.id()));
                        return Mono.error(new Problem(
                                ProblemCode.PERMISSION_DENIED, "This account is suspended. Ask an administrator."));
                    }
                    return accounts.recordLogin(account.id(), clock.instant(), verdict.betterHash())
                            .then(sessions.begin(account.id()))
                            .flatMap(session -> entered(account, session).thenReturn(loggedIn(account, session)));
                }));
    }

    private Mono<Void> entered(Account account, Sessions.Refreshed session) {
        Caller caller = new Caller(account.id(), account.role(), session.sessionId(), Set.of(), clock.instant());
        return Mono.deferContextual(context -> trail.record(Origin.in(context)
                .by(caller)
                .did("account.logged_in", IdKind.ACCOUNT.format(account.id()), account.id(), Map.of())));
    }

    /** Recorded for an unknown address too, which takes as long and says nothing of it. */
    private Mono<Void> refused(@Nullable Account account) {
        return Mono.deferContextual(context -> trail.recordAlone(Origin.in(context)
                .did(
                        "login.refused",
                        account == null ? "unknown" : IdKind.ACCOUNT.format(account.id()),
                        account == null ? null : account.id(),
                        Map.of())));
    }

    /**
     * Goes on with a session.
     *
     * @throws Problem {@link ProblemCode#INVALID_TOKEN} when the token is unknown, has ended, or was used before, which
     *     also revokes its session
     */
    Mono<LoggedIn> refresh(String refreshToken) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> sessions.refresh(refreshToken).flatMap(refresh -> {
                            if (refresh instanceof Sessions.Refreshed refreshed) {
                                return accounts.find(refreshed.accountId())
                                        .filter(account -> account.status() == AccountStatus.ACTIVE)
                                        .map(account -> (Outcome) new Success(loggedIn(account, refreshed)))
                                        .defaultIfEmpty(new Failure(refresh));
                            }
                            return Mono.just((Outcome) new Failure(refresh));
                        }))
                .flatMap(outcome -> {
                    if (outcome instanceof Success success) {
                        return Mono.just(success.loggedIn());
                    }
                    if (outcome instanceof Failure failure && failure.refresh() instanceof Sessions.Reused reused) {
                        revocations.revoke(List.of(reused.sessionId()));
                        log.warn(
                                "A used refresh token of {} came again; its session is revoked",
                                IdKind.ACCOUNT.format(reused.accountId()));
                    }
                    return Mono.error(Tokens.invalid("The refresh token is unknown, used or ended. Log in again."));
                });
    }

    /** Ends the caller's session. */
    Mono<Void> logout(Caller caller) {
        return transactions
                .mono(Tenant.system(), () -> sessions.revoke(caller.accountId(), caller.sessionId()))
                .then(Mono.fromRunnable(() -> revocations.revoke(List.of(caller.sessionId()))));
    }

    private LoggedIn loggedIn(Account account, Sessions.Refreshed session) {
        return new LoggedIn(
                account, tokens.issue(account.id(), account.role(), session.sessionId()), session.refreshToken());
    }

    private sealed interface Outcome permits Success, Failure {}

    private record Success(LoggedIn loggedIn) implements Outcome {}

    private record Failure(Sessions.Refresh refresh) implements Outcome {}

    /** A session, with the tokens that carry it on. */
    record LoggedIn(Account account, String accessToken, String refreshToken) {}
}
