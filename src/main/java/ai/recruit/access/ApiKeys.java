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
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keys of services. The keys that work are held in memory, by their hash, and read again when the log tells of a change,
 * so that a request costs no read. A key works in the name of an account, sees what that account sees as a recruiter, and
 * does only what its scopes name.
 */
@Component
class ApiKeys {

    static final String CHANGED = "api_key.changed";

    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);
    private static final String PREFIX = "rk_";
    private static final int SHOWN = 11;
    private static final int LONGEST_NAME = 100;
    private static final Duration RELOAD_AT_MOST_EVERY = Duration.ofSeconds(1);

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final RuleBook rules;
    private final Revocations revocations;
    private final Events events;
    private final Clock clock;
    private final Map<UUID, Instant> used = new ConcurrentHashMap<>();
    private final Mono<Void> reloadForUnknown;

    private final AtomicLong order = new AtomicLong();
    private long newest;

    private volatile Map<String, Caller> callers = Map.of();

    ApiKeys(
            TenantTransactions transactions,
            DatabaseClient database,
            RuleBook rules,
            Revocations revocations,
            Events events,
            Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.rules = rules;
        this.revocations = revocations;
        this.events = events;
        this.clock = clock;
        this.reloadForUnknown = Mono.defer(this::reload)
                .thenReturn(true)
                .cache(done -> RELOAD_AT_MOST_EVERY, failure -> Duration.ZERO, () -> RELOAD_AT_MOST_EVERY)
                .then();
    }

    /**
     * Who comes with this key.
     *
     * @throws Problem {@link ProblemCode#INVALID_API_KEY}
     */
    Mono<Caller> authenticate(String key) {
        return Mono.defer(() -> {
            String hash = Hashes.hex(key);
            Caller caller = callers.get(hash);
            if (caller != null) {
                used.put(caller.sessionId(), clock.instant());
                return Mono.just(caller);
            }
            // Another node may have made the key a moment ago; a flood of wrong keys reads once a second at most.
            return (key.startsWith(PREFIX) ? reloadForUnknown : Mono.<Void>empty()).then(Mono.fromCallable(() -> {
                Caller found = callers.get(hash);
                if (found == null) {
                    throw new Problem(
                            ProblemCode.INVALID_API_KEY, "The key in X-API-Key is unknown or has been revoked");
                }
                return found;
            }));
        });
    }

    /** Reads the keys that work, and lets the streams of those go that do not work any more. */
    Mono<Void> reload() {
        return Mono.defer(() -> read(order.incrementAndGet()));
    }

    private Mono<Void> read(long place) {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("""
                                        select k.id, encode(k.hash, 'hex') as hash, k.scopes, k.account_id
                                        from api_key k join account a on a.id = k.account_id
                                        where k.revoked_at is null and a.status = 'active'
                                        """)
                                .map(row -> Map.entry(
                                        Objects.requireNonNull(row.get("hash", String.class)),
                                        new Caller(
                                                Objects.requireNonNull(row.get("account_id", UUID.class)),
                                                Role.RECRUITER,
                                                Objects.requireNonNull(row.get("id", UUID.class)),
                                                Set.copyOf(scopes(row)),
                                                Instant.MAX)))
                                .all())
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(loaded -> replace(loaded, place))
                .then();
    }

    private synchronized void replace(Map<String, Caller> loaded, long place) {
        // What began to be read earlier may arrive later, and would bring back what has been revoked meanwhile.
        if (place < newest) {
            return;
        }
        newest = place;
        Map<String, Caller> before = callers;
        callers = Map.copyOf(loaded);
        revocations.revoke(before.entrySet().stream()
                .filter(entry -> !loaded.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().sessionId())
                .toList());
        // The keys of an account that was suspended and is active again.
        loaded.values().forEach(caller -> revocations.restore(caller.sessionId()));
    }

    /** Makes a key; the answer is the only place where it stands. */
    Mono<ApiKey.Response> create(Caller caller, NewApiKey request) {
        return Mono.defer(() -> {
            AccountFields fields = new AccountFields();
            String name = request.name() == null ? "" : request.name().strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
                fields.wrong("name", "must be 1 to " + LONGEST_NAME + " characters on one line");
            }
            List<String> scopes = request.scopes() == null ? List.of() : List.copyOf(new TreeSet<>(request.scopes()));
            if (scopes.isEmpty() || !rules.scopes().containsAll(scopes)) {
                fields.wrong("scopes", "must be one or more of " + String.join(", ", rules.scopes()));
            }
            UUID account = account(caller, request, fields);
            fields.verify();
            String key = Randoms.token(PREFIX);
            ApiKey made = new ApiKey(
                    UuidV7.next(clock), key.substring(0, SHOWN), name, scopes, account, clock.instant(), null, null);
            return transactions
                    .mono(Tenant.system(), () -> insert(made, key).then(announce(made.id(), "created")))
                    .onErrorMap(
                            DataIntegrityViolationException.class,
                            missing -> Problem.invalid("account_id", "must be an account"))
                    .then(reload())
                    .thenReturn(made.response(key));
        });
    }

    private static UUID account(Caller caller, NewApiKey request, AccountFields fields) {
        if (request.accountId() == null) {
            return caller.accountId();
        }
        return IdKind.ACCOUNT.parse(request.accountId()).orElseGet(() -> {
            fields.wrong("account_id", "must be an account");
            return caller.accountId();
        });
    }

    private Mono<Void> insert(ApiKey made, String key) {
        return database.sql("""
                        insert into api_key (id, hash, prefix, name, scopes, account_id, created_at)
                        values (:id, :hash, :prefix, :name, :scopes, :account, :created_at)
                        """)
                .bind("id", made.id())
                .bind("hash", Hashes.sha256(key))
                .bind("prefix", made.prefix())
                .bind("name", made.name())
                .bind("scopes", made.scopes().toArray(String[]::new))
                .bind("account", made.accountId())
                .bind("created_at", made.createdAt())
                .then();
    }

    /** All keys, the newest first, those that were revoked too. */
    Mono<List<ApiKey.Response>> list(Paging paging) {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("""
                                        select id, prefix, name, scopes, account_id, created_at, last_used_at, revoked_at
                                        from api_key order by created_at desc, id desc offset :skip limit :limit
                                        """)
                                .bind("skip", paging.skip())
                                .bind("limit", paging.limit())
                                .map(ApiKeys::apiKey)
                                .all())
                .map(key -> key.response(null))
                .collectList();
    }

    Mono<Long> count() {
        return transactions.mono(
                Tenant.system(),
                () -> database.sql("select count(*) as n from api_key")
                        .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                        .one());
    }

    /** Ends a key; ending it again changes nothing. */
    Mono<Void> revoke(UUID id) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("update api_key set revoked_at = coalesce(revoked_at, :now) where id = :id")
                                .bind("now", clock.instant())
                                .bind("id", id)
                                .fetch()
                                .rowsUpdated()
                                .flatMap(count -> count == 0
                                        ? Mono.error(IdKind.API_KEY.notFound(IdKind.API_KEY.format(id)))
                                        : announce(id, "revoked")))
                .then(reload());
    }

    /** Writes down when keys were last used. */
    Mono<Void> recordUse() {
        return Mono.defer(() -> {
            Map<UUID, Instant> seen = used.keySet().stream()
                    .collect(Collectors.toMap(
                            Function.identity(), id -> Objects.requireNonNullElse(used.remove(id), Instant.EPOCH)));
            return seen.isEmpty()
                    ? Mono.empty()
                    : transactions
                            .flux(
                                    Tenant.system(),
                                    () -> Flux.fromIterable(seen.entrySet())
                                            .concatMap(entry -> database.sql("""
                                                    update api_key set last_used_at = greatest(last_used_at, :at)
                                                    where id = :id
                                                    """)
                                                    .bind("at", entry.getValue())
                                                    .bind("id", entry.getKey())
                                                    .then()))
                            .then();
        });
    }

    private Mono<Void> announce(UUID id, String what) {
        log.info("Service key {} {}", IdKind.API_KEY.format(id), what);
        return events.append(NewEvent.internal(CHANGED, IdKind.API_KEY.format(id), Map.of("change", what)));
    }

    private static ApiKey apiKey(Readable row) {
        return new ApiKey(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("prefix", String.class)),
                Objects.requireNonNull(row.get("name", String.class)),
                scopes(row),
                Objects.requireNonNull(row.get("account_id", UUID.class)),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("last_used_at", Instant.class),
                row.get("revoked_at", Instant.class));
    }

    private static List<String> scopes(Readable row) {
        return List.of(Objects.requireNonNull(row.get("scopes", String[].class)));
    }
}
