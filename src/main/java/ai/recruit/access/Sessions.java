package ai.recruit.access;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Logins and their refresh tokens. Everything here runs in the caller's transaction, in system scope.
 */
@Component
class Sessions {

    static final String REVOKED = "session.revoked";

    private static final Duration REUSE_NOTICED_FOR = Duration.ofDays(7);

    private final DatabaseClient database;
    private final Events events;
    private final AccessProperties properties;
    private final Clock clock;

    Sessions(DatabaseClient database, Events events, AccessProperties properties, Clock clock) {
        this.database = database;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** Begins a session. */
    Mono<Refreshed> begin(UUID accountId) {
        Instant now = clock.instant();
        UUID id = UuidV7.next(clock);
        return database.sql("""
                        insert into account_session (id, account_id, created_at, refreshed_at, expires_at)
                        values (:id, :account, :now, :now, :expires)
                        """)
                .bind("id", id)
                .bind("account", accountId)
                .bind("now", now)
                .bind("expires", now.plus(properties.sessionLifetime()))
                .then()
                .then(addToken(id))
                .map(token -> new Refreshed(accountId, id, token));
    }

    /**
     * Exchanges a refresh token for the next one. A token that has been used before revokes its session, since either the
     * one who uses it now or the one who used it then is a thief.
     */
    Mono<Refresh> refresh(String token) {
        Instant now = clock.instant();
        return database.sql("""
                        select s.id, s.account_id, t.used_at is not null as used,
                            s.revoked_at is null and s.expires_at > :now as alive
                        from refresh_token t join account_session s on s.id = t.session_id
                        where t.hash = :hash
                        for update of s, t
                        """)
                .bind("now", now)
                .bind("hash", Hashes.sha256(token))
                .map(row -> new Found(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Objects.requireNonNull(row.get("account_id", UUID.class)),
                        Boolean.TRUE.equals(row.get("used", Boolean.class)),
                        Boolean.TRUE.equals(row.get("alive", Boolean.class))))
                .one()
                .flatMap(found -> {
                    if (!found.alive()) {
                        return Mono.just(new Unknown());
                    }
                    return found.used()
                            ? revoke(found.accountId(), found.id())
                                    .thenReturn((Refresh) new Reused(found.accountId(), found.id()))
                            : advance(found, token, now);
                })
                .defaultIfEmpty(new Unknown());
    }

    private Mono<Refresh> advance(Found found, String token, Instant now) {
        return database.sql("update refresh_token set used_at = :now where hash = :hash")
                .bind("now", now)
                .bind("hash", Hashes.sha256(token))
                .then()
                .then(database.sql(
                                "update account_session set refreshed_at = :now, expires_at = :expires where id = :id")
                        .bind("now", now)
                        .bind("expires", now.plus(properties.sessionLifetime()))
                        .bind("id", found.id())
                        .then())
                .then(addToken(found.id()))
                .map(next -> new Refreshed(found.accountId(), found.id(), next));
    }

    /** Revokes one session, with its event. */
    Mono<Void> revoke(UUID accountId, UUID sessionId) {
        return database.sql("""
                        update account_session set revoked_at = :now
                        where id = :id and account_id = :account and revoked_at is null
                        """)
                .bind("now", clock.instant())
                .bind("id", sessionId)
                .bind("account", accountId)
                .then()
                .then(announce(accountId, List.of(sessionId)));
    }

    /** Revokes all sessions of an account, with their event, and tells which ones there were. */
    Mono<List<UUID>> revokeAll(UUID accountId) {
        Instant now = clock.instant();
        return database.sql("""
                        update account_session set revoked_at = :now
                        where account_id = :account and revoked_at is null and expires_at > :now
                        returning id, refreshed_at > :recent as recent
                        """)
                .bind("now", now)
                .bind("account", accountId)
                .bind(
                        "recent",
                        now.minus(properties.tokenLifetime())
                                .minus(properties.clockSkew().multipliedBy(2)))
                // Of a session that was not refreshed for long, no access token lives any more.
                .map(row -> Boolean.TRUE.equals(row.get("recent", Boolean.class))
                        ? Flux.just(Objects.requireNonNull(row.get("id", UUID.class)))
                        : Flux.<UUID>empty())
                .all()
                .concatMap(id -> id)
                .collectList()
                .flatMap(ids -> announce(accountId, ids).thenReturn(ids));
    }

    private Mono<Void> announce(UUID accountId, List<UUID> sessions) {
        return events.append(NewEvent.internal(
                REVOKED,
                IdKind.ACCOUNT.format(accountId),
                Map.of("session_ids", sessions.stream().map(UUID::toString).toList())));
    }

    /** Forgets what has ended long ago, a piece at a time; a refresh token that comes again later is merely unknown. */
    Mono<Long> forget() {
        return forgetUsedTokens().then(forgetSessions());
    }

    private Mono<Long> forgetUsedTokens() {
        return database.sql("""
                        delete from refresh_token where hash in (
                            select hash from refresh_token where used_at < :before limit 1000)
                        """)
                .bind("before", clock.instant().minus(REUSE_NOTICED_FOR))
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> forgetSessions() {
        return database.sql("""
                        delete from account_session where id in (
                            select id from account_session where expires_at < :before limit 1000)
                        """)
                .bind("before", clock.instant().minus(properties.sessionLifetime()))
                .fetch()
                .rowsUpdated();
    }

    private Mono<String> addToken(UUID sessionId) {
        return Mono.defer(() -> {
            String token = Randoms.token("rt_");
            return database.sql("insert into refresh_token (hash, session_id) values (:hash, :session)")
                    .bind("hash", Hashes.sha256(token))
                    .bind("session", sessionId)
                    .then()
                    .thenReturn(token);
        });
    }

    private record Found(UUID id, UUID accountId, boolean used, boolean alive) {}

    /** What came of a refresh. */
    sealed interface Refresh permits Refreshed, Reused, Unknown {}

    /** The session goes on with the next refresh token. */
    record Refreshed(UUID accountId, UUID sessionId, String refreshToken) implements Refresh {}

    /** The token had been used before; the session is revoked now. */
    record Reused(UUID accountId, UUID sessionId) implements Refresh {}

    /** No such token, or its session has ended. */
    record Unknown() implements Refresh {}
}
