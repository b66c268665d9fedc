package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What people say is wrong about a value or a score of theirs, and what was answered. */
@Component
class Disputes {

    private static final String OPENED = "dispute.opened";
    private static final String ANSWERED = "dispute.answered";

    private static final String INSERT = """
            insert into disputes (id, owner_id, candidate_id, account_id, about, reference, statement)
            values (:id, :owner, :candidate, :account, :about, :reference, :statement)
            """;

    private static final String ANSWER = """
            update disputes d set status = :status, answer = :answer, answered_by = :by, answered_at = now()
             where d.id = :id and d.status = 'open' and (:all or d.owner_id = :owner)
            returning d.owner_id, d.candidate_id
            """;

    private static final String SHAPE = """
            public_id('disp', r.id) as id, public_id('cand', r.candidate_id) as candidate_id, r.about, r.reference,
            r.statement, r.status, r.answer, public_time(r.opened_at) as opened_at,
            public_time(r.answered_at) as answered_at""";

    static final RowList DISPUTES = new RowList(
                    "disputes",
                    IdKind.DISPUTE,
                    "d.*",
                    "disputes d",
                    SHAPE,
                    List.of(new RowList.Key("d.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("status", "candidate_id"),
                    RowList.Tail.of(Set.of(OPENED), Set.of(ANSWERED)))
            .where("(:all or d.owner_id = :owner)");

    private static final String OF_PERSON = """
            select coalesce(jsonb_agg(to_jsonb(x)), '[]')::text as json
              from (select %s from disputes r
                     where r.candidate_id = any (:ids) and (:all or r.owner_id = :owner) %s order by r.id desc) x
            """;
    private static final String ALL_OF_PERSON = OF_PERSON.formatted(SHAPE, "");
    private static final String ONE_OF_PERSON = OF_PERSON.formatted(SHAPE, "and r.id = :id");

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final Clock clock;

    Disputes(DatabaseClient database, TenantTransactions transactions, Events events, Audits audits, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.clock = clock;
    }

    /** Opens one; gives back its id. */
    Mono<UUID> open(Caller caller, Person person, NewDispute.Checked dispute) {
        UUID id = UuidV7.next(clock);
        return transactions
                .mono(
                        Tenant.account(person.ownerId()),
                        () -> database.sql(INSERT)
                                .bind("id", id)
                                .bind("owner", person.ownerId())
                                .bind("candidate", person.candidateId())
                                .bind("account", caller.accountId())
                                .bind("about", dispute.about())
                                .bind("reference", Parameters.in(R2dbcType.VARCHAR, dispute.reference()))
                                .bind("statement", dispute.statement())
                                .then()
                                .then(Mono.defer(
                                        () -> told(caller, OPENED, person.ownerId(), person.candidateId(), id))))
                .thenReturn(id);
    }

    /** @throws Problem {@code RESOURCE_NOT_FOUND}, or {@code CONFLICT} when it has been answered */
    Mono<Void> answer(
            Caller caller, boolean exists, UUID id, String disputeId, boolean accepted, @Nullable String words) {
        record Answered(UUID owner, UUID candidate) {}
        Tenant tenant = caller.tenant();
        return transactions.mono(
                tenant,
                () -> database.sql(ANSWER)
                        .bind("id", id)
                        .bind("status", accepted ? "accepted" : "rejected")
                        .bind("answer", Parameters.in(R2dbcType.VARCHAR, words))
                        .bind("by", caller.accountId())
                        .bind("all", tenant.seesAll())
                        .bind("owner", caller.accountId())
                        .map(row -> new Answered(
                                Objects.requireNonNull(row.get("owner_id", UUID.class)),
                                Objects.requireNonNull(row.get("candidate_id", UUID.class))))
                        .one()
                        .switchIfEmpty(Mono.error(() -> exists
                                ? new Problem(ProblemCode.CONFLICT, "This dispute has been answered already")
                                : IdKind.DISPUTE.notFound(disputeId)))
                        .flatMap(dispute -> told(caller, ANSWERED, dispute.owner(), dispute.candidate(), id)));
    }

    private Mono<Void> told(Caller caller, String what, UUID owner, UUID candidate, UUID id) {
        String dispute = IdKind.DISPUTE.format(id);
        String person = IdKind.CANDIDATE.format(candidate);
        return events.append(NewEvent.owned(owner, what, dispute, Map.of("dispute_id", dispute, "candidate_id", person))
                        .under(person))
                .then(Mono.defer(() -> audits.record(
                        AuditEntry.by(caller, what, dispute, owner).under(person))));
    }

    /** Those of a person as a JSON array, the newest first; of one id when that is given. */
    Mono<String> of(Person person, @Nullable UUID id) {
        return transactions.mono(Tenant.system(), () -> {
            DatabaseClient.GenericExecuteSpec query = database.sql(id == null ? ALL_OF_PERSON : ONE_OF_PERSON)
                    .bind("ids", person.candidateIds().toArray(UUID[]::new))
                    .bind("all", true)
                    .bindNull("owner", UUID.class);
            return (id == null ? query : query.bind("id", id))
                    .map(row -> String.valueOf(row.get("json", String.class)))
                    .one();
        });
    }
}
