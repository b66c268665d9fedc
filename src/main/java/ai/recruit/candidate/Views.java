package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.TenantTransactions;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who has looked at whom. */
@Component
class Views {

    private static final String SEE = """
            insert into recruiter_candidates as m (owner_id, candidate_id, source, last_viewed_at)
            values (:account, :candidate, 'shared', now())
            on conflict (owner_id, candidate_id) do update set last_viewed_at = now()
            """;

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;

    Views(DatabaseClient database, TenantTransactions transactions, Events events, Audits audits) {
        this.database = database;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
    }

    /** Writes down that the caller has been shown a profile. */
    Mono<Void> viewed(Caller caller, Candidate candidate) {
        return audits.recordRead(entry(caller, candidate));
    }

    /** The same, and when, where the caller's own database shows it. */
    Mono<Void> opened(Caller caller, Candidate candidate) {
        UUID account = candidate.access().own() ? candidate.ownerId() : caller.accountId();
        return transactions.mono(
                caller.tenant(),
                () -> database.sql(SEE)
                        .bind("account", account)
                        .bind("candidate", candidate.id())
                        .then()
                        .then(Mono.defer(() -> events.append(
                                CandidateEvents.of(CandidateEvents.VIEWED, account, candidate.id(), Map.of()))))
                        .then(Mono.defer(() -> audits.record(entry(caller, candidate)))));
    }

    private static AuditEntry entry(Caller caller, Candidate candidate) {
        return AuditEntry.by(
                        caller, CandidateEvents.VIEWED, IdKind.CANDIDATE.format(candidate.id()), candidate.ownerId())
                .with(Map.of("contact", candidate.access().contact()));
    }
}
