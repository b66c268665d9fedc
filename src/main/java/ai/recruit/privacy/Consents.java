package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Sharing;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What people have agreed to. Nothing is overwritten: a consent that is withdrawn stays, and another one is another row. */
@Component
class Consents {

    private static final String GIVEN = "consent.given";
    private static final String WITHDRAWN = "consent.withdrawn";
    private static final String SHARING = "sharing";

    private static final String INSERT = """
            insert into consents (id, owner_id, candidate_id, purpose, basis, source, statement, given_at, expires_at,
                recorded_by)
            values (:id, :owner, :candidate, :purpose, :basis, :source, :statement, :given, :expires, :by)
            """;

    private static final String WITHDRAW = """
            update consents c set withdrawn_at = now(), withdrawn_by = :by
             where c.id = :id and c.candidate_id = any (candidate_group(:candidate)) and c.owner_id = :owner
               and c.withdrawn_at is null
            returning c.purpose
            """;

    private static final String STILL = """
            select 1 as found from consents c
             where c.candidate_id = any (candidate_group(:candidate)) and c.owner_id = :owner and c.purpose = :purpose
               and c.withdrawn_at is null and (c.expires_at is null or c.expires_at > now()) limit 1
            """;

    private static final String WITHDRAW_ALL = """
            update consents c set withdrawn_at = now(), withdrawn_by = :by
             where c.candidate_id = any (candidate_group(:candidate)) and c.owner_id = :owner and c.withdrawn_at is null
            """;

    private static final String EXISTS = """
            select 1 as found from consents c
             where c.id = :id and c.candidate_id = any (candidate_group(:candidate)) and c.owner_id = :owner
            """;

    private static final String SHAPE = """
            public_id('cons', r.id) as id, public_id('cand', r.candidate_id) as candidate_id, r.purpose, r.basis,
            r.source, r.statement, public_time(r.given_at) as given_at, public_time(r.expires_at) as expires_at,
            public_id('usr', r.recorded_by) as recorded_by, public_time(r.recorded_at) as recorded_at,
            public_time(r.withdrawn_at) as withdrawn_at, public_id('usr', r.withdrawn_by) as withdrawn_by,
            r.withdrawn_at is null and (r.expires_at is null or r.expires_at > now()) as active""";

    static final RowList CONSENTS = new RowList(
                    "consents",
                    IdKind.CONSENT,
                    "c.*",
                    "consents c",
                    SHAPE,
                    List.of(new RowList.Key("c.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("purpose"),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("(:all or c.owner_id = :owner)");

    private final Sharing sharing;
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final Clock clock;

    Consents(
            Sharing sharing,
            DatabaseClient database,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            Clock clock) {
        this.sharing = sharing;
        this.database = database;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.clock = clock;
    }

    static RowList of(UUID candidateId, @Nullable String purpose) {
        String id = IdKind.CANDIDATE.format(candidateId);
        return CONSENTS.where("c.candidate_id = any (candidate_group(:candidate))", "candidate", candidateId)
                .whereGiven("c.purpose = :purpose", "purpose", purpose)
                .following(
                        new RowList.Tail(Set.of(GIVEN), Set.of(WITHDRAWN), event -> id.equals(event.parent()), false));
    }

    /** Writes one down; gives back its id. */
    Mono<UUID> add(Caller caller, UUID owner, UUID candidate, NewConsent.Checked consent) {
        UUID id = UuidV7.next(clock);
        return transactions
                .mono(
                        Tenant.account(owner),
                        () -> database.sql(INSERT)
                                .bind("id", id)
                                .bind("owner", owner)
                                .bind("candidate", candidate)
                                .bind("purpose", consent.purpose())
                                .bind("basis", consent.basis())
                                .bind("source", consent.source())
                                .bind("statement", Parameters.in(R2dbcType.VARCHAR, consent.statement()))
                                .bind("given", consent.givenAt())
                                .bind(
                                        "expires",
                                        consent.expiresAt() == null
                                                ? Parameters.in(Instant.class)
                                                : Parameters.in(consent.expiresAt()))
                                .bind("by", caller.accountId())
                                .then()
                                .then(Mono.defer(() -> told(caller, GIVEN, owner, candidate, id, consent.purpose()))))
                .thenReturn(id);
    }

    /**
     * Withdraws one. The last consent to be shared takes the shares with it, open streams included.
     *
     * @throws Problem {@link ProblemCode#CONFLICT} when it has been withdrawn already
     */
    Mono<Void> withdraw(Caller caller, UUID owner, UUID candidate, String consentId) {
        UUID id = IdKind.CONSENT.get(consentId);
        return transactions.together(() -> transactions
                .mono(Tenant.account(owner), () -> withdrawOne(caller, owner, candidate, id, consentId))
                .flatMap(endsSharing -> endsSharing
                        ? sharing.end(caller, owner, candidate, "consent_withdrawn")
                                .then()
                        : Mono.empty()));
    }

    /** Gives whether nothing allows any more that the person is shared. */
    private Mono<Boolean> withdrawOne(Caller caller, UUID owner, UUID candidate, UUID id, String consentId) {
        return bound(WITHDRAW, owner, candidate)
                .bind("id", id)
                .bind("by", caller.accountId())
                .map(row -> String.valueOf(row.get("purpose", String.class)))
                .one()
                .switchIfEmpty(Mono.defer(() -> bound(EXISTS, owner, candidate)
                        .bind("id", id)
                        .fetch()
                        .one()
                        .switchIfEmpty(Mono.error(() -> IdKind.CONSENT.notFound(consentId)))
                        .flatMap(there -> Mono.error(
                                new Problem(ProblemCode.CONFLICT, "This consent has been withdrawn already")))))
                .delayUntil(purpose -> told(caller, WITHDRAWN, owner, candidate, id, null))
                .flatMap(purpose -> purpose.equals(SHARING)
                        ? bound(STILL, owner, candidate)
                                .bind("purpose", SHARING)
                                .fetch()
                                .one()
                                .hasElement()
                                .map(still -> !still)
                        : Mono.just(false));
    }

    /** Withdraws all that there are, and ends all shares; gives how many consents that were. */
    Mono<Long> withdrawAll(Caller caller, UUID owner, UUID candidate) {
        return transactions.together(() -> transactions
                .mono(
                        Tenant.account(owner),
                        () -> bound(WITHDRAW_ALL, owner, candidate)
                                .bind("by", caller.accountId())
                                .fetch()
                                .rowsUpdated()
                                .delayUntil(count -> audits.record(AuditEntry.by(
                                                caller, "consents.withdrawn", IdKind.CANDIDATE.format(candidate), owner)
                                        .with(Map.of("count", count)))))
                .delayUntil(count -> sharing.end(caller, owner, candidate, "consent_withdrawn")));
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, UUID owner, UUID candidate) {
        return database.sql(sql).bind("owner", owner).bind("candidate", candidate);
    }

    private Mono<Void> told(Caller caller, String what, UUID owner, UUID candidate, UUID id, @Nullable String purpose) {
        String consent = IdKind.CONSENT.format(id);
        String person = IdKind.CANDIDATE.format(candidate);
        return events.append(NewEvent.owned(owner, what, consent, Map.of("consent_id", consent, "candidate_id", person))
                        .under(person))
                .then(Mono.defer(() -> audits.record(AuditEntry.by(caller, what, consent, owner)
                        .under(person)
                        .with(purpose == null ? Map.of() : Map.of("purpose", purpose)))));
    }
}
