package ai.recruit.bench.flux;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Ids;
import ai.recruit.bench.yardstick.Reader;
import ai.recruit.bench.yardstick.Sql;
import ai.recruit.bench.yardstick.Wishes;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@RestController
class WishesController {

    /** As in the service, the account is set and the row is read by one statement. */
    private static final String READ = "select w.* from (select set_config('recruit.account', $1, true) as a,"
            + " set_config('recruit.scope', $2, true) as s offset 0) t, lateral (select * from ("
            + Sql.WISHES.replace("$2", "$4").replace("$1", "$3")
            + ") r where t.a is not null and t.s is not null offset 0) w";

    private final ConnectionPool database;
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    WishesController(ConnectionPool database) {
        this.database = database;
    }

    @GetMapping("/api/v1/candidates/{id}/wishes")
    Mono<ResponseEntity<byte[]>> wishes(@PathVariable String id, @RequestAttribute Reader reader) {
        UUID key = Ids.parse("cand", id);
        return key == null
                ? Mono.just(ResponseEntity.notFound().build())
                : read(reader, key)
                        .map(wishes -> ResponseEntity.ok()
                                .eTag(Answers.tag(wishes.toString().getBytes(StandardCharsets.UTF_8)))
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(json.writeValueAsBytes(wishes)))
                        .defaultIfEmpty(ResponseEntity.notFound().build());
    }

    private Mono<Wishes> read(Reader reader, UUID id) {
        return Mono.usingWhen(
                database.create(),
                connection -> Flux.from(bound(connection, reader, id).execute())
                        .concatMap(result -> result.map((Readable row) -> wishes(row)))
                        .singleOrEmpty(),
                Connection::close);
    }

    private static Statement bound(Connection connection, Reader reader, UUID id) {
        return connection
                .createStatement(READ)
                .bind(0, reader.account().toString())
                .bind(1, "account")
                .bind(2, reader.account())
                .bind(3, id);
    }

    private Wishes wishes(Readable row) {
        return Wishes.of(stored(row, "wishes"), stored(row, "resume_wishes"));
    }

    private Wishes.Stored stored(Readable row, String column) {
        return json.readValue(row.get(column, Json.class).asArray(), Wishes.Stored.class);
    }
}
