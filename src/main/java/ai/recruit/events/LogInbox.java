package ai.recruit.events;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class LogInbox implements Inbox {

    private static final String RECORD =
            "insert into event_inbox (queue, event_id) values (:queue, :event) on conflict do nothing";
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

    Mono<Boolean> handled(Work work) {
        return database.sql(FIND)
                .bind("queue", work.queue())
                .bind("event", work.eventId())
                .map(row -> Boolean.TRUE.equals(row.get("handled", Boolean.class)))
                .one();
    }
}
