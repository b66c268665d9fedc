package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidate;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Candidates whom nobody erases for now, because a law or a court says so. */
@Component
class Holds {

    private static final String PLACE = """
            insert into legal_holds as h (candidate_id, owner_id, reason, placed_by)
            values (:candidate, :owner, :reason, :by)
            on conflict (candidate_id) do update set reason = excluded.reason, placed_by = excluded.placed_by,
                placed_at = now()
             where h.owner_id = :owner
            """;

    private static final String LIFT =
            "delete from legal_holds h where h.candidate_id = :candidate and h.owner_id = :owner";

    private static final String FIND = """
            select jsonb_build_object('candidate_id', public_id('cand', h.candidate_id), 'reason', h.reason,
                       'placed_by', public_id('usr', h.placed_by), 'placed_at', public_time(h.placed_at))::text as json
              from legal_holds h where h.candidate_id = :candidate and h.owner_id = :owner
            """;

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Audits audits;

    Holds(DatabaseClient database, TenantTransactions transactions, Audits audits) {
        this.database = database;
        this.transactions = transactions;
        this.audits = audits;
    }

    Mono<String> place(Caller caller, Candidate candidate, String reason) {
        return transactions.mono(
                Tenant.account(candidate.ownerId()),
                () -> bound(PLACE, candidate)
                        .bind("reason", reason)
                        .bind("by", caller.accountId())
                        .then()
                        .then(Mono.defer(() -> audits.record(entry(caller, "legal_hold.placed", candidate))))
                        .then(Mono.defer(() -> find(candidate))));
    }

    /** @throws Problem {@code RESOURCE_NOT_FOUND} when there is none */
    Mono<Void> lift(Caller caller, Candidate candidate) {
        return transactions.mono(
                Tenant.account(candidate.ownerId()),
                () -> bound(LIFT, candidate)
                        .fetch()
                        .rowsUpdated()
                        .flatMap(count -> count == 0
                                ? Mono.error(none())
                                : audits.record(entry(caller, "legal_hold.lifted", candidate))));
    }

    /** @throws Problem {@code RESOURCE_NOT_FOUND} when there is none */
    Mono<String> get(Candidate candidate) {
        return transactions
                .mono(Tenant.account(candidate.ownerId()), () -> find(candidate))
                .switchIfEmpty(Mono.error(Holds::none));
    }

    private Mono<String> find(Candidate candidate) {
        return bound(FIND, candidate)
                .map(row -> String.valueOf(row.get("json", String.class)))
                .one();
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, Candidate candidate) {
        UUID owner = candidate.ownerId();
        return database.sql(sql).bind("candidate", candidate.id()).bind("owner", owner);
    }

    private static AuditEntry entry(Caller caller, String action, Candidate candidate) {
        return AuditEntry.by(caller, action, IdKind.CANDIDATE.format(candidate.id()), candidate.ownerId());
    }

    private static Problem none() {
        return new Problem(ProblemCode.RESOURCE_NOT_FOUND, "There is no legal hold on this candidate");
    }
}
