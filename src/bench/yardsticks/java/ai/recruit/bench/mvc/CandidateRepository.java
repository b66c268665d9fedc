package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Ids;
import ai.recruit.bench.yardstick.Reader;
import ai.recruit.bench.yardstick.Sql;
import ai.recruit.bench.yardstick.Wishes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

@Repository
class CandidateRepository {

    private static final String ENTER = Sql.ENTER.replaceAll("\\$\\d", "?");
    private static final String GET = Sql.GET.replaceAll("\\$\\d", "?");
    private static final String WISHES = Sql.WISHES.replaceAll("\\$\\d", "?");
    private static final String RECORD = Sql.RECORD.replace("$1", "?");

    private final JdbcTemplate database;
    private final JsonMapper json;

    CandidateRepository(JdbcTemplate database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Null when there is none.
     *
     * @param viewedBy the id of the request by which the view is recorded, in the same transaction
     */
    @Transactional
    Profile find(Reader reader, UUID id, String viewedBy, String address) {
        database.query(ENTER, row -> {}, reader.account().toString(), "account");
        List<Profile> found = database.query(
                GET, (row, number) -> profile(row), reader.account(), reader.account(), id, reader.account());
        if (found.isEmpty()) {
            return null;
        }
        Profile profile = found.get(0);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", Ids.next());
        entry.put("actor_id", reader.account());
        entry.put("role", reader.role());
        entry.put("action", "candidate.viewed");
        entry.put("subject", profile.id());
        entry.put("owner_id", profile.ownerId());
        entry.put("address", address);
        entry.put("request_id", viewedBy);
        entry.put("details", Map.of("contact", true));
        database.update(RECORD, json.writeValueAsString(List.of(entry)));
        return profile;
    }

    /** Null when there is no such candidate. */
    @Transactional
    Wishes wishes(Reader reader, UUID id) {
        database.query(ENTER, row -> {}, reader.account().toString(), "account");
        List<Wishes> found = database.query(
                WISHES,
                (row, number) -> Wishes.of(stored(row, "wishes"), stored(row, "resume_wishes")),
                reader.account(),
                id,
                reader.account());
        return found.isEmpty() ? null : found.get(0);
    }

    private Profile profile(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        UUID position = row.getObject("position_id", UUID.class);
        return new Profile(
                Ids.format("cand", id),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("location"),
                row.getString("title"),
                row.getString("summary"),
                position == null ? null : Ids.format("pos", position),
                row.getString("source"),
                row.getString("status"),
                (row.getInt("score") + 50) / 100,
                List.of((String[]) row.getArray("skills").getArray()),
                row.getInt("experience_months") / 12,
                new Profile.Degree(
                        row.getString("education_degree"),
                        row.getString("education_field"),
                        row.getString("education_institution")),
                Wishes.of(stored(row, "wishes"), stored(row, "resume_wishes")),
                row.getString("resume_data"),
                !row.getBoolean("own"),
                time(row.getTimestamp("created_at")),
                time(row.getTimestamp("updated_at")),
                id,
                row.getObject("owner_id", UUID.class),
                row.getLong("version"));
    }

    private Wishes.Stored stored(ResultSet row, String column) throws SQLException {
        return json.readValue(row.getString(column), Wishes.Stored.class);
    }

    private static java.time.Instant time(Timestamp at) {
        return at.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
