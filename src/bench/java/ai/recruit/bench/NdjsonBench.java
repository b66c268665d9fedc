package ai.recruit.bench;

import ai.recruit.RecruitApplication;
import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.OutputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.postgresql.PGConnection;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How fast {@code GET /api/v1/jobs} streams NDJSON, beside the yardstick of the same run: {@code COPY (SELECT
 * row_to_json(...)) TO STDOUT} of the same rows from the same server, read and thrown away by this JVM. Also how much
 * heap a stream takes: the greatest use right after a garbage collection while it runs, less that before it.
 *
 * <p>Server, service and client share the machine's processors. Arguments: rows (1000000), rounds (3).
 */
public final class NdjsonBench {

    private static final int MEBIBYTE = 1 << 20;

    /** Distinct texts of ordinary length; every tenth in Cyrillic. */
    private static final String FILL = """
            insert into jobs (id, source, external_id, title, company, location, description, apply_url, salary_min,
                    salary_max, currency, raw_salary_text, employment_type, skills, min_experience_months)
            select uuidv7(), 'bench', 'bench-' || i, 'Software Engineer ' || i, 'Example Corp ' || mod(i, 1000),
                    case when mod(i, 10) = 0 then 'Бишкек, Кыргызстан' else 'Berlin, Germany' end,
                    case when mod(i, 10) = 0 then repeat('Мы ищем инженера, который пишет понятный код. ', 4)
                        else repeat('We look for an engineer who writes "plain" code and tests it. ', 4) end || i,
                    'https://example.com/apply/' || i, 100000, 150000, 'USD', '$100k - $150k', 'full_time',
                    array['Java', 'PostgreSQL', 'Kafka', 'Docker'], 36
            from generate_series(%d, %d) i
            """;

    /** The rows and fields of the endpoint, in whatever order is fastest for the server. */
    private static final String COPY = """
            copy (select row_to_json(x) from jobs r, lateral (
                select public_id('job', r.id) as id, r.external_id, r.source, r.title, r.company, r.location,
                    r.description, r.apply_url, r.salary_min, r.salary_max, r.currency,
                    r.raw_salary_text as salary_range, r.employment_type as type, r.skills,
                    public_time(r.created_at) as created_at, public_time(r.updated_at) as updated_at) x
                where r.active) to stdout
            """;

    private NdjsonBench() {}

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path data = Files.createTempDirectory("ndjson-bench");
        try (ConfigurableApplicationContext service = new SpringApplication(RecruitApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--recruit.data-dir=" + data,
                        "--RECRUIT_ADMIN_EMAIL=" + ServiceProcess.ADMIN,
                        "--RECRUIT_ADMIN_PASSWORD=" + ServiceProcess.PASSWORD,
                        "--logging.level.root=WARN")) {
            FlywayConnectionDetails address = service.getBean(FlywayConnectionDetails.class);
            try (Connection database =
                    DriverManager.getConnection(address.getJdbcUrl(), address.getUsername(), address.getPassword())) {
                fill(database, rows);
                int port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
                String token = Recruiter.register("http://127.0.0.1:" + port, "rita@drill.example")
                        .token();
                // Both once before they count: caches, and code that has not been compiled yet.
                copy(database);
                stream(port, token);
                Heap heap = new Heap();
                double[] ratios = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                    Run copy = copy(database);
                    heap.begin();
                    long cpu = processorTime();
                    Run stream = stream(port, token);
                    cpu = processorTime() - cpu;
                    long growth = heap.end();
                    if (stream.rows() != rows || copy.rows() != rows) {
                        throw new IllegalStateException(
                                "Rows are missing: " + stream.rows() + " and " + copy.rows() + " of " + rows);
                    }
                    ratios[round] = stream.perSecond() / copy.perSecond();
                    System.out.printf(
                            "round %d: COPY %.2f s, %,.0f rows/s; NDJSON over HTTP %.2f s, %,.0f rows/s, %d MiB, %.2f s of processor in this JVM;"
                                    + " ratio %.2f; heap after collections +%d MiB (%d collections), at any moment"
                                    + " +%d MiB%n",
                            round + 1,
                            copy.seconds(),
                            copy.perSecond(),
                            stream.seconds(),
                            stream.perSecond(),
                            stream.bytes() / MEBIBYTE,
                            cpu / 1e9,
                            ratios[round],
                            growth / MEBIBYTE,
                            heap.collections.get(),
                            heap.momentary / MEBIBYTE);
                }
                Arrays.sort(ratios);
                double median = ratios[rounds / 2];
                System.out.printf("rows                           %,d%n", rows);
                System.out.printf(
                        "aim: ratio at least 0.80       %.2f: %s%n", median, median >= 0.8 ? "met" : "MISSED");
                System.out.printf(
                        "aim: heap growth below 64 MiB  %d MiB: %s%n",
                        heap.greatest / MEBIBYTE, heap.greatest < 64L * MEBIBYTE ? "met" : "MISSED");
            }
        }
        System.exit(0);
    }

    private static void fill(Connection database, int rows) throws Exception {
        try (Statement statement = database.createStatement()) {
            for (int from = 1; from <= rows; from += 50_000) {
                statement.execute(FILL.formatted(from, Math.min(rows, from + 49_999)));
            }
            statement.execute("vacuum analyze jobs");
        }
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private record Run(long rows, long bytes, double seconds) {

        double perSecond() {
            return rows / seconds;
        }
    }

    private static Run copy(Connection database) throws Exception {
        long from = System.nanoTime();
        long rows = database.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY, OutputStream.nullOutputStream());
        return new Run(rows, 0, (System.nanoTime() - from) / 1e9);
    }

    private static Run stream(int port, String token) throws Exception {
        long from = System.nanoTime();
        try (HttpSocket socket = new HttpSocket(port, 0)) {
            socket.open(HttpSocket.get("/api/v1/jobs?source=bench", "application/x-ndjson", token));
            long rows = socket.lines(Long.MAX_VALUE);
            return new Run(rows, socket.bytes(), (System.nanoTime() - from) / 1e9);
        }
    }

    /** Watches this JVM's heap. */
    private static final class Heap {

        private final AtomicLong afterCollections = new AtomicLong();
        private final AtomicLong collections = new AtomicLong();
        private long before;
        private long greatest;
        private long momentary;

        Heap() {
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                ((NotificationEmitter) collector)
                        .addNotificationListener(
                                (notification, handback) -> {
                                    GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(
                                            (CompositeData) notification.getUserData());
                                    long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                                            .filter(pool -> heapPool(pool.getKey()))
                                            .mapToLong(pool -> pool.getValue().getUsed())
                                            .sum();
                                    afterCollections.accumulateAndGet(used, Math::max);
                                    collections.incrementAndGet();
                                },
                                null,
                                null);
            }
        }

        private static boolean heapPool(String name) {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .anyMatch(pool ->
                            pool.getType() == MemoryType.HEAP && pool.getName().equals(name));
        }

        void begin() {
            System.gc();
            before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            afterCollections.set(before);
            collections.set(0);
            ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        }

        long end() {
            momentary = ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getType() == MemoryType.HEAP)
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    - before;
            long growth = afterCollections.get() - before;
            greatest = Math.max(greatest, growth);
            return growth;
        }
    }
}
