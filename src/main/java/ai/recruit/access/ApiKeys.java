package ai.recruit.access;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
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
    private static final Duration USUAL_OVERLAP = Duration.ofHours(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final String USUAL_PLAN = "case a.role when 'candidate' then 'free' else 'enterprise' end";
    private static final String SELECT = """
            select k.id, k.prefix, k.name, k.scopes, k.account_id, k.created_at, k.expires_at, k.last_used_at,
                k.rotated_at, k.previous_ends_at, k.revoked_at, coalesce(k.plan, a.plan, """ + USUAL_PLAN + """
            ) as plan
            from api_key k join account a on a.id = k.account_id
            """;

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final RuleBook rules;
    private final Revocations revocations;
    private final Events events;
    private final AccessTrail trail;
    private final Clock clock;
    private final Map<UUID, Instant> used = new ConcurrentHashMap<>();
    private final Mono<Void> reloadForUnknown;
    private final AtomicLong order = new AtomicLong();
    private long newest;
    private volatile Map<String, Working> working = Map.of();
    private volatile Map<UUID, Plan> plans = Map.of();

    ApiKeys(
            TenantTransactions transactions,
            DatabaseClient database,
            RuleBook rules,
            Revocations revocations,
            Events events,
            AccessTrail trail,
            Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.rules = rules;
        this.revocations = revocations;
        this.events = events;
        this.trail = trail;
        this.clock = clock;
        this.reloadForUnknown = Mono.defer(this::reload)
                .thenReturn(true)
                .cache(done -> RELOAD_AT_MOST_EVERY, failure -> Duration.ZERO, () -> RELOAD_AT_MOST_EVERY)
                .then();
    }

    /**
     * A secret that works, in memory.
     *
     * @param caller who comes with it; it ends when the secret does
     */
    private record Working(Caller caller, Plan plan) {}

    /**
     * Who comes with this key.
     *
     * @throws Problem {@link ProblemCode#INVALID_API_KEY}
     */
    Mono<Caller> authenticate(String key) {
        return Mono.defer(() -> {
            String hash = Hashes.hex(key);
            Working known = working.get(hash);
            if (known != null) {
                return Mono.fromCallable(() -> enter(known));
            }
            // Another node may have made the key a moment ago; a flood of wrong keys reads once a second at most.
            return (key.startsWith(PREFIX) ? reloadForUnknown : Mono.<Void>empty()).then(Mono.fromCallable(() -> {
                Working found = working.get(hash);
                if (found == null) {
                    throw refused("The key in X-API-Key is unknown or has been revoked");
                }
                return enter(found);
            }));
        });
    }

    private Caller enter(Working secret) {
        Instant now = clock.instant();
        if (!now.isBefore(secret.caller().expiresAt())) {
            throw refused("The key in X-API-Key has ended. Ask an administrator for another one.");
        }
        used.put(secret.caller().sessionId(), now);
        return secret.caller();
    }

    private static Problem refused(String message) {
        return new Problem(ProblemCode.INVALID_API_KEY, message);
    }

    /** The plan of a caller that came with a key. */
    Plan planOf(Caller caller) {
        return plans.getOrDefault(caller.sessionId(), Plan.ENTERPRISE);
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
                                        select k.id, encode(s.hash, 'hex') as hash, k.scopes, k.account_id,
                                            least(k.expires_at, s.ends_at) as ends_at, coalesce(k.plan, a.plan,
                                        """ + USUAL_PLAN + """
                                        ) as plan
                                        from api_key k join account a on a.id = k.account_id
                                            cross join lateral (values (k.hash, null::timestamptz),
                                                (k.previous_hash, k.previous_ends_at)) s (hash, ends_at)
                                        where k.revoked_at is null and a.status = 'active' and s.hash is not null
                                            and coalesce(least(k.expires_at, s.ends_at) > :now, true)
                                        """)
                                .bind("now", clock.instant())
                                .map(ApiKeys::working)
                                .all())
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(loaded -> replace(loaded, place))
                .then();
    }

    private static Map.Entry<String, Working> working(Readable row) {
        Instant endsAt = row.get("ends_at", Instant.class);
        Caller caller = new Caller(
                Objects.requireNonNull(row.get("account_id", UUID.class)),
                Role.RECRUITER,
                Objects.requireNonNull(row.get("id", UUID.class)),
                Set.copyOf(scopes(row)),
                endsAt == null ? Instant.MAX : endsAt);
        return Map.entry(Objects.requireNonNull(row.get("hash", String.class)), new Working(caller, plan(row)));
    }

    private synchronized void replace(Map<String, Working> loaded, long place) {
        // What began to be read earlier may arrive later, and would bring back what has been revoked meanwhile.
        if (place < newest) {
            return;
        }
        newest = place;
        Map<String, Working> before = working;
        plans = loaded.values().stream()
                .collect(Collectors.toMap(secret -> secret.caller().sessionId(), Working::plan, (one, same) -> one));
        working = Map.copyOf(loaded);
        // Also the streams of a key that has another secret now, or other scopes: who may, comes again.
        revocations.revoke(before.entrySet().stream()
                .filter(entry -> {
                    Working after = loaded.get(entry.getKey());
                    return after == null
                            || !after.caller()
                                    .scopes()
                                    .equals(entry.getValue().caller().scopes());
                })
                .map(entry -> entry.getValue().caller().sessionId())
                .toList());
        // The keys of an account that was suspended and is active again.
        loaded.values().forEach(secret -> revocations.restore(secret.caller().sessionId()));
    }

    /** Makes a key; the answer is the only place where it stands. */
    Mono<ApiKey.Response> create(Caller caller, NewApiKey request) {
        return Mono.defer(() -> {
            AccountFields fields = new AccountFields();
            String name = name(request.name(), fields);
            List<String> scopes = scopes(request.scopes(), fields);
            UUID account = account(caller, request, fields);
            Plan plan = fields.plan(request.plan());
            Instant now = clock.instant();
            if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
                fields.wrong("expires_at", "must be in the future");
            }
            fields.verify();
            String key = Randoms.token(PREFIX);
            UUID id = UuidV7.next(clock);
            return transactions
                    .mono(
                            Tenant.system(),
                            () -> database.sql("""
                                            insert into api_key (id, hash, prefix, name, scopes, account_id, created_at,
                                                plan, expires_at)
                                            values (:id, :hash, :prefix, :name, :scopes, :account, :created_at,
                                                :plan, :expires_at)
                                            """)
                                    .bind("id", id)
                                    .bind("hash", Hashes.sha256(key))
                                    .bind("prefix", key.substring(0, SHOWN))
                                    .bind("name", name)
                                    .bind("scopes", scopes.toArray(String[]::new))
                                    .bind("account", account)
                                    .bind("created_at", now)
                                    .bind("plan", word(plan))
                                    .bind(
                                            "expires_at",
                                            request.expiresAt() == null
                                                    ? Parameters.in(Instant.class)
                                                    : Parameters.in(request.expiresAt()))
                                    .then()
                                    .then(announce(id, "created"))
                                    .then(find(id)))
                    .onErrorMap(
                            DataIntegrityViolationException.class,
                            missing -> Problem.invalid("account_id", "must be an account"))
                    .flatMap(made -> reload().thenReturn(made.response(key)));
        });
    }

    private static String name(@Nullable String given, AccountFields fields) {
        String name = given == null ? "" : given.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            fields.wrong("name", "must be 1 to " + LONGEST_NAME + " characters on one line");
        }
        return name;
    }

    private List<String> scopes(@Nullable List<String> given, AccountFields fields) {
        List<String> scopes = given == null ? List.of() : List.copyOf(new TreeSet<>(given));
        if (scopes.isEmpty() || !rules.scopes().containsAll(scopes)) {
            fields.wrong("scopes", "must be one or more of " + String.join(", ", rules.scopes()));
        }
        return scopes;
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

    private static Parameter word(@Nullable Plan plan) {
        return plan == null ? Parameters.in(String.class) : Parameters.in(plan.word());
    }

    /** All keys, the newest first, those that were revoked too. */
    Mono<List<ApiKey.Response>> list(Paging paging) {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql(SELECT + "order by k.created_at desc, k.id desc offset :skip limit :limit")
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

    Mono<ApiKey.Response> get(UUID id) {
        return transactions
                .mono(Tenant.system(), () -> find(id))
                .switchIfEmpty(Mono.error(() -> notFound(id)))
                .map(key -> key.response(null));
    }

    private Mono<ApiKey> find(UUID id) {
        return database.sql(SELECT + "where k.id = :id")
                .bind("id", id)
                .map(ApiKeys::apiKey)
                .one();
    }

    private static Problem notFound(UUID id) {
        return IdKind.API_KEY.notFound(IdKind.API_KEY.format(id));
    }

    /**
     * Changes a key.
     *
     * @throws Problem {@link ProblemCode#RESOURCE_NOT_FOUND}, {@link ProblemCode#INVALID_REQUEST}, or {@link
     *     ProblemCode#CONFLICT} when it has been revoked
     */
    Mono<ApiKey.Response> change(UUID id, ApiKeyChange change) {
        return Mono.defer(() -> {
            AccountFields fields = new AccountFields();
            String name = change.name() == null ? null : name(change.name(), fields);
            List<String> scopes = change.scopes() == null ? null : scopes(change.scopes(), fields);
            boolean usual = change.plan() != null && change.plan().isEmpty();
            Plan plan = usual ? null : fields.plan(change.plan());
            fields.verify();
            return write(
                    id,
                    "changed",
                    database.sql("""
                                    update api_key set name = coalesce(:name, name), scopes = coalesce(:scopes, scopes),
                                        plan = case when :usual then null else coalesce(:plan, plan) end
                                    where id = :id and revoked_at is null
                                    """)
                            .bind("id", id)
                            .bind("name", name == null ? Parameters.in(String.class) : Parameters.in(name))
                            .bind(
                                    "scopes",
                                    scopes == null
                                            ? Parameters.in(String[].class)
                                            : Parameters.in(scopes.toArray(String[]::new)))
                            .bind("usual", usual)
                            .bind("plan", word(plan)),
                    null);
        });
    }

    /**
     * Gives a key a new secret. The one before works until the overlap ends, the one before that not any more.
     *
     * @param overlapSeconds null for an hour
     * @throws Problem as for {@link #change}
     */
    Mono<ApiKey.Response> rotate(UUID id, @Nullable Long overlapSeconds) {
        return Mono.defer(() -> {
            long seconds = overlapSeconds == null ? USUAL_OVERLAP.toSeconds() : overlapSeconds;
            if (seconds < 0 || seconds > LONGEST_OVERLAP.toSeconds()) {
                throw Problem.invalid("overlap_seconds", "must be 0 to " + LONGEST_OVERLAP.toSeconds());
            }
            String key = Randoms.token(PREFIX);
            Instant now = clock.instant();
            return write(
                    id,
                    "rotated",
                    database.sql("""
                                    update api_key set previous_hash = case when :overlaps then hash end,
                                        previous_ends_at = case when :overlaps then :ends_at end,
                                        hash = :hash, prefix = :prefix, rotated_at = :now
                                    where id = :id and revoked_at is null
                                    """)
                            .bind("id", id)
                            .bind("overlaps", seconds > 0)
                            .bind("ends_at", now.plusSeconds(seconds))
                            .bind("hash", Hashes.sha256(key))
                            .bind("prefix", key.substring(0, SHOWN))
                            .bind("now", now),
                    key);
        });
    }

    private Mono<ApiKey.Response> write(UUID id, String what, GenericExecuteSpec update, @Nullable String key) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> update.fetch()
                                .rowsUpdated()
                                .flatMap(count -> count == 1
                                        ? announce(id, what).then(find(id))
                                        : find(id).flatMap(revoked -> Mono.error(new Problem(
                                                ProblemCode.CONFLICT, "This key has been revoked. Make a new one.")))))
                .switchIfEmpty(Mono.error(() -> notFound(id)))
                .flatMap(written -> reload().thenReturn(written.response(key)));
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
                                .flatMap(count -> count == 0 ? Mono.error(notFound(id)) : announce(id, "revoked")))
                .then(reload());
    }

    /** Forgets the secrets whose overlap has ended, and with them the streams that were opened with them. */
    Mono<Void> endOverlaps() {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("""
                                        update api_key set previous_hash = null, previous_ends_at = null
                                        where previous_ends_at <= :now returning id
                                        """)
                                .bind("now", clock.instant())
                                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                                .all()
                                .concatMap(id -> announce(id, "overlap_ended")))
                .then();
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
        String key = IdKind.API_KEY.format(id);
        return events.append(NewEvent.internal(CHANGED, key, Map.of("change", what)))
                .then(Mono.deferContextual(
                        context -> trail.record(Origin.in(context).did("api_key." + what, key, null, Map.of()))));
    }

    private static ApiKey apiKey(Readable row) {
        return new ApiKey(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("prefix", String.class)),
                Objects.requireNonNull(row.get("name", String.class)),
                scopes(row),
                plan(row),
                Objects.requireNonNull(row.get("account_id", UUID.class)),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("expires_at", Instant.class),
                row.get("last_used_at", Instant.class),
                row.get("rotated_at", Instant.class),
                row.get("previous_ends_at", Instant.class),
                row.get("revoked_at", Instant.class));
    }

    private static Plan plan(Readable row) {
        return Plan.ofWord(Objects.requireNonNull(row.get("plan", String.class)));
    }

    private static List<String> scopes(Readable row) {
        return List.of(Objects.requireNonNull(row.get("scopes", String[].class)));
    }
}
