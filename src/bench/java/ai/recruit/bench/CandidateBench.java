package ai.recruit.bench;

import ai.recruit.RecruitApplication;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long recruiters wait for a page of their candidates when there are many candidates of many recruiters: the list, its
 * filters, and a search as one types. Requests come at a fixed rate, whether or not those before are answered, and a time
 * counts from when its request was due. Beside them it tells how often PostgreSQL has read the table of candidates from
 * end to end meanwhile.
 *
 * <p>Service, PostgreSQL and client share the machine's processors. Arguments: candidates (1000000), recruiters (100),
 * requests a second (50), seconds for each kind of request (20), data folder (a new one; one that has candidates is used as
 * it is).
 */
public final class CandidateBench {

    private static final List<String> FIRST = List.of(
            "Ivan", "Maria", "Anna", "Sergey", "Olga", "Pavel", "Elena", "Dmitry", "Kate", "John", "Иван", "Мария");
    private static final List<String> STEMS = List.of(
            "ivan", "petr", "smirn", "kuzn", "volk", "morg", "gor", "bel", "kram", "lap", "rud", "tar", "fed", "zhuk");
    private static final List<String> SKILLS =
            List.of("Java", "Python", "SQL", "Kafka", "Docker", "React", "Go", "Excel", "Sales", "Design");
    private static final List<String> STATUSES =
            List.of("initial_screening", "phone_screen", "interview", "offer", "rejected");

    private static final String FILL = """
            with owners as (select array(select unnest(%s::uuid[])) as ids)
            insert into candidates (id, owner_id, first_name, last_name, email, phone, location, title, skills,
                experience_months, status, score, source, resume_data, name_words, created_at, updated_at)
            select uuidv7(), o.ids[1 + mod(i, array_length(o.ids, 1))], f.name, s.stem || 'ov' || mod(i / 7, 50),
                s.stem || i || '@example.com', '+1555' || lpad(i::text, 7, '0'), 'Berlin, Germany',
                case when mod(i, 3) = 0 then 'Senior ' else '' end || 'Engineer for ' || k.skill,
                array[k.skill, 'Testing', 'English'], mod(i, 240), t.status, mod(i::bigint * 7919, 10001),
                case when mod(i, 2) = 0 then 'linkedin' else 'resume_upload' end,
                jsonb_build_object('experience', jsonb_build_array(jsonb_build_object('company', 'Example Corp',
                    'description', repeat('Wrote and tested services for payments. ', 5)))),
                lower(f.name || ' ' || s.stem || 'ov' || mod(i / 7, 50)), now() - i * interval '1 second',
                now() - mod(i * 31, 1000000) * interval '1 second'
            from generate_series(%d, %d) i, owners o,
                lateral (select (%s)[1 + mod(i, %d)] as name) f, lateral (select (%s)[1 + mod(i / 3, %d)] as stem) s,
                lateral (select (%s)[1 + mod(i / 5, %d)] as skill) k,
                lateral (select (%s)[1 + mod(i / 11, %d)] as status) t
            """;

    private static final String MAP = """
            insert into recruiter_candidates (owner_id, candidate_id, source, tags)
            select c.owner_id, c.id, c.source,
                case when mod(c.experience_months, 20) = 0 then array['Favourite'] else '{}'::text[] end
            from candidates c on conflict do nothing
            """;

    private static final String WORDS = """
            insert into candidate_search (candidate_id, account_id, initials, words)
            select w.id, w.owner_id, candidate_initials(w.owner_id, w.words), w.words
            from (
                select c.id, c.owner_id,
                    candidate_words(c.owner_id, c.name_words, c.email, c.title, c.skills) as words
                from candidates c
                offset 0) w
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private CandidateBench() {}

    public static void main(String[] arguments) throws Exception {
        int rows = argument(arguments, 0, 1_000_000);
        int recruiters = argument(arguments, 1, 100);
        int rate = argument(arguments, 2, 50);
        int seconds = argument(arguments, 3, 20);
        int status = 1;
        Path data = arguments.length > 4 ? Path.of(arguments[4]) : Files.createTempDirectory("candidate-bench");
        try (ConfigurableApplicationContext service = new SpringApplication(RecruitApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--recruit.data-dir=" + data,
                        "--RECRUIT_ADMIN_EMAIL=" + ServiceProcess.ADMIN,
                        "--RECRUIT_ADMIN_PASSWORD=" + ServiceProcess.PASSWORD,
                        "--RECRUIT_RATE_HOUR=100000000",
                        "--RECRUIT_RATE_ENTERPRISE=100000000",
                        "--RECRUIT_RANKING_ENABLED=false",
                        "--logging.level.root=WARN")) {
            String url = "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port");
            List<Recruiter> people = new ArrayList<>();
            for (int i = 0; i < recruiters; i++) {
                people.add(Recruiter.register(url, "rita" + i + "@drill.example"));
            }
            FlywayConnectionDetails address = service.getBean(FlywayConnectionDetails.class);
            // A connection of its own, whose scans are counted when it ends.
            try (Connection database =
                    DriverManager.getConnection(address.getJdbcUrl(), address.getUsername(), address.getPassword())) {
                if (isEmpty(database)) {
                    fill(database, people, rows);
                }
                tidy(database);
            }
            try (Connection database =
                    DriverManager.getConnection(address.getJdbcUrl(), address.getUsername(), address.getPassword())) {
                boolean met = measure(url, database, people, rate, seconds);
                System.out.printf("aim: p95 of each below 50 ms   %s%n", met ? "met" : "MISSED");
            }
            status = 0;
        } catch (Exception failure) {
            failure.printStackTrace();
        } finally {
            System.exit(status);
        }
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private static boolean isEmpty(Connection database) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("select set_config('recruit.scope', 'system', false)");
            try (ResultSet found = statement.executeQuery("select exists (select from candidates)")) {
                found.next();
                return !found.getBoolean(1);
            }
        }
    }

    private static void fill(Connection database, List<Recruiter> people, int rows) throws Exception {
        long from = System.nanoTime();
        List<String> owners = people.stream()
                .map(person ->
                        person.get("/api/v1/auth/me").path("id").asString().substring(4))
                .toList();
        try (Statement statement = database.createStatement()) {
            // As the service itself: row-level security binds the owner of the tables, too.
            statement.execute("select set_config('recruit.scope', 'system', false)");
            String index = definition(statement, "candidate_search_words");
            statement.execute("drop index candidate_search_words");
            statement.execute("alter table candidates disable trigger candidate_searched");
            for (int first = 1; first <= rows; first += 50_000) {
                statement.execute(FILL.formatted(
                        "array" + owners.toString().replaceAll("[0-9a-f]{32}", "'$0'"),
                        first,
                        Math.min(rows, first + 49_999),
                        texts(FIRST),
                        FIRST.size(),
                        texts(STEMS),
                        STEMS.size(),
                        texts(SKILLS),
                        SKILLS.size(),
                        texts(STATUSES),
                        STATUSES.size()));
            }
            statement.execute(MAP);
            System.out.printf("filled %,d candidates in %.0f s%n", rows, (System.nanoTime() - from) / 1e9);
            from = System.nanoTime();
            statement.execute("set maintenance_work_mem = '512MB'");
            statement.execute(WORDS);
            statement.execute("alter table candidates enable trigger candidate_searched");
            statement.execute(index);
            System.out.printf("built the index of words in %.0f s%n", (System.nanoTime() - from) / 1e9);
        }
    }

    /** What the server does by itself in time. */
    private static void tidy(Connection database) throws Exception {
        try (Statement statement = database.createStatement()) {
            for (String table : List.of("candidates", "candidate_search", "candidate_tags", "recruiter_candidates")) {
                statement.execute("vacuum analyze " + table);
            }
        }
    }

    private static String texts(List<String> words) {
        return "array['" + String.join("','", words) + "']";
    }

    private static String definition(Statement statement, String index) throws Exception {
        try (ResultSet found = statement.executeQuery("select pg_get_indexdef('" + index + "'::regclass)")) {
            found.next();
            return found.getString(1);
        }
    }

    private static boolean measure(String url, Connection database, List<Recruiter> people, int rate, int seconds)
            throws Exception {
        Map<String, Function<Random, String>> kinds = new LinkedHashMap<>();
        kinds.put("list", random -> "");
        kinds.put("list by score", random -> "?sort=score");
        kinds.put("list by last change, ascending", random -> "?sort=updated_at&order=asc");
        kinds.put("page 100", random -> "?page=100");
        kinds.put("filter by status", random -> "?status=" + pick(random, STATUSES));
        kinds.put("filter by source and status", random -> "?source=linkedin&status=" + pick(random, STATUSES));
        kinds.put("filter by tag", random -> "?tags=favourite");
        kinds.put(
                "search, first letter",
                random -> "?search=" + pick(random, STEMS).charAt(0));
        kinds.put(
                "search, three letters",
                random -> "?search=" + pick(random, STEMS).substring(0, 3));
        kinds.put("search, name in Cyrillic", random -> "?search=" + encoded("Иван"));
        kinds.put(
                "search, title and skill",
                random -> "?search=senior+" + pick(random, SKILLS).toLowerCase(Locale.ROOT));
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        run(http, url, people, kinds.get("list"), rate, 5);
        long before = scans(database);
        boolean met = true;
        for (Map.Entry<String, Function<Random, String>> kind : kinds.entrySet()) {
            run(http, url, people, kind.getValue(), rate, 2);
            long[] times = run(http, url, people, kind.getValue(), rate, seconds);
            Arrays.sort(times);
            double p95 = times[(int) Math.ceil(0.95 * times.length) - 1] / 1e6;
            met &= p95 < 50;
            System.out.printf(
                    "%-32s p50 %6.1f ms, p95 %6.1f ms, p99 %6.1f ms, most %6.1f ms (%d requests)%n",
                    kind.getKey(),
                    times[times.length / 2] / 1e6,
                    p95,
                    times[(int) Math.ceil(0.99 * times.length) - 1] / 1e6,
                    times[times.length - 1] / 1e6,
                    times.length);
        }
        long scans = scans(database) - before;
        System.out.printf("sequential scans of candidates  %d: %s%n", scans, scans == 0 ? "none" : "SOME");
        return met && scans == 0;
    }

    private static long scans(Connection database) throws Exception {
        // Statistics are sent at the end of transactions, at most once a second.
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(
                        "select seq_scan from pg_stat_user_tables where relname = 'candidates'")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Sends requests at a rate; gives back how long each took from when it was due, in nanoseconds. */
    private static long[] run(
            HttpClient http, String url, List<Recruiter> people, Function<Random, String> query, int rate, int seconds)
            throws Exception {
        int count = rate * seconds;
        long[] times = new long[count];
        CountDownLatch answered = new CountDownLatch(count);
        AtomicInteger failed = new AtomicInteger();
        Random random = new Random(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int place = i;
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/candidates" + query.apply(random)))
                    .header("Authorization", "Bearer " + pick(random, people).token())
                    .timeout(PATIENCE)
                    .build();
            http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((response, failure) -> {
                times[place] = System.nanoTime() - due;
                if (failure != null || response.statusCode() != 200) {
                    failed.incrementAndGet();
                }
                answered.countDown();
            });
        }
        if (!answered.await(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS) || failed.get() > 0) {
            throw new IllegalStateException(failed.get() + " requests failed");
        }
        return times;
    }

    private static <T> T pick(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
