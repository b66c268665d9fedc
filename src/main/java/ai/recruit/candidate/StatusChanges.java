package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.web.RowList;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Every move of a status, each of which can be taken back once those after it are. */
@Component
class StatusChanges {

    private static final String INSERT = """
            insert into candidate_status_changes (id, owner_id, candidate_id, from_status, to_status, changed_by)
            values (:id, :account, :candidate, :from, :to, :by)
            """;

    private static final String FIND = """
            select h.from_status, h.to_status, h.undone_at is not null as undone,
                exists (
                    select from candidate_status_changes l
                    where l.candidate_id = h.candidate_id and l.id > h.id and l.undone_at is null) as overtaken
            from candidate_status_changes h
            where h.id = :id and h.candidate_id = :candidate and h.owner_id = :account
            """;

    private static final String UNDO = """
            update candidate_status_changes h set undone_at = now(), undone_by = :by
            where h.id = :id and h.owner_id = :account
            """;

    private static final RowList MOVES = new RowList(
                    "status-changes",
                    IdKind.STATUS_CHANGE,
                    "h.*",
                    "candidate_status_changes h",
                    """
                    public_id('move', r.id) as id, public_id('cand', r.candidate_id) as candidate_id,
                    r.from_status, r.to_status, public_id('usr', r.changed_by) as changed_by,
                    public_time(r.changed_at) as changed_at,
                    case when r.undone_by is not null then public_id('usr', r.undone_by) end as undone_by,
                    public_time(r.undone_at) as undone_at""",
                    List.of(new RowList.Key("h.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of(),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("(:all or h.owner_id = :owner)");

    private final DatabaseClient database;
    private final Clock clock;

    StatusChanges(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    static RowList of(UUID candidateId) {
        return MOVES.where("h.candidate_id = any (candidate_group(:candidate))", "candidate", candidateId);
    }

    /** Writes a move down, in the transaction that makes it. */
    Mono<Void> record(Caller caller, Candidate old, String status) {
        return database.sql(INSERT)
                .bind("id", UuidV7.next(clock))
                .bind("account", old.ownerId())
                .bind("candidate", old.id())
                .bind("from", old.status())
                .bind("to", status)
                .bind("by", caller.accountId())
                .then();
    }

    /** Marks a move as taken back, and gives the status that was before it. The candidate's row is locked. */
    Mono<String> undo(Caller caller, Candidate now, UUID id, String moveId) {
        record Move(String from, String to, boolean undone, boolean overtaken) {}
        return database.sql(FIND)
                .bind("id", id)
                .bind("candidate", now.id())
                .bind("account", now.ownerId())
                .map(row -> new Move(
                        Objects.requireNonNull(row.get("from_status", String.class)),
                        Objects.requireNonNull(row.get("to_status", String.class)),
                        Boolean.TRUE.equals(row.get("undone", Boolean.class)),
                        Boolean.TRUE.equals(row.get("overtaken", Boolean.class))))
                .one()
                .switchIfEmpty(Mono.error(() -> IdKind.STATUS_CHANGE.notFound(moveId)))
                .flatMap(move -> {
                    if (move.undone()) {
                        return Mono.error(new Problem(ProblemCode.CONFLICT, "This move has been taken back already"));
                    }
                    if (move.overtaken()) {
                        return Mono.error(new Problem(
                                ProblemCode.CONFLICT,
                                "The status has been moved again since; take the later moves back first"));
                    }
                    return database.sql(UNDO)
                            .bind("id", id)
                            .bind("account", now.ownerId())
                            .bind("by", caller.accountId())
                            .then()
                            .thenReturn(move.from());
                });
    }
}
