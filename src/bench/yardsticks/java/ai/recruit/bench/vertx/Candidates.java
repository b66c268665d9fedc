package ai.recruit.bench.vertx;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Ids;
import ai.recruit.bench.yardstick.Reader;
import ai.recruit.bench.yardstick.Settings;
import ai.recruit.bench.yardstick.Sql;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/** One event loop with its own connections to the database, so that a request never changes the thread. */
final class Candidates extends VerticleBase {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> TEXTS =
            List.of("first_name", "last_name", "email", "phone", "location", "title", "summary");
    // Jackson writes this value as PostgreSQL has written it; the client would make objects of it.
    private static final String GET = Sql.GET.replace("c.resume_data", "c.resume_data::text as resume_data");

    private final Settings settings;
    private final Door door;
    private final int connections;
    private final Answers answers;
    private Pool pool;
    private Journal journal;

    Candidates(Settings settings, Door door, int connections) {
        this.settings = settings;
        this.door = door;
        this.connections = connections;
        this.answers = new Answers(settings.rate());
    }

    @Override
    public Future<?> start() {
        PgConnectOptions address = new PgConnectOptions()
                .setHost(settings.database().getHost())
                .setPort(settings.database().getPort())
                .setDatabase(settings.databaseName())
                .setUser(settings.user())
                .setPassword(settings.password())
                .setCachePreparedStatements(true)
                .addProperty("role", "recruit_app");
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections).setEventLoopSize(0))
                .connectingTo(address)
                .using(vertx)
                .build();
        journal = new Journal(pool);
        Router router = Router.router(vertx);
        router.get("/api/v1/candidates/:id").handler(context -> answer(context, Candidates::profile, true));
        router.get("/api/v1/candidates/:id/wishes").handler(context -> answer(context, Candidates::wishes, false));
        return vertx.createHttpServer().requestHandler(router).listen(settings.port(), "127.0.0.1");
    }

    private void answer(RoutingContext context, BiFunction<Row, Boolean, Buffer> body, boolean viewed) {
        HttpServerResponse response = context.response();
        String requestId = Answers.requestId();
        Answers.fixed(requestId, response::putHeader);
        Reader reader = door.enter(context.request().getHeader("Authorization"));
        if (reader == null) {
            response.setStatusCode(401).end();
            return;
        }
        if (!answers.admit(response::putHeader)) {
            response.setStatusCode(429).end();
            return;
        }
        UUID id = Ids.parse("cand", context.pathParam("id"));
        if (id == null) {
            response.setStatusCode(404).end();
            return;
        }
        find(reader, id, viewed ? GET : Sql.WISHES)
                .compose(row -> {
                    if (row == null || !viewed) {
                        return Future.succeededFuture(row);
                    }
                    return journal.add(entry(reader, row, requestId, context)).map(row);
                })
                .onFailure(context::fail)
                .onSuccess(row -> {
                    if (row == null) {
                        response.setStatusCode(404).end();
                        return;
                    }
                    boolean own = viewed && Boolean.TRUE.equals(row.getBoolean("own"));
                    Buffer json = body.apply(row, own);
                    response.putHeader(
                                    "ETag",
                                    viewed
                                            ? Answers.tag(
                                                    row.getUUID("id"), row.getLong("version"), own, true, true, true)
                                            : Answers.tag(json.getBytes()))
                            .putHeader("Content-Type", "application/json")
                            .end(json);
                });
    }

    /** Both statements are on their way before the first is answered. */
    private Future<Row> find(Reader reader, UUID id, String sql) {
        return pool.withTransaction(connection -> {
            Future<RowSet<Row>> entered = connection
                    .preparedQuery(Sql.ENTER)
                    .execute(Tuple.of(reader.account().toString(), "account"));
            Future<RowSet<Row>> found = connection.preparedQuery(sql).execute(Tuple.of(reader.account(), id));
            return Future.all(entered, found)
                    .map(both -> found.result().size() == 0
                            ? null
                            : found.result().iterator().next());
        });
    }

    private static JsonObject entry(Reader reader, Row row, String requestId, RoutingContext context) {
        return new JsonObject()
                .put("id", Ids.next().toString())
                .put("actor_id", reader.account().toString())
                .put("role", reader.role())
                .put("action", "candidate.viewed")
                .put("subject", Ids.format("cand", row.getUUID("id")))
                .put("owner_id", row.getUUID("owner_id").toString())
                .put("address", context.request().remoteAddress().hostAddress())
                .put("request_id", requestId)
                .put("details", new JsonObject().put("contact", true));
    }

    private static Buffer profile(Row row, boolean own) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            UUID position = row.getUUID("position_id");
            json.writeStartObject();
            json.writeStringField("id", Ids.format("cand", row.getUUID("id")));
            for (String column : TEXTS) {
                json.writeStringField(column, row.getString(column));
            }
            json.writeStringField("position_id", position == null ? null : Ids.format("pos", position));
            json.writeStringField("source", row.getString("source"));
            json.writeStringField("status", row.getString("status"));
            json.writeNumberField("score", (row.getInteger("score") + 50) / 100);
            json.writeArrayFieldStart("skills");
            for (String skill : row.getArrayOfStrings("skills")) {
                json.writeString(skill);
            }
            json.writeEndArray();
            json.writeNumberField("experience_years", row.getInteger("experience_months") / 12);
            json.writeObjectFieldStart("education");
            json.writeStringField("degree", row.getString("education_degree"));
            json.writeStringField("field", row.getString("education_field"));
            json.writeStringField("institution", row.getString("education_institution"));
            json.writeEndObject();
            json.writeFieldName("wishes");
            json.writeRawValue(wanted(row).encode());
            json.writeFieldName("resume_data");
            json.writeRawValue(row.getString("resume_data"));
            json.writeBooleanField("shared", !own);
            json.writeStringField("created_at", time(row, "created_at"));
            json.writeStringField("updated_at", time(row, "updated_at"));
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static String time(Row row, String column) {
        return row.getOffsetDateTime(column)
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private static Buffer wishes(Row row, boolean own) {
        return wanted(row).toBuffer();
    }

    /** What was declared, and where that says nothing, what the resumes say. */
    private static JsonObject wanted(Row row) {
        JsonObject declared = row.getJsonObject("wishes");
        JsonObject read = row.getJsonObject("resume_wishes");
        JsonObject paid = declared.containsKey("min_salary") ? declared : read;
        return new JsonObject()
                .put("min_salary", paid.getLong("min_salary"))
                .put("currency", paid.getString("currency"))
                .put("preferred_locations", texts(declared, read, "locations"))
                .put("work_modes", texts(declared, read, "work_modes"))
                .put("job_types", texts(declared, read, "employment_types"))
                .put("relocation", first(declared, read, "relocates"))
                .put("languages", texts(declared, read, "languages"))
                .put("available_from", first(declared, read, "available_from"));
    }

    private static JsonArray texts(JsonObject declared, JsonObject read, String name) {
        JsonArray own = declared.getJsonArray(name);
        return own != null && !own.isEmpty() ? own : read.getJsonArray(name, new JsonArray());
    }

    private static Object first(JsonObject declared, JsonObject read, String name) {
        Object own = declared.getValue(name);
        return own == null ? read.getValue(name) : own;
    }
}
