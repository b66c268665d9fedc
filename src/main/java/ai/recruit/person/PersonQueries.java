package ai.recruit.person;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Runs the queries of {@link PersonalData}, which all go by the ids of candidates: {@code :ids}. They are the service's
 * own and carry the tenant predicate as {@code (:all or owner_id = :owner)}.
 */
@Component
public class PersonQueries {

    private final DatabaseClient database;

    PersonQueries(DatabaseClient database) {
        this.database = database;
    }

    /** @param sql constant text that gives one {@code jsonb} column called {@code row} */
    public Mono<Held> held(String name, String sql, Person person) {
        return bound("select coalesce(jsonb_agg(x.row), '[]')::text as json from (" + sql + ") x", person)
                .map(row -> String.valueOf(row.get("json", String.class)))
                .one()
                .map(json -> new Held(name, json));
    }

    /** @param sql constant text that gives a {@code text} column called {@code id} */
    public Mono<Set<String>> ids(String sql, Person person) {
        return bound(sql, person)
                .map(row -> String.valueOf(row.get("id", String.class)))
                .all()
                .collect(Collectors.toSet());
    }

    /** Deletes or changes rows, and gives how many. */
    public Mono<Long> change(String sql, Person person) {
        return bound(sql, person).fetch().rowsUpdated();
    }

    /** A statement with its binds set, for what the others do not fit. */
    public DatabaseClient.GenericExecuteSpec bound(String sql, Person person) {
        DatabaseClient.GenericExecuteSpec statement =
                database.sql(sql).bind("ids", person.candidateIds().toArray(UUID[]::new));
        return sql.contains(":all") ? statement.bind("all", true).bindNull("owner", UUID.class) : statement;
    }
}
