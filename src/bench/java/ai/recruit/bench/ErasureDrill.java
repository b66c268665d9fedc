package ai.recruit.bench;

import ai.recruit.privacy.MarkedPeople;
import ai.recruit.privacy.TableScan;
import ai.recruit.standalone.ExternalServers;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes people who leave a word of their own wherever a word about somebody can go, erases some of them, and looks for
 * those words in every table, a dump, every file, log, Redis key, Kafka record and stream. The words of the others must all
 * still be there, so that the search is known to find.
 *
 * <p>Arguments: people (200), of them to be erased (50), seed.
 */
public final class ErasureDrill {

    private static final Duration READY = Duration.ofSeconds(180);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int AT_ONCE = 4;
    private static final String PASSWORD = "erasure-password-1";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Map<String, String> environment;
    private final String url;
    private final List<String> faults = new ArrayList<>();

    private ErasureDrill(Path folder, Map<String, String> environment, String url) {
        this.folder = folder;
        this.environment = environment;
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        int people = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int erased = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        System.out.printf("Erasure drill: %d people, %d of them erased, seed %d%n", people, erased, seed);
        Path folder = Files.createTempDirectory("erasure-drill");
        boolean well;
        try (EchoModel model = new EchoModel();
                ExternalServers servers = ExternalServers.start(folder.resolve("servers"));
                ServiceProcess service = new ServiceProcess(
                        folder, model.environment(OutageDrill.secret(servers.environment())), List.of("-Xmx768m"))) {
            service.start();
            service.awaitReady(READY);
            well = new ErasureDrill(folder, servers.environment(), service.url()).run(people, erased, seed);
        }
        System.out.println(well ? "Erasure drill passed" : "Erasure drill FAILED; see " + folder);
        System.exit(well ? 0 : 1);
    }

    private boolean run(int count, int toErase, long seed) throws Exception {
        MarkedPeople.Who admin = login(ServiceProcess.ADMIN, ServiceProcess.PASSWORD);
        MarkedPeople.Who recruiter = account(admin, "recruiter");
        MarkedPeople.Who colleague = account(admin, "colleague");
        MarkedPeople world = new MarkedPeople(url, seed, recruiter, colleague, admin);
        String position = world.position();
        long began = System.nanoTime();
        List<MarkedPeople.Person> people =
                inParallel(count, number -> world.everywhere(position, world.account(number)));
        System.out.printf("%d people made in %d s%n", count, seconds(began));
        List<MarkedPeople.Person> gone = people.subList(0, toErase);
        List<MarkedPeople.Person> kept = people.subList(toErase, count);
        List<String> goneWords = words(gone);
        List<String> keptWords = words(kept);

        System.out.printf("texts that a model has written: %d%n", awaitTexts(2 * count));
        Map<String, String> before = tables();
        TreeMap<String, Integer> places = new TreeMap<>();
        TableScan.findings(before, goneWords)
                .forEach(found -> places.merge(found.replaceAll(":.*", ""), 1, Integer::sum));
        System.out.println("before, tables with marks of those to be erased: " + places);
        System.out.printf(
                "before, files with such marks: %d%n",
                files(goneWords, true).stream()
                        .map(ErasureDrill::place)
                        .distinct()
                        .count());

        // Attempts to log in are counted; a few, so that nobody is held up.
        for (MarkedPeople.Person person : gone.subList(0, Math.min(3, gone.size()))) {
            refused(person.mark() + "@example.com");
        }
        began = System.nanoTime();
        List<String> erasures = new ArrayList<>();
        for (MarkedPeople.Person person : gone) {
            erasures.add(world.erase(person));
        }
        System.out.printf("%d people erased in %d s%n", toErase, seconds(began));
        TreeMap<String, Long> sums = new TreeMap<>();
        for (String erasure : erasures) {
            world.awaitErased(erasure)
                    .path("erased")
                    .properties()
                    .forEach(one -> sums.merge(one.getKey(), one.getValue().asLong(), Long::sum));
        }
        System.out.printf("all certificates there after %d s; erased in all: %s%n", seconds(began), sums);

        Map<String, String> after = tables();
        nothing("tables", TableScan.findings(after, goneWords), after.size() + " tables");
        String dump = dump();
        nothing("dump", present(dump, goneWords), dump.length() / 1024 + " KiB of dump");
        List<String> inFiles = files(goneWords, true);
        nothing("files and logs", inFiles, count(true) + " files");
        redis(goneWords);
        kafka(goneWords);
        for (Map.Entry<String, MarkedPeople.Who> reader : new TreeMap<>(
                        Map.of("recruiter", recruiter, "colleague", colleague, "administrator", admin))
                .entrySet()) {
            String stream = world.events(reader.getValue(), "0-0");
            nothing(
                    "stream of the " + reader.getKey(),
                    present(stream, goneWords),
                    stream.length() / 1024 + " KiB of events");
        }
        for (MarkedPeople.Person person : gone) {
            for (MarkedPeople.Sent sent : person.keys()) {
                String answer = world.answer(
                        recruiter,
                        HttpMethod.POST,
                        sent.path(),
                        sent.body(),
                        sent.key(),
                        org.springframework.http.MediaType.APPLICATION_JSON);
                if (!answer.startsWith("409") || !present(answer, goneWords).isEmpty()) {
                    faults.add("a kept answer: " + answer);
                }
            }
        }
        System.out.printf(
                "kept answers: %d asked for again, each 409%n",
                gone.stream().mapToInt(person -> person.keys().size()).sum());

        for (MarkedPeople.Person person : gone) {
            JsonNode other = world.call(recruiter, HttpMethod.GET, "/api/v1/candidates/" + person.other(), null, null);
            if (!other.path("last_name").asString().equals("Other")) {
                faults.add("somebody who was merged by mistake is not what they were: " + person.other());
            }
        }
        System.out.printf("%d others who had been merged with them by mistake are what they were%n", gone.size());

        // The search is known to find: everything of the others is where it was.
        List<String> missing = new ArrayList<>(TableScan.findings(before, keptWords));
        missing.removeAll(TableScan.findings(after, keptWords));
        System.out.printf(
                "of the %d others: %d places in tables before, %d missing now%n",
                kept.size(), TableScan.findings(before, keptWords).size(), missing.size());
        missing.stream().limit(5).forEach(place -> faults.add("missing: " + place));
        Set<String> inDump = new TreeSet<>(present(dump, keptWords));
        if (inDump.size() != keptWords.size()) {
            faults.add("of the others only " + inDump.size() + " of " + keptWords.size() + " words are in the dump");
        }
        List<String> filesWithTheirs = files(keptWords, true);
        long filesOfOthers = kept.stream()
                .filter(person -> filesWithTheirs.stream().anyMatch(found -> found.endsWith(": " + person.mark())))
                .count();
        System.out.printf(
                "of the others: %d of %d words in the dump, files of %d of %d%n",
                inDump.size(), keptWords.size(), filesOfOthers, kept.size());
        if (filesOfOthers != kept.size()) {
            faults.add("files of the others are missing");
        }
        JsonNode chain = world.call(admin, HttpMethod.GET, "/api/audit/verify", null, null);
        System.out.printf("audit chain intact: %s%n", chain.path("intact").asBoolean());
        if (!chain.path("intact").asBoolean()) {
            faults.add("the chain of the audit is broken: " + chain);
        }
        // Not part of the promise: what the database has not overwritten yet, and no dump holds.
        System.out.printf(
                "for information, samples in the planner's statistics: %d, after ANALYZE %d%n",
                statistics(goneWords, false), statistics(goneWords, true));
        System.out.printf(
                "for information, raw files of PostgreSQL (dead rows, write-ahead log) with marks of those erased: %d%n",
                files(goneWords, false).stream()
                        .map(ErasureDrill::place)
                        .distinct()
                        .count());
        faults.stream().limit(20).forEach(fault -> System.out.println("FAULT " + fault));
        return faults.isEmpty();
    }

    private static String place(String finding) {
        return finding.substring(0, finding.lastIndexOf(':'));
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static List<String> words(List<MarkedPeople.Person> people) {
        return people.stream().flatMap(person -> person.marks().stream()).toList();
    }

    private void nothing(String where, List<String> findings, String searched) {
        System.out.printf("after, %s: %d findings in %s%n", where, findings.size(), searched);
        findings.stream().limit(5).forEach(finding -> faults.add(where + ": " + finding));
    }

    private static List<String> present(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().filter(lower::contains).toList();
    }

    private static <T> List<T> inParallel(int count, IntFunction<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(threads.submit(() -> work.apply(number)));
            }
            List<T> done = new ArrayList<>();
            for (Future<T> one : all) {
                done.add(one.get());
            }
            return done;
        } finally {
            threads.shutdown();
        }
    }

    private Connection connect() throws Exception {
        URI address =
                URI.create(environment.get("DATABASE_URL").replaceFirst("^[a-z0-9:]*postgres(ql)?:", "postgresql:"));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath(),
                "postgres",
                credentials().getProperty("postgresql.superuser"));
    }

    private Properties credentials() throws IOException {
        Properties credentials = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("servers/credentials.properties"))) {
            credentials.load(in);
        }
        return credentials;
    }

    /** Every table as text, read as the superuser, whom no policy hides a row from. */
    private Map<String, String> tables() throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(TableScan.TABLES)) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet rows = statement.executeQuery(
                        "select coalesce(string_agg(t::text, E'\\n'), '') from \"" + name + "\" t")) {
                    rows.next();
                    all.put(name, rows.getString(1));
                }
            }
        }
        return all;
    }

    /** Waits until a model has written about so many resumes; gives how many it has. */
    private int awaitTexts(int many) throws Exception {
        int texts = 0;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 600 && texts < many; i++) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                try (ResultSet rows = statement.executeQuery("select count(*) from resume_enrichments")) {
                    rows.next();
                    texts = rows.getInt(1);
                }
            }
        }
        if (texts < many) {
            faults.add("a model has written about " + texts + " resumes of " + many);
        }
        return texts;
    }

    /** {@code pg_dump}, or where there is none for this server {@code COPY} of every table of every schema. */
    private String dump() throws Exception {
        URI address =
                URI.create(environment.get("DATABASE_URL").replaceFirst("^[a-z0-9:]*postgres(ql)?:", "postgresql:"));
        Path file = folder.resolve("dump.sql");
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            "pg_dump",
                            "-h",
                            address.getHost(),
                            "-p",
                            Integer.toString(address.getPort()),
                            "-U",
                            "postgres",
                            "-f",
                            file.toString(),
                            address.getPath().substring(1))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pg_dump.log").toFile());
            builder.environment().put("PGPASSWORD", credentials().getProperty("postgresql.superuser"));
            if (builder.start().waitFor() == 0) {
                System.out.println("dump by pg_dump");
                String text = Files.readString(file);
                Files.delete(file);
                return text;
            }
            System.out.println("pg_dump: "
                    + Files.readString(folder.resolve("pg_dump.log"))
                            .lines()
                            .findFirst()
                            .orElse(""));
        } catch (IOException none) {
            System.out.println("there is no pg_dump: " + none.getMessage());
        }
        System.out.println("dump by COPY of every table of every schema");
        StringBuilder dump = new StringBuilder();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            var copy = connection.unwrap(org.postgresql.PGConnection.class).getCopyAPI();
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname <> 'pg_catalog'"
                            + " union all select 'pg_catalog.pg_largeobject'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                var out = new java.io.ByteArrayOutputStream();
                copy.copyOut("copy (select * from " + name + ") to stdout", out);
                dump.append(name).append('\n').append(out.toString(StandardCharsets.UTF_8));
            }
        }
        return dump.toString();
    }

    /** How many of the words are among the samples that the planner keeps of columns. */
    private int statistics(List<String> words, boolean anew) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (anew) {
                statement.execute("analyze");
            }
            try (ResultSet rows = statement.executeQuery("select string_agg(s::text, ' ') from pg_statistic s")) {
                rows.next();
                return present(rows.getString(1), words).size();
            }
        }
    }

    /** Files with one of the words in their path or bytes: those of the database, or all others. */
    private List<String> files(List<String> words, boolean others) {
        List<String> found = new ArrayList<>();
        for (Path file : all(others)) {
            String text = (file + read(file)).toLowerCase(Locale.ROOT);
            words.stream().filter(text::contains).forEach(word -> found.add(folder.relativize(file) + ": " + word));
        }
        return found;
    }

    private int count(boolean others) {
        return all(others).size();
    }

    private List<Path> all(boolean others) {
        Path cluster = folder.resolve("servers/postgresql");
        Path programs = folder.resolve("servers/bin");
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(programs) && file.startsWith(cluster) != others)
                    .toList();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private void redis(List<String> words) {
        StringBuilder all = new StringBuilder();
        int keys = 0;
        RedisClient client = RedisClient.create(environment.get("REDIS_URL"));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            ScanCursor cursor = ScanCursor.INITIAL;
            do {
                KeyScanCursor<String> page = redis.scan(cursor, ScanArgs.Builder.limit(1_000));
                for (String key : page.getKeys()) {
                    keys++;
                    all.append(key).append('\n');
                    all.append(
                            switch (redis.type(key)) {
                                case "string" -> redis.get(key);
                                case "hash" -> redis.hgetall(key);
                                case "list" -> redis.lrange(key, 0, -1);
                                case "set" -> redis.smembers(key);
                                case "zset" -> redis.zrange(key, 0, -1);
                                case "stream" -> redis.xrange(key, io.lettuce.core.Range.unbounded());
                                default -> "";
                            });
                }
                cursor = page;
            } while (!cursor.isFinished());
        } finally {
            client.shutdown();
        }
        nothing("Redis", present(all.toString(), words), keys + " keys with their values");
    }

    private void kafka(List<String> words) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", environment.get("KAFKA_BOOTSTRAP_SERVERS"));
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_BOOTSTRAP_SERVERS")) {
                settings.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", StringDeserializer.class.getName());
        StringBuilder all = new StringBuilder();
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.listTopics().forEach((topic, infos) -> {
                if (!topic.startsWith("__")) {
                    infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
                }
            });
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int empty = 0; empty < 3; ) {
                var records = consumer.poll(Duration.ofSeconds(1));
                empty = records.isEmpty() ? empty + 1 : 0;
                for (ConsumerRecord<String, String> record : records) {
                    counts.merge(record.topic(), 1, Integer::sum);
                    all.append(record.key()).append(' ').append(record.value()).append('\n');
                    record.headers().forEach(header -> all.append(new String(header.value(), StandardCharsets.UTF_8)));
                }
            }
        }
        nothing("Kafka", present(all.toString(), words), "records " + new TreeMap<>(counts));
    }

    private MarkedPeople.Who account(MarkedPeople.Who admin, String name) throws Exception {
        String email = name + "@erasure.example";
        send(
                "/api/v1/accounts",
                admin.token(),
                Map.of("email", email, "password", PASSWORD, "role", "recruiter", "first_name", "R", "last_name", "D"));
        return login(email, PASSWORD);
    }

    private MarkedPeople.Who login(String email, String password) throws Exception {
        String token = send("/api/v1/auth/login", null, Map.of("email", email, "password", password))
                .path("access_token")
                .asString();
        HttpResponse<String> me = http.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/auth/me"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new MarkedPeople.Who(JSON.readTree(me.body()).path("id").asString(), token);
    }

    private void refused(String email) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/auth/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("email", email, "password", PASSWORD))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 401) {
            faults.add("a login that should be refused: " + answer.statusCode());
        }
    }

    private JsonNode send(String path, String token, Map<String, ?> body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
