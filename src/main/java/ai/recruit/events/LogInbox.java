package ai.recruit.events;

import ai.recruit.tenancy.GroupCommit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class LogInbox implements Inbox {

    private static final String RECORD =
            "insert into event_inbox (queue, event_id) values (:queue, :event) on conflict do nothing";
    private static final String RECORD_ALL = """
            insert into event_inbox (queue, event_id)
            select w.queue, w.id from unnest(cast(:queues as text[]), cast(:events as bigint[])) as w (queue, id)
            on conflict do nothing
            """;
    private static final String FIND = """
            select i.queue, i.event_id
              from unnest(cast(:queues as text[]), cast(:events as bigint[])) as w (queue, id)
              join event_inbox i on i.queue = w.queue and i.event_id = w.id
            """;
    private static final int ASKED_AT_ONCE = 256;

    private final DatabaseClient database;
    private final GroupCommit<Boolean, Work, Boolean> questions =
            new GroupCommit<>(ASKED_AT_ONCE, work -> true, (all, asked) -> handled(asked));

    LogInbox(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> record(Work work) {
        return database.sql(RECORD)
                .bind("queue", work.queue())
                .bind("event", work.eventId())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    @Override
    public Mono<Void> recordAll(List<Work> work) {
        return bind(database.sql(RECORD_ALL), work).then();
    }

    /** Whether the work has been recorded; the inbox belongs to no account, so this needs no tenant's transaction. */
    Mono<Boolean> handled(Work work) {
        return Mono.defer(() -> questions.submit(work));
    }

    private Mono<List<Boolean>> handled(List<Work> asked) {
        return bind(database.sql(FIND), asked)
                .map(row -> Map.entry(
                        Objects.requireNonNull(row.get("queue", String.class)),
                        Objects.requireNonNull(row.get("event_id", Long.class))))
                .all()
                .collect(Collectors.toSet())
                .map(found -> asked.stream()
                        .map(work -> found.contains(Map.entry(work.queue(), work.eventId())))
                        .toList());
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, List<Work> work) {
        return statement
                .bind("queues", work.stream().map(Work::queue).toArray(String[]::new))
                .bind("events", work.stream().map(Work::eventId).toArray(Long[]::new));
    }
}
