package ai.recruit.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Very many candidates of one recruiter, with all the rows beside theirs that the service would have written. */
final class ManyCandidates {

    private static final int BATCH = 50_000;

    private static final String FILL = """
            insert into candidates (id, owner_id, first_name, last_name, email, phone, location, title, summary, skills,
                experience_months, education_degree, education_field, education_institution, education_level, status,
                score, source, resume_data, name_words)
            select uuidv7(), '%1$s', f.name, s.stem || 'ov' || mod(i / 7, 50), s.stem || i || '@example.com',
                '+1555' || lpad(i::text, 7, '0'), case when mod(i, 10) = 0 then 'Бишкек, Кыргызстан' else 'Berlin, Germany' end,
                case when mod(i, 3) = 0 then 'Senior ' else '' end || 'Engineer for ' || k.skill,
                'Writes "plain" code and tests it, in a team of ' || mod(i, 12) || '.',
                array[k.skill, 'Testing', 'English', 'PostgreSQL'], mod(i, 240), 'BSc', 'Computer Science',
                'Example University', 'bachelor', t.status, mod(i::bigint * 7919, 10001),
                case when mod(i, 2) = 0 then 'linkedin' else 'resume_upload' end,
                jsonb_build_object('experience', jsonb_build_array(jsonb_build_object('company', 'Example Corp',
                    'description', repeat('Wrote and tested services for payments. ', 5)))),
                lower(f.name || ' ' || s.stem || 'ov' || mod(i / 7, 50))
            from generate_series(%2$d, %3$d) i,
                lateral (select (array['Ivan', 'Maria', 'Olga', 'John', 'Иван'])[1 + mod(i, 5)] as name) f,
                lateral (select (array['petr', 'smirn', 'volk', 'bel', 'gor', 'rud'])[1 + mod(i / 3, 6)] as stem) s,
                lateral (select (array['Java', 'Python', 'SQL', 'Kafka', 'Go', 'React'])[1 + mod(i / 5, 6)] as skill) k,
                lateral (select (array['initial_screening', 'phone_screen', 'interview', 'offer', 'rejected'])
                    [1 + mod(i / 11, 5)] as status) t
            """;

    private static final String MAP = """
            insert into recruiter_candidates (owner_id, candidate_id, source, tags)
            select c.owner_id, c.id, c.source,
                case when mod(c.experience_months, 20) = 0 then array['Favourite'] else '{}'::text[] end
            from candidates c where c.owner_id = '%s' on conflict do nothing
            """;

    private static final String IDENTIFY = """
            insert into candidate_identities (owner_id, kind, value, candidate_id)
            select c.owner_id, 'email', c.email, c.id from candidates c where c.owner_id = '%s' on conflict do nothing
            """;

    private static final String WORDS = """
            insert into candidate_search (candidate_id, account_id, initials, words)
            select w.id, w.owner_id, candidate_initials(w.owner_id, w.words), w.words
            from (
                select c.id, c.owner_id,
                    candidate_words(c.owner_id, c.name_words, c.email, c.title, c.skills) as words
                from candidates c
                where c.owner_id = '%s'
                offset 0) w
            """;

    private ManyCandidates() {}

    /** A connection as the owner of the tables. */
    static Connection connect(String databaseUrl) throws SQLException {
        URI address = URI.create(databaseUrl);
        String[] user = address.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath(),
                user[0],
                user[1]);
    }

    /**
     * Adds what is missing.
     *
     * @param words whether they are also to be found by words, which takes longer than all the rest
     */
    static void fill(Connection database, UUID owner, int rows, boolean words) throws SQLException {
        long from = System.nanoTime();
        try (Statement statement = database.createStatement()) {
            // As the service itself: row-level security binds the owner of the tables, too.
            statement.execute("select set_config('recruit.scope', 'system', false)");
            int present = count(statement, owner);
            if (present >= rows) {
                return;
            }
            statement.execute("set maintenance_work_mem = '512MB'");
            statement.execute("set work_mem = '64MB'");
            statement.execute("alter table candidates disable trigger candidate_searched");
            for (int first = present + 1; first <= rows; first += BATCH) {
                statement.execute(FILL.formatted(owner, first, Math.min(rows, first + BATCH - 1)));
            }
            statement.execute(MAP.formatted(owner));
            statement.execute(IDENTIFY.formatted(owner));
            if (words) {
                statement.execute(WORDS.formatted(owner));
            }
            statement.execute("alter table candidates enable trigger candidate_searched");
            for (String table :
                    List.of("candidates", "recruiter_candidates", "candidate_identities", "candidate_search")) {
                statement.execute("vacuum analyze " + table);
            }
        }
        System.out.printf("filled %,d candidates in %.0f s%n", rows, (System.nanoTime() - from) / 1e9);
    }

    private static int count(Statement statement, UUID owner) throws SQLException {
        try (ResultSet found =
                statement.executeQuery("select count(*) from candidates where owner_id = '" + owner + "'")) {
            found.next();
            return found.getInt(1);
        }
    }

    /** Public ids of some of them, spread over all. */
    static List<String> some(Connection database, UUID owner, int wanted) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("select set_config('recruit.scope', 'system', false)");
            int step = Math.max(1, count(statement, owner) / wanted);
            List<String> ids = new ArrayList<>();
            try (ResultSet found =
                    statement.executeQuery("select public_id('cand', n.id) from (select id, row_number() over"
                            + " (order by id) as place from candidates where owner_id = '" + owner
                            + "') n where n.place % " + step + " = 0 limit " + wanted)) {
                while (found.next()) {
                    ids.add(found.getString(1));
                }
            }
            return ids;
        }
    }

    /** The processor time of PostgreSQL's processes that serve somebody now. */
    static long serversNanos(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select pid from pg_stat_activity")) {
            long nanos = 0;
            while (found.next()) {
                nanos += Processes.nanosOrNone(found.getLong(1));
            }
            return nanos;
        }
    }
}
