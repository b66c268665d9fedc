package ai.recruit.candidate;

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
import ai.recruit.web.ETags;
import ai.recruit.web.Preconditions;
import ai.recruit.web.RowList;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What people write down about candidates. Private notes are their author's alone, also before administrators. */
@Component
class Notes {

    private static final String INSERT = """
            insert into candidate_notes (id, owner_id, candidate_id, content, is_private, is_important)
            values (:id, :owner, :candidate, :content, :private, :important)
            """;

    private static final String CHANGE = """
            update candidate_notes n
            set content = coalesce(:content, n.content), is_private = coalesce(:private, n.is_private),
                is_important = coalesce(:important, n.is_important), updated_at = now()
            where n.id = :id and n.candidate_id = any (candidate_group(:candidate)) and n.owner_id = :owner
            """;

    /** Locked, so that the version is still the same when it is changed. */
    private static final String VERSION = """
            select n.updated_at from candidate_notes n
            where n.id = :id and n.candidate_id = any (candidate_group(:candidate)) and n.owner_id = :owner
            for update
            """;

    private static final String DELETE = """
            delete from candidate_notes n
            where n.id = :id and n.candidate_id = any (candidate_group(:candidate)) and n.owner_id = :owner
            """;

    private static final String ADDED = "note.added";
    private static final String CHANGED = "note.changed";
    private static final String REMOVED = "note.removed";

    /** Notes that the account may read, of candidates that it may see. */
    static final RowList NOTES = new RowList(
                    "notes",
                    IdKind.NOTE,
                    "n.*",
                    "candidate_notes n",
                    """
                    public_id('note', r.id) as id, public_id('cand', r.candidate_id) as candidate_id,
                    public_id('usr', r.owner_id) as author_id, r.content, r.is_private, r.is_important,
                    public_time(r.created_at) as created_at, public_time(r.updated_at) as updated_at""",
                    List.of(new RowList.Key("n.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of(),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("(n.owner_id = :owner or not n.is_private)");

    private final Candidates candidates;
    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final Clock clock;

    Notes(
            Candidates candidates,
            DatabaseClient database,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            Clock clock) {
        this.candidates = candidates;
        this.database = database;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.clock = clock;
    }

    static RowList of(UUID candidateId) {
        String id = IdKind.CANDIDATE.format(candidateId);
        return NOTES.where("n.candidate_id = any (candidate_group(:candidate))", "candidate", candidateId)
                .following(new RowList.Tail(
                        Set.of(ADDED), Set.of(CHANGED, REMOVED), event -> id.equals(event.parent()), false));
    }

    /** Writes a note down; gives back its id. */
    Mono<UUID> add(Caller caller, UUID candidateId, NewNote note) {
        return candidates.get(caller.tenant(), candidateId).flatMap(candidate -> {
            Tenant author = Tenant.account(caller.accountId());
            return transactions.mono(author, () -> insert(caller, candidate, note));
        });
    }

    /** The same within a transaction of somebody who may see the candidate. */
    Mono<UUID> insert(Caller caller, Candidate candidate, NewNote note) {
        UUID id = UuidV7.next(clock);
        return database.sql(INSERT)
                .bind("id", id)
                .bind("owner", caller.accountId())
                .bind("candidate", candidate.id())
                .bind("content", note.content() == null ? "" : note.content())
                .bind("private", Boolean.TRUE.equals(note.isPrivate()))
                .bind("important", Boolean.TRUE.equals(note.isImportant()))
                .then()
                .then(Mono.defer(() -> told(caller, candidate, ADDED, id)))
                .thenReturn(id);
    }

    /** The tag of a note as the caller reads it; empty when there is none. */
    Mono<String> tag(Caller caller, UUID candidateId, UUID noteId) {
        return transactions.mono(Tenant.account(caller.accountId()), () -> locked(caller, candidateId, noteId));
    }

    private Mono<String> locked(Caller caller, UUID candidateId, UUID noteId) {
        return database.sql(VERSION)
                .bind("id", noteId)
                .bind("candidate", candidateId)
                .bind("owner", caller.accountId())
                .map(row -> ETags.of(noteId, row.get("updated_at", Instant.class)))
                .one();
    }

    private Mono<Void> checked(Caller caller, UUID candidateId, String noteId, Preconditions preconditions) {
        return locked(caller, candidateId, IdKind.NOTE.get(noteId))
                .switchIfEmpty(Mono.error(() -> IdKind.NOTE.notFound(noteId)))
                .doOnNext(preconditions::check)
                .then();
    }

    /**
     * Changes a note of one's own.
     *
     * @throws Problem {@code PRECONDITION_FAILED} when it is not the version that the client has read
     */
    Mono<Void> change(Caller caller, UUID candidateId, String noteId, NewNote change, Preconditions preconditions) {
        UUID id = IdKind.NOTE.get(noteId);
        return candidates
                .get(caller.tenant(), candidateId)
                .flatMap(candidate -> transactions.mono(
                        Tenant.account(caller.accountId()),
                        () -> checked(caller, candidateId, noteId, preconditions)
                                .then(Mono.defer(() -> database.sql(CHANGE)
                                        .bind("id", id)
                                        .bind("candidate", candidateId)
                                        .bind("owner", caller.accountId())
                                        .bind("content", Parameters.in(R2dbcType.VARCHAR, change.content()))
                                        .bind("private", Parameters.in(R2dbcType.BOOLEAN, change.isPrivate()))
                                        .bind("important", Parameters.in(R2dbcType.BOOLEAN, change.isImportant()))
                                        .then()))
                                .then(Mono.defer(() -> told(caller, candidate, CHANGED, id)))));
    }

    /** Deletes a note of one's own; fails as {@link #change}. */
    Mono<Void> remove(Caller caller, UUID candidateId, String noteId, Preconditions preconditions) {
        UUID id = IdKind.NOTE.get(noteId);
        return candidates
                .get(caller.tenant(), candidateId)
                .flatMap(candidate -> transactions.mono(
                        Tenant.account(caller.accountId()),
                        () -> checked(caller, candidateId, noteId, preconditions)
                                .then(Mono.defer(() -> database.sql(DELETE)
                                        .bind("id", id)
                                        .bind("candidate", candidateId)
                                        .bind("owner", caller.accountId())
                                        .then()))
                                .then(Mono.defer(() -> told(caller, candidate, REMOVED, id)))));
    }

    private Mono<Void> told(Caller caller, Candidate candidate, String what, UUID noteId) {
        String note = IdKind.NOTE.format(noteId);
        String id = IdKind.CANDIDATE.format(candidate.id());
        return events.append(NewEvent.owned(caller.accountId(), what, note, Map.of("candidate_id", id, "note_id", note))
                        .under(id))
                .then(Mono.defer(() -> audits.record(
                        AuditEntry.by(caller, what, note, candidate.ownerId()).under(id))));
    }
}
