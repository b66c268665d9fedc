package ai.recruit.events;

import ai.recruit.person.PersonalData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Empties events about things that were erased. They keep their places, types and ids, so cursors stay what they are and
 * whoever reads the log again learns that the thing is gone. An event of its own tells every node to do the same in memory.
 */
@Component
class LogErasure implements PersonalData {

    /** Internal; its data are the {@code subjects} whose events have been emptied. */
    static final String ERASED = "log.erased";

    private static final int PIECE = 500;

    private static final String EMPTY = """
            update event_log l
               set data = (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(l.data) e
                            where jsonb_typeof(e.value) = 'string' and e.value #>> '{}' ~ '^[a-z]+_[0-9a-f]{32}$')
                          || '{"erased": true}'
             where (l.subject = any (:subjects) or l.parent = any (:subjects)) and l.data -> 'erased' is null
            """;

    private final DatabaseClient database;
    private final LogRepository repository;

    LogErasure(DatabaseClient database, LogRepository repository) {
        this.database = database;
        this.repository = repository;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of("event_log", "the data of events about the person are emptied");
    }

    @Override
    public Mono<Map<String, Long>> forget(Set<String> ids) {
        return Flux.fromIterable(pieces(ids))
                .concatMap(piece -> database.sql(EMPTY)
                        .bind("subjects", piece.toArray(String[]::new))
                        .fetch()
                        .rowsUpdated()
                        .delayUntil(emptied -> repository.append(
                                List.of(NewEvent.internal(ERASED, piece.get(0), Map.of("subjects", piece))))))
                .reduce(0L, Long::sum)
                .map(count -> Map.of("events", count));
    }

    private static List<List<String>> pieces(Set<String> ids) {
        List<String> all = new ArrayList<>(ids);
        List<List<String>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PIECE) {
            pieces.add(List.copyOf(all.subList(from, Math.min(all.size(), from + PIECE))));
        }
        return pieces;
    }
}
