package ai.recruit.bench.vertx;

import ai.recruit.bench.yardstick.Sql;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Entries that come while a transaction runs are written together by the next, as in the service. For one event loop. */
final class Journal {

    private final Pool pool;
    private List<JsonObject> waiting = new ArrayList<>();
    private Promise<Void> written = Promise.promise();
    private boolean running;

    Journal(Pool pool) {
        this.pool = pool;
    }

    /** Completes when the entry is committed. */
    Future<Void> add(JsonObject entry) {
        waiting.add(entry);
        Future<Void> end = written.future();
        if (!running) {
            write();
        }
        return end;
    }

    private void write() {
        running = true;
        JsonArray entries = new JsonArray(waiting);
        Promise<Void> outcome = written;
        waiting = new ArrayList<>();
        written = Promise.promise();
        pool.withTransaction(connection -> {
                    connection.preparedQuery(Sql.ENTER).execute(Tuple.of("", "system"));
                    return connection.preparedQuery(Sql.RECORD).execute(Tuple.of(entries));
                })
                .onComplete(done -> {
                    running = false;
                    if (done.succeeded()) {
                        outcome.complete();
                    } else {
                        outcome.fail(done.cause());
                    }
                    if (!waiting.isEmpty()) {
                        write();
                    }
                });
    }
}
