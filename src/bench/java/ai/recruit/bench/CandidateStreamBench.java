package ai.recruit.bench;

import ai.recruit.candidate.CandidateCopy;
import ai.recruit.standalone.ExternalServers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * All the candidates of one recruiter as NDJSON, with row-level security on: how fast {@code GET /api/v1/candidates} gives
 * them, beside {@code COPY} of the same rows as the same JSON to the same account, from the same server in the same run
 * (and, to compare, beside {@code COPY} of the bare columns); how soon the first row comes; how much heap it takes; what is
 * left when a client leaves; and what 200 clients that stop reading do to the others.
 *
 * <p>The servers, the service and this client are processes of their own, on the same machine. Arguments: candidates
 * (1000000), rounds (5), clients that stop reading (200), seconds of point reads (8), data folder (a new one; one that was
 * filled before is used as it is).
 */
public final class CandidateStreamBench {

    private static final int MEBIBYTE = 1 << 20;
    private static final Duration READY = Duration.ofSeconds(90);
    private static final String LIST = "/api/v1/candidates";
    private static final String LINES = "application/x-ndjson";
    private static final int READS_A_SECOND = 100;
    private static final int READ_ROUNDS = 5;

    /** The service's connections that are at work on a list. */
    private static final String AT_WORK = """
            select count(*) from pg_stat_activity
            where pid <> pg_backend_pid() and state <> 'idle' and query like '%json_agg(x)%candidates c%'
            """;

    private final int rows;
    private final ServiceProcess service;
    private final Connection database;
    private final RemoteHeap heap;
    private final Recruiter recruiter;
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean met = true;

    private CandidateStreamBench(
            int rows, ServiceProcess service, Connection database, RemoteHeap heap, Recruiter recruiter) {
        this.rows = rows;
        this.service = service;
        this.database = database;
        this.heap = heap;
        this.recruiter = recruiter;
    }

    public static void main(String[] arguments) throws Exception {
        int rows = argument(arguments, 0, 1_000_000);
        int rounds = argument(arguments, 1, 5);
        int sleepers = argument(arguments, 2, 200);
        int seconds = argument(arguments, 3, 8);
        Path folder = arguments.length > 4 ? Path.of(arguments[4]) : Files.createTempDirectory("candidate-stream");
        boolean met = false;
        try (ExternalServers servers = ExternalServers.start(folder.resolve("servers"))) {
            Map<String, String> environment = OutageDrill.secret(servers.environment());
            // All candidates in memory, to be ranked, are another matter than streaming them.
            environment.put("RECRUIT_RANKING_ENABLED", "false");
            try (ServiceProcess service =
                    new ServiceProcess(folder.resolve("service"), environment, List.of("-Xmx512m"))) {
                service.start();
                service.awaitReady(READY);
                Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
                UUID account = account(recruiter);
                try (Connection database = ManyCandidates.connect(environment.get("DATABASE_URL"));
                        Connection copying = ManyCandidates.connect(environment.get("DATABASE_URL"));
                        RemoteHeap heap = new RemoteHeap(service.pid())) {
                    ManyCandidates.fill(database, account, rows, false);
                    CandidateStreamBench bench = new CandidateStreamBench(rows, service, database, heap, recruiter);
                    bench.speed(copying, account, rounds);
                    bench.leaving();
                    bench.sleeping(ManyCandidates.some(database, account, 2_000), sleepers, seconds);
                    met = bench.met;
                }
            }
        }
        System.out.println(met ? "All aims are met" : "Some aims are MISSED");
        System.exit(0);
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    static UUID account(Recruiter recruiter) {
        String id = recruiter.get("/api/v1/auth/me").path("id").asString().substring(4);
        return UUID.fromString(id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }

    private void aim(boolean reached, String text, Object... values) {
        met &= reached;
        System.out.printf("aim: " + text + ": %s%n", append(values, reached ? "met" : "MISSED"));
    }

    private static Object[] append(Object[] values, Object last) {
        Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = last;
        return all;
    }

    // How fast, how soon, how much heap

    private void speed(Connection copying, UUID account, int rounds) throws Exception {
        String json = CandidateCopy.json(account);
        String columns = CandidateCopy.columns(account);
        isolate(copying, account);
        // Everything once before it counts: caches, and code that has not been compiled yet.
        copy(copying, json);
        stream();
        double[] ratios = new double[rounds];
        double slowestFirst = 0;
        long growth = 0;
        for (int round = 0; round < rounds; round++) {
            double bare = copy(copying, columns);
            long copyCpu = ManyCandidates.serversNanos(database);
            double copied = copy(copying, json);
            copyCpu = ManyCandidates.serversNanos(database) - copyCpu;
            heap.begin();
            long streamCpu = ManyCandidates.serversNanos(database);
            long cpu = Processes.nanos(service.pid());
            long from = System.nanoTime();
            HttpSocket stream = stream();
            double streamed = rows / ((System.nanoTime() - from) / 1e9);
            cpu = Processes.nanos(service.pid()) - cpu;
            streamCpu = ManyCandidates.serversNanos(database) - streamCpu;
            ratios[round] = streamed / copied;
            double first = stream.firstLineAfter() / 1e6;
            slowestFirst = Math.max(slowestFirst, first);
            growth = Math.max(growth, heap.growth());
            System.out.printf(
                    "round %d: COPY %,.0f rows/s, %.1f s of PostgreSQL's processor time (of bare columns %,.0f rows/s);"
                            + " NDJSON %,.0f rows/s, %.1f s of PostgreSQL's, %.1f s of the service's, %d MiB; ratio %.2f (to bare columns %.2f); first row %.2f ms after the"
                            + " first byte; heap after collections %+d MiB (%d of them), at any moment %+d MiB%n",
                    round + 1,
                    copied,
                    copyCpu / 1e9,
                    bare,
                    streamed,
                    streamCpu / 1e9,
                    cpu / 1e9,
                    stream.bytes() / MEBIBYTE,
                    ratios[round],
                    streamed / bare,
                    first,
                    heap.growth() / MEBIBYTE,
                    heap.collections(),
                    heap.momentary() / MEBIBYTE);
        }
        Arrays.sort(ratios);
        aim(ratios[rounds / 2] >= 0.8, "ratio to COPY at least 0.80, median %.2f", ratios[rounds / 2]);
        aim(slowestFirst <= 20, "first row within 20 ms of the first byte, slowest %.2f ms", slowestFirst);
        aim(growth < 32L * MEBIBYTE, "heap growth below 32 MiB, most %+d MiB", growth / MEBIBYTE);
    }

    /** As the service: its role, for one account. */
    private static void isolate(Connection copying, UUID account) throws SQLException {
        try (Statement statement = copying.createStatement()) {
            statement.execute("set role recruit_app");
            statement.execute("select set_config('recruit.account', '" + account
                    + "', false), set_config('recruit.scope', 'account', false)");
        }
    }

    /** Rows a second. */
    private double copy(Connection copying, String sql) throws Exception {
        long from = System.nanoTime();
        long copied = copying.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, OutputStream.nullOutputStream());
        complete(copied);
        return copied / ((System.nanoTime() - from) / 1e9);
    }

    private HttpSocket stream() throws IOException {
        try (HttpSocket socket = new HttpSocket(port(), 0)) {
            socket.open(HttpSocket.get(LIST, LINES, recruiter.token()));
            complete(socket.lines(Long.MAX_VALUE));
            return socket;
        }
    }

    private void complete(long found) {
        if (found != rows) {
            throw new IllegalStateException(found + " rows instead of " + rows);
        }
    }

    private int port() {
        return URI.create(service.url()).getPort();
    }

    // Clients that leave

    private void leaving() throws Exception {
        awaitRest(Duration.ofSeconds(10));
        long live = heap.live();
        int files = Processes.openFiles(service.pid());
        double slowest = 0;
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            HttpSocket socket = new HttpSocket(port(), 0);
            socket.open(HttpSocket.get(LIST, LINES, recruiter.token()));
            socket.lines(1 + random.nextInt(i % 2 == 0 ? 1_000 : rows / 10));
            long from = System.nanoTime();
            socket.close();
            awaitRest(Duration.ofSeconds(10));
            while (Processes.openFiles(service.pid()) > files) {
                patience(from, "The connection is still open");
            }
            slowest = Math.max(slowest, (System.nanoTime() - from) / 1e6);
        }
        long left = heap.live() - live;
        System.out.printf("20 clients left: heap %+.1f MiB afterwards%n", left / (double) MEBIBYTE);
        aim(slowest < 1000, "everything is free within 1 s after a client has left, slowest %.0f ms", slowest);
    }

    /** Waits until no statement of a list runs and no connection to the database is taken. */
    private void awaitRest(Duration limit) throws Exception {
        long from = System.nanoTime();
        while (atWork() > 0 || taken() > 0) {
            if (System.nanoTime() - from > limit.toNanos()) {
                throw new IllegalStateException("A list goes on: " + atWork() + ", " + taken());
            }
            DrillChecks.pause(Duration.ofMillis(5));
        }
    }

    private static void patience(long from, String fault) {
        if (System.nanoTime() - from > TimeUnit.SECONDS.toNanos(10)) {
            throw new IllegalStateException(fault);
        }
        DrillChecks.pause(Duration.ofMillis(5));
    }

    private int atWork() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(AT_WORK)) {
            found.next();
            return found.getInt(1);
        }
    }

    /** How many connections of the service's pool are in use. */
    private int taken() throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(URI.create(service.managementUrl() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return (int) metrics.lines()
                .filter(line -> line.startsWith("r2dbc_pool_acquired_connections"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    // Clients that stop reading

    private void sleeping(List<String> ids, int sleepers, int seconds) throws Exception {
        reads(ids, 15);
        List<Percentiles> alone = new ArrayList<>();
        List<Percentiles> beside = new ArrayList<>();
        int mostTaken = 0;
        int mostAtWork = 0;
        long live = heap.live();
        long sleeping = 0;
        for (int round = 0; round < READ_ROUNDS; round++) {
            alone.add(reads(ids, seconds));
            List<HttpSocket> asleep = new ArrayList<>();
            try {
                for (int i = 0; i < sleepers; i++) {
                    HttpSocket socket = new HttpSocket(port(), 1 << 16);
                    asleep.add(socket);
                    socket.open(HttpSocket.get(LIST, LINES, recruiter.token()));
                    socket.lines(10);
                }
                // What their sockets take is still being sent; they are asleep once nothing has happened for a second.
                for (int quiet = 0; quiet < 20; quiet++) {
                    if (atWork() + taken() > 0) {
                        awaitRest(Duration.ofSeconds(60));
                        quiet = 0;
                    }
                    DrillChecks.pause(Duration.ofMillis(50));
                }
                for (int i = 0; i < 40; i++) {
                    mostAtWork = Math.max(mostAtWork, atWork());
                    mostTaken = Math.max(mostTaken, taken());
                    DrillChecks.pause(Duration.ofMillis(25));
                }
                if (round == 0) {
                    sleeping = heap.live() - live;
                }
                beside.add(reads(ids, seconds));
            } finally {
                for (HttpSocket socket : asleep) {
                    socket.close();
                }
            }
            awaitRest(Duration.ofSeconds(10));
            Percentiles before = alone.get(round);
            Percentiles now = beside.get(round);
            System.out.printf(
                    "point reads, round %d: alone p50 %.2f, p99 %.2f ms; beside %d clients that do not read p50 %.2f, p99"
                            + " %.2f ms; ratio of p99 %.2f%n",
                    round + 1, before.p50(), before.p99(), sleepers, now.p50(), now.p99(), now.p99() / before.p99());
        }
        System.out.printf(
                "%d clients that do not read: heap %+.1f MiB, %.0f KiB each; of the pool at most %d connections in use"
                        + " (other work of the service), of lists %d%n",
                sleepers, sleeping / (double) MEBIBYTE, sleeping / 1024.0 / sleepers, mostTaken, mostAtWork);
        aim(mostAtWork == 0, "%d clients that stop reading hold no connection, most %d", sleepers, mostAtWork);
        double p99 = median(alone);
        double p99Beside = median(beside);
        aim(
                p99Beside <= 1.3 * p99,
                "p99 of point reads beside them at most 1.30 of alone, medians %.2f and %.2f ms, ratio %.2f",
                p99Beside,
                p99,
                p99Beside / p99);
    }

    private static double median(List<Percentiles> rounds) {
        double[] sorted = rounds.stream().mapToDouble(Percentiles::p99).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Point reads at a fixed rate; a time counts from when its request was due. */
    private Percentiles reads(List<String> ids, int seconds) throws Exception {
        int clients = 4;
        int each = READS_A_SECOND * seconds / clients;
        long[] times = new long[each * clients];
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        for (int client = 0; client < clients; client++) {
            int place = client;
            Thread thread = new Thread(() -> {
                Random random = new Random(place);
                try (HttpSocket socket = new HttpSocket(port(), 0)) {
                    for (int i = place; i < times.length; i += clients) {
                        long due = begin + i * 1_000_000_000L / READS_A_SECOND;
                        while (System.nanoTime() < due) {
                            LockSupport.parkNanos(due - System.nanoTime());
                        }
                        socket.exchange(HttpSocket.get(
                                LIST + "/" + ids.get(random.nextInt(ids.size())),
                                "application/json",
                                recruiter.token()));
                        times[i] = System.nanoTime() - due;
                    }
                } catch (IOException | RuntimeException failure) {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.get(0));
        }
        return Percentiles.of(times);
    }
}
