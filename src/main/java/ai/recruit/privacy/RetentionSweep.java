package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidates;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Candidates about whom nothing has happened for long. An account's own rule counts before that of the settings. One node
 * looks at a time, under a lease; whoever is due goes through the same erasure as everybody else.
 */
@Component
class RetentionSweep {

    private static final Logger log = LoggerFactory.getLogger(RetentionSweep.class);

    private static final int PIECE = 200;
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final String FIND = """
            select r.days, r.grace_days, r.action, r.updated_at from retention_rules r where r.owner_id = :owner
            """;

    private static final String SET = """
            insert into retention_rules as r (owner_id, days, grace_days, action, updated_by)
            values (:owner, :days, :grace, :action, :by)
            on conflict (owner_id) do update set days = excluded.days, grace_days = excluded.grace_days,
                action = excluded.action, updated_by = excluded.updated_by, updated_at = now()
             where r.owner_id = :owner
            """;

    private static final String REMOVE = "delete from retention_rules r where r.owner_id = :owner";

    private static final String RULES = """
            select r.owner_id, r.days, r.grace_days, r.action, r.updated_at from retention_rules r
             where (:all or r.owner_id = :owner)
            """;

    private static final String LEAD = """
            update retention_sweep set leader = :me, leased_until = clock_timestamp() + make_interval(secs => :lease)
             where leased_until < clock_timestamp() and swept_at + make_interval(secs => :every) <= clock_timestamp()
            """;

    private static final String LED =
            "update retention_sweep set leased_until = clock_timestamp(), swept_at = clock_timestamp() where leader = :me";

    private static final String HELD = """
            select h.candidate_id from legal_holds h
             where h.candidate_id = any (:ids) and (:all or h.owner_id = :owner)
            """;

    private final UUID me = UUID.randomUUID();
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Candidates candidates;
    private final Parts parts;
    private final Erasures erasures;
    private final Audits audits;
    private final PrivacyProperties properties;
    private final Clock clock;

    RetentionSweep(
            DatabaseClient database,
            TenantTransactions transactions,
            Candidates candidates,
            Parts parts,
            Erasures erasures,
            Audits audits,
            PrivacyProperties properties,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.candidates = candidates;
        this.parts = parts;
        this.erasures = erasures;
        this.audits = audits;
        this.properties = properties;
        this.clock = clock;
    }

    /** The rule that holds for an account. */
    Mono<RetentionRule> rule(UUID account) {
        return transactions
                .mono(
                        Tenant.account(account),
                        () -> database.sql(FIND)
                                .bind("owner", account)
                                .map(RetentionSweep::read)
                                .one())
                .defaultIfEmpty(RetentionRule.of(properties));
    }

    private static RetentionRule read(io.r2dbc.spi.Readable row) {
        return new RetentionRule(
                row.get("days", Integer.class),
                row.get("grace_days", Integer.class),
                row.get("action", String.class),
                "own",
                Objects.requireNonNull(row.get("updated_at", Instant.class)).truncatedTo(ChronoUnit.MILLIS));
    }

    Mono<RetentionRule> set(Caller caller, int days, int graceDays, String action) {
        UUID account = caller.accountId();
        return transactions
                .mono(
                        Tenant.account(account),
                        () -> database.sql(SET)
                                .bind("owner", account)
                                .bind("days", days)
                                .bind("grace", graceDays)
                                .bind("action", action)
                                .bind("by", account)
                                .then()
                                .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                                caller, "retention.set", caller.getName(), account)
                                        .with(Map.of("days", days, "grace_days", graceDays, "action", action))))))
                .then(Mono.defer(() -> rule(account)));
    }

    Mono<RetentionRule> remove(Caller caller) {
        UUID account = caller.accountId();
        return transactions
                .mono(
                        Tenant.account(account),
                        () -> database.sql(REMOVE)
                                .bind("owner", account)
                                .then()
                                .then(Mono.defer(() -> audits.record(
                                        AuditEntry.by(caller, "retention.removed", caller.getName(), account)))))
                .then(Mono.defer(() -> rule(account)));
    }

    /** @param erasedFrom null when the rule only flags, and for those whom a legal hold keeps */
    record Due(
            String candidateId,
            Instant lastActivity,
            Instant dueSince,
            @Nullable Instant erasedFrom,
            boolean legalHold) {}

    /**
     * @param complete whether there are no more after these
     * @param nextCursor where the rest begins; null when there is none
     */
    record DueList(
            RetentionRule rule,
            List<Due> data,
            boolean complete,
            @Nullable String nextCursor) {}

    /**
     * Who is due in an account's database by its present rule, those longest without activity first.
     *
     * @param cursor of the page before; null for the first one
     */
    Mono<DueList> due(UUID account, @Nullable String cursor, int limit) {
        Candidates.Inactive after = cursor == null ? null : place(account, cursor);
        return rule(account).flatMap(rule -> {
            Integer days = rule.days();
            Integer grace = rule.graceDays();
            if (days == null || grace == null) {
                return Mono.just(new DueList(rule, List.of(), true, null));
            }
            return pages(account, days, after).take(limit + 1L).collectList().map(found -> {
                List<Due> due = found.stream()
                        .limit(limit)
                        .map(each -> {
                            Instant last = each.inactive().lastActivity().truncatedTo(ChronoUnit.MILLIS);
                            Instant since = last.plus(Duration.ofDays(days));
                            return new Due(
                                    IdKind.CANDIDATE.format(each.inactive().id()),
                                    last,
                                    since,
                                    rule.erases() && !each.held() ? since.plus(Duration.ofDays(grace)) : null,
                                    each.held());
                        })
                        .toList();
                boolean complete = found.size() <= limit;
                return new DueList(
                        rule,
                        due,
                        complete,
                        complete ? null : cursor(found.get(limit - 1).inactive()));
            });
        });
    }

    private static String cursor(Candidates.Inactive last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.lastActivity() + " " + last.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static Candidates.Inactive place(UUID account, String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2) {
                return new Candidates.Inactive(account, UUID.fromString(parts[1]), Instant.parse(parts[0]));
            }
        } catch (IllegalArgumentException | DateTimeParseException foreign) {
            throw noCursor();
        }
        throw noCursor();
    }

    private static Problem noCursor() {
        return Problem.invalid(
                "cursor", "is not a cursor of this list; send the next_cursor of its last page as it is");
    }

    private Flux<Idle> pages(UUID owner, int days, Candidates.@Nullable Inactive after) {
        return idle(owner, List.of(), days, after)
                .expand(page -> page.last() == null ? Mono.empty() : idle(owner, List.of(), days, page.last()))
                .concatMapIterable(Page::idle, 1);
    }

    private record Idle(Candidates.Inactive inactive, boolean held) {}

    /** @param last where the next page begins; null when there is none */
    private record Page(List<Idle> idle, Candidates.@Nullable Inactive last) {}

    /** @param owner null for all accounts but the others */
    private Mono<Page> idle(
            @Nullable UUID owner, Collection<UUID> others, int days, Candidates.@Nullable Inactive after) {
        Instant since = clock.instant().minus(Duration.ofDays(days));
        return candidates
                .inactive(Tenant.system(), owner, others, since, after, PIECE)
                .flatMap(found -> {
                    List<UUID> ids = found.stream().map(Candidates.Inactive::id).toList();
                    Candidates.Inactive last = found.size() < PIECE ? null : found.get(found.size() - 1);
                    return ids.isEmpty()
                            ? Mono.just(new Page(List.of(), null))
                            : transactions.mono(
                                    Tenant.system(),
                                    () -> parts.activeSince(ids, since)
                                            .zipWith(
                                                    held(ids),
                                                    (active, held) -> new Page(
                                                            found.stream()
                                                                    .filter(each -> !active.contains(each.id()))
                                                                    .map(each ->
                                                                            new Idle(each, held.contains(each.id())))
                                                                    .toList(),
                                                            last)));
                });
    }

    private Mono<Set<UUID>> held(List<UUID> ids) {
        return database.sql(HELD)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("all", true)
                .bindNull("owner", UUID.class)
                .map(row -> Objects.requireNonNull(row.get("candidate_id", UUID.class)))
                .all()
                .collect(Collectors.toSet());
    }

    /** Looks once, if it is time and nobody else does; gives how many were erased. */
    Mono<Long> sweep() {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(LEAD)
                                .bind("me", me)
                                .bind("lease", (double) LEASE.toSeconds())
                                .bind("every", (double) properties.sweepEvery().toSeconds())
                                .fetch()
                                .rowsUpdated())
                .flatMap(led -> led == 0
                        ? Mono.just(0L)
                        : eraseDue()
                                .delayUntil(erased -> transactions.mono(
                                        Tenant.system(),
                                        () -> database.sql(LED).bind("me", me).then())));
    }

    private record OwnRule(UUID owner, RetentionRule rule) {}

    /** Erases whoever is due, whatever the time is; gives how many. */
    Mono<Long> eraseDue() {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(RULES)
                                .bind("all", true)
                                .bindNull("owner", UUID.class)
                                .map(row ->
                                        new OwnRule(Objects.requireNonNull(row.get("owner_id", UUID.class)), read(row)))
                                .all()
                                .collectList())
                .flatMap(own -> {
                    List<Mono<Long>> all = new ArrayList<>();
                    own.forEach(each -> all.add(erase(each.owner(), List.of(), each.rule())));
                    all.add(erase(null, own.stream().map(OwnRule::owner).toList(), RetentionRule.of(properties)));
                    return Flux.concat(all).reduce(0L, Long::sum);
                })
                .doOnNext(erased -> {
                    if (erased > 0) {
                        log.info("{} candidates without activity are being erased", erased);
                    }
                });
    }

    private Mono<Long> erase(@Nullable UUID owner, Collection<UUID> others, RetentionRule rule) {
        Integer days = rule.days();
        Integer grace = rule.graceDays();
        if (days == null || grace == null || !rule.erases()) {
            return Mono.just(0L);
        }
        return erase(owner, others, days + grace, null)
                .flatMap(erased -> eraseStrays(owner, others, days + grace).map(strays -> erased + strays));
    }

    /** Page by page: those who are kept by a legal hold stay where they are, and the next page begins behind them. */
    private Mono<Long> erase(
            @Nullable UUID owner, Collection<UUID> others, int days, Candidates.@Nullable Inactive after) {
        return idle(owner, others, days, after)
                .flatMap(page -> Flux.fromIterable(page.idle())
                        .filter(each -> !each.held())
                        .concatMap(each -> erasures.begin(null, each.inactive().id(), Cause.RETENTION)
                                // Held by one of those merged into it, or gone meanwhile.
                                .onErrorResume(Problem.class, held -> Mono.empty()))
                        .count()
                        .flatMap(erased -> page.last() == null
                                ? Mono.just(erased)
                                : erase(owner, others, days, page.last()).map(more -> more + erased)));
    }

    /** Files that nobody is tied to, and that would otherwise stay for good. */
    private Mono<Long> eraseStrays(@Nullable UUID owner, Collection<UUID> others, int days) {
        Instant since = clock.instant().minus(Duration.ofDays(days));
        return transactions
                .mono(
                        Tenant.system(),
                        () -> parts.strays(owner, others, since, PIECE).collectList())
                .flatMap(found -> Flux.fromIterable(found)
                        .concatMap(stray -> erasures.beginStray(null, Tenant.system(), stray.id(), Cause.RETENTION)
                                // In use again, or gone meanwhile.
                                .onErrorResume(Problem.class, used -> Mono.empty()))
                        .count()
                        .flatMap(erased -> erased == 0 || found.size() < PIECE
                                ? Mono.just(erased)
                                : eraseStrays(owner, others, days).map(more -> more + erased)));
    }
}
