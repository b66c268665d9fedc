package ai.recruit.candidate;

import ai.recruit.access.Accesses;
import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Candidates of one recruiter that an administrator shows to others. */
@Component
class Shares implements Sharing {

    private static final String CANDIDATES = """
            select c.id, c.owner_id from candidates c
            where c.id = any (cast(:ids as uuid[])) and (:all or c.owner_id = :owner)
            """;

    // A share that is open already takes over the new permissions and keeps its id.
    private static final String SHARE = """
            insert into candidate_shares as s (id, owner_id, candidate_id, recruiter_id, shared_by,
                can_view_contact_info, can_download_resume, can_submit_to_jobs, reason, notes, expires_at)
            select w.id, w.owner, w.candidate, w.recruiter, :by, :contact, :download, :submit, :reason, :notes, :expires
            from unnest(cast(:ids as uuid[]), cast(:owners as uuid[]), cast(:candidates as uuid[]),
                cast(:recruiters as uuid[])) as w (id, owner, candidate, recruiter)
            order by w.recruiter, w.candidate
            on conflict (recruiter_id, candidate_id) where revoked_at is null do update
            set shared_by = excluded.shared_by, can_view_contact_info = excluded.can_view_contact_info,
                can_download_resume = excluded.can_download_resume, can_submit_to_jobs = excluded.can_submit_to_jobs,
                reason = excluded.reason, notes = excluded.notes, expires_at = excluded.expires_at,
                updated_at = now()
            returning s.id, s.owner_id, s.candidate_id, s.recruiter_id
            """;

    private static final String MAP = """
            insert into recruiter_candidates (owner_id, candidate_id, source)
            select w.recruiter, w.candidate, 'shared'
            from unnest(cast(:recruiters as uuid[]), cast(:candidates as uuid[])) as w (recruiter, candidate)
            order by w.recruiter, w.candidate
            on conflict do nothing
            """;

    private static final String REVOKE = """
            update candidate_shares s set revoked_at = now(), revoked_by = :by, updated_at = now()
            where s.id = :id and s.revoked_at is null
            returning s.id, s.owner_id, s.candidate_id, s.recruiter_id
            """;

    private static final String END = """
            update candidate_shares s set revoked_at = now(), revoked_by = :by, updated_at = now()
            where s.candidate_id = any (candidate_group(candidate_root(:candidate))) and s.revoked_at is null
                and (:all or s.owner_id = :owner)
            returning s.id, s.owner_id, s.candidate_id, s.recruiter_id
            """;

    private static final String EXPIRE = """
            update candidate_shares s set revoked_at = now(), updated_at = now()
            where s.id in (
                select e.id from candidate_shares e
                where e.revoked_at is null and e.expires_at <= now()
                order by e.expires_at limit 500 for update skip locked)
            returning s.id, s.owner_id, s.candidate_id, s.recruiter_id
            """;

    private static final String EXISTS = "select s.id from candidate_shares s where s.id = :id";

    /** All shares, for administrators. */
    static final RowList SHARES = new RowList(
                    "shares",
                    IdKind.SHARE,
                    "s.*",
                    "candidate_shares s",
                    """
                    public_id('share', r.id) as id, public_id('cand', r.candidate_id) as candidate_id,
                    public_id('usr', r.recruiter_id) as recruiter_id, public_id('usr', r.owner_id) as owner_id,
                    public_id('usr', r.shared_by) as shared_by, r.can_view_contact_info, r.can_download_resume,
                    r.can_submit_to_jobs, r.reason, r.notes, public_time(r.expires_at) as expires_at,
                    public_time(r.created_at) as created_at, public_time(r.updated_at) as updated_at,
                    public_time(r.revoked_at) as revoked_at,
                    r.revoked_at is null and (r.expires_at is null or r.expires_at > now()) as active""",
                    List.of(new RowList.Key("s.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("candidate_id", "recruiter_id", "active"),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("(:all or s.owner_id = :owner)");

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Accesses accesses;
    private final Events events;
    private final Audits audits;
    private final Clock clock;

    Shares(
            DatabaseClient database,
            TenantTransactions transactions,
            Accesses accesses,
            Events events,
            Audits audits,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.accesses = accesses;
        this.events = events;
        this.audits = audits;
        this.clock = clock;
    }

    /** A share that has been made, changed or ended. */
    record Shared(UUID id, UUID ownerId, UUID candidateId, UUID recruiterId) {}

    /**
     * Shares each of the candidates with each of the recruiters, but not with the one who owns them.
     *
     * @throws Problem {@code INVALID_REQUEST} when one of them does not exist; nothing is shared then
     */
    Mono<List<Shared>> share(Caller caller, NewShare request) {
        return Mono.defer(() -> {
            NewShare.Checked wanted = request.checked(clock.instant());
            return accesses.recruiters(wanted.recruiters())
                    .doOnNext(known -> allKnown("recruiter_ids", wanted.recruiters(), known, IdKind.ACCOUNT))
                    .then(Mono.defer(() -> transactions.mono(caller.tenant(), () -> share(caller, wanted))));
        });
    }

    private Mono<List<Shared>> share(Caller caller, NewShare.Checked wanted) {
        Tenant tenant = caller.tenant();
        return database.sql(CANDIDATES)
                .bind("ids", wanted.candidates().toArray(UUID[]::new))
                .bind("all", tenant.seesAll())
                .bind("owner", caller.accountId())
                .map(row -> Map.entry(given(row, "id"), given(row, "owner_id")))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(owners -> allKnown("candidate_ids", wanted.candidates(), owners.keySet(), IdKind.CANDIDATE))
                .flatMap(owners -> {
                    List<UUID> ids = new ArrayList<>();
                    List<UUID> ownerIds = new ArrayList<>();
                    List<UUID> candidateIds = new ArrayList<>();
                    List<UUID> recruiterIds = new ArrayList<>();
                    for (UUID candidate : wanted.candidates()) {
                        UUID owner = Objects.requireNonNull(owners.get(candidate));
                        for (UUID recruiter : wanted.recruiters()) {
                            if (!recruiter.equals(owner)) {
                                ids.add(UuidV7.next(clock));
                                ownerIds.add(owner);
                                candidateIds.add(candidate);
                                recruiterIds.add(recruiter);
                            }
                        }
                    }
                    return ids.isEmpty()
                            ? Mono.just(List.<Shared>of())
                            : insert(caller, wanted, ids, ownerIds, candidateIds, recruiterIds);
                });
    }

    private Mono<List<Shared>> insert(
            Caller caller,
            NewShare.Checked wanted,
            List<UUID> ids,
            List<UUID> owners,
            List<UUID> candidates,
            List<UUID> recruiters) {
        Mono<List<Shared>> shared = database.sql(SHARE)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("owners", owners.toArray(UUID[]::new))
                .bind("candidates", candidates.toArray(UUID[]::new))
                .bind("recruiters", recruiters.toArray(UUID[]::new))
                .bind("by", caller.accountId())
                .bind("contact", wanted.contact())
                .bind("download", wanted.download())
                .bind("submit", wanted.submit())
                .bind("reason", Parameters.in(R2dbcType.VARCHAR, wanted.reason()))
                .bind("notes", Parameters.in(R2dbcType.VARCHAR, wanted.notes()))
                .bind("expires", instant(wanted.expiresAt()))
                .map(Shares::shared)
                .all()
                .collectList();
        return shared.flatMap(made -> database.sql(MAP)
                .bind("recruiters", recruiters.toArray(UUID[]::new))
                .bind("candidates", candidates.toArray(UUID[]::new))
                .then()
                .then(Mono.defer(() -> told(made, CandidateEvents.SHARED)))
                .then(Mono.defer(() -> audits.record(made.stream()
                        .map(share -> audit(caller, "candidate.shared", share)
                                .with(Map.of(
                                        "recruiter_id",
                                        IdKind.ACCOUNT.format(share.recruiterId()),
                                        "can_view_contact_info",
                                        wanted.contact(),
                                        "can_download_resume",
                                        wanted.download(),
                                        "can_submit_to_jobs",
                                        wanted.submit())))
                        .toList())))
                .thenReturn(made));
    }

    /** Ends a share; ending it again changes nothing. */
    Mono<Void> revoke(Caller caller, String shareId) {
        return Mono.defer(() -> {
            UUID id = IdKind.SHARE.get(shareId);
            return transactions.mono(
                    caller.tenant(),
                    () -> database.sql(REVOKE)
                            .bind("id", id)
                            .bind("by", caller.accountId())
                            .map(Shares::shared)
                            .all()
                            .collectList()
                            .flatMap(ended -> ended.isEmpty()
                                    ? existing(id, shareId)
                                    : told(ended, CandidateEvents.UNSHARED)
                                            .then(Mono.defer(() ->
                                                    audits.record(audit(caller, "share.revoked", ended.get(0)))))));
        });
    }

    @Override
    public Mono<Long> end(Caller by, UUID ownerId, UUID candidateId, String reason) {
        return transactions.mono(
                Tenant.system(),
                () -> database.sql(END)
                        .bind("candidate", candidateId)
                        .bind("by", by.accountId())
                        .bind("all", false)
                        .bind("owner", ownerId)
                        .map(Shares::shared)
                        .all()
                        .collectList()
                        .delayUntil(ended -> told(ended, CandidateEvents.UNSHARED))
                        .delayUntil(ended -> audits.record(ended.stream()
                                .map(share -> audit(by, "share.revoked", share).with(Map.of("reason", reason)))
                                .toList()))
                        .map(ended -> (long) ended.size()));
    }

    private Mono<Void> existing(UUID id, String shareId) {
        return database.sql(EXISTS)
                .bind("id", id)
                .map(Shares::id)
                .one()
                .switchIfEmpty(Mono.error(() -> IdKind.SHARE.notFound(shareId)))
                .then();
    }

    /** Ends the shares whose time has come, so that streams let go of the candidates. */
    Mono<Integer> expire() {
        return transactions.mono(
                Tenant.system(),
                () -> database.sql(EXPIRE)
                        .map(Shares::shared)
                        .all()
                        .collectList()
                        .flatMap(ended -> told(ended, CandidateEvents.UNSHARED).thenReturn(ended.size())));
    }

    private Mono<Void> told(List<Shared> shares, String what) {
        List<NewEvent> all = shares.stream()
                .map(share -> CandidateEvents.of(
                        what,
                        share.recruiterId(),
                        share.candidateId(),
                        Map.of("share_id", IdKind.SHARE.format(share.id()))))
                .toList();
        return Flux.fromIterable(all).buffer(500).concatMap(events::append).then();
    }

    private static AuditEntry audit(Caller caller, String action, Shared share) {
        return AuditEntry.by(caller, action, IdKind.SHARE.format(share.id()), share.ownerId())
                .under(IdKind.CANDIDATE.format(share.candidateId()));
    }

    private static void allKnown(String field, Set<UUID> wanted, Set<UUID> known, IdKind kind) {
        wanted.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(unknown -> {
            throw Problem.invalid(field, kind.format(unknown) + " does not exist");
        });
    }

    private static io.r2dbc.spi.Parameter instant(@Nullable Instant at) {
        return at == null ? Parameters.in(Instant.class) : Parameters.in(at);
    }

    private static UUID id(Readable row) {
        return given(row, "id");
    }

    private static UUID given(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, UUID.class), column);
    }

    private static Shared shared(Readable row) {
        return new Shared(
                given(row, "id"), given(row, "owner_id"), given(row, "candidate_id"), given(row, "recruiter_id"));
    }
}
