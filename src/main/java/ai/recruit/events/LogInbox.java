package ai.recruit.events;

import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
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
    private static final String FIND =
            "select exists (select from event_inbox where queue = :queue and event_id = :event) as handled";

    private final DatabaseClient database;

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
        return database.sql(RECORD_ALL)
                .bind("queues", work.stream().map(Work::queue).toArray(String[]::new))
                .bind("events", work.stream().map(Work::eventId).toArray(Long[]::new))
                .then();
    }

    /** Whether the work has been recorded; the inbox belongs to no account, so this needs no tenant's transaction. */
    Mono<Boolean> handled(Work work) {
        return database.sql(FIND)
                .bind("queue", work.queue())
                .bind("event", work.eventId())
                .map(row -> Boolean.TRUE.equals(row.get("handled", Boolean.class)))
                .one();
    }
}
