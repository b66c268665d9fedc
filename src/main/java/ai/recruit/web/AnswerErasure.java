package ai.recruit.web;

import ai.recruit.person.PersonalData;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Answers that were kept for requests with an {@code Idempotency-Key}, and the keys, which clients may have made of
 * anything. The request still counts as done: sent again, it gets {@code CONFLICT}.
 */
@Component
class AnswerErasure implements PersonalData {

    private static final String ERASE = """
            update idempotency_key k
               set body = null, headers = '{}', subjects = '{}',
                   key = case when k.key like 'erased:%' then k.key
                         else 'erased:' || encode(sha256(convert_to(k.key, 'UTF8')), 'hex') end
             where (k.subjects && cast(:subjects as text[]) or (k.subjects is null and k.status is not null))
               and (:all or k.owner_id = :owner)
            """;

    private final DatabaseClient database;

    AnswerErasure(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Map<String, String> tables() {
        return Map.of("idempotency_key", "answers that name the person, and their keys, are blanked");
    }

    @Override
    public Mono<Map<String, Long>> forget(Set<String> ids) {
        return database.sql(ERASE)
                .bind(
                        "subjects",
                        ids.stream()
                                .map(id -> id.substring(id.indexOf('_') + 1))
                                .toArray(String[]::new))
                .bind("all", true)
                .bindNull("owner", UUID.class)
                .fetch()
                .rowsUpdated()
                .map(count -> Map.of("kept_answers", count));
    }
}
