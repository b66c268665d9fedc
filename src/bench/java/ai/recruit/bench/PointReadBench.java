package ai.recruit.bench;

import ai.recruit.standalone.ExternalServers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How many point reads the service answers for a second of its processor time, beside two yardsticks in the same run, on
 * the same PostgreSQL and with the same token: a service with Vert.x and its PostgreSQL client, and one with Spring MVC and
 * JDBC ({@code src/bench/yardsticks}). A third one, bare WebFlux with r2dbc-postgresql, tells what the service is built on
 * takes by itself, and so what is left of the aim for the service.
 *
 * <p>All make the same checks: the token (signature once, then remembered; key, end, revocation and role each time),
 * the limit of requests, and isolation, in a transaction of the role that row-level security binds, with the account set
 * and with the predicate in the statement. They send the same statement and answer the same bytes, which is compared
 * before it counts, with the same kinds of headers. The service reads what one recruiter asks for at the same time by one
 * statement; so the same is measured with as many recruiters as clients, where nothing can be put together. There are two
 * reads: {@code /api/v1/candidates/{id}/wishes} is what the aims are for; {@code /api/v1/candidates/{id}} records each view
 * in the audit too, committed before the answer: together with others that come at the same time in the service and the one
 * with Vert.x, in the transaction of the read in the one with JDBC. The yardsticks count requests in memory alone, the service also in Redis, once in 600 ms. The service does not seal
 * its audit meanwhile, which is work behind the answers (0.07 ms an entry), because it would seal the entries of the
 * yardsticks as well.
 *
 * <p>What counts is the processor time of the process that answers, its collections and compilations included; that of
 * PostgreSQL is told besides. The client is a process of its own. Kafka and Redis run in that one. Arguments: rounds (5),
 * seconds of each (6), clients (32), seconds that each may take to warm up (150), candidates (50000), data folder (a new
 * one).
 */
public final class PointReadBench {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final int WINDOW_SECONDS = 5;
    private static final int OF_EACH = 1_000;
    /** What share of a JVM's processor time its compilers may take once it is warm. */
    private static final double COMPILING = 0.05;

    /** Headers that servers of HTTP add or leave out as they like. */
    private static final Set<String> OF_HTTP =
            Set.of("content-length", "transfer-encoding", "date", "connection", "keep-alive");

    private static final String HEAP = "-Xmx512m";

    /** Of the yardsticks: the same as the service has. */
    private static final List<String> OPTIONS = List.of(ServiceProcess.COLLECTOR, HEAP);

    private PointReadBench() {}

    /** Who answers. */
    private record Contender(String name, int port, long pid) {}

    /** What came of a round, a second of processor time each. */
    private record Run(
            double requests, double perCpuSecond, double perSecond, double withDatabase, Percentiles times) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = argument(arguments, 0, 5);
        int seconds = argument(arguments, 1, 6);
        int clients = argument(arguments, 2, 32);
        int warm = argument(arguments, 3, 150);
        int rows = argument(arguments, 4, 50_000);
        Path folder = arguments.length > 5 ? Path.of(arguments[5]) : Files.createTempDirectory("point-read");
        int status = 1;
        try (ExternalServers servers = ExternalServers.start(folder.resolve("servers"))) {
            Map<String, String> environment = OutageDrill.secret(servers.environment());
            environment.put("RECRUIT_RATE_HOUR", "100000000");
            environment.put("RECRUIT_RANKING_ENABLED", "false");
            // Otherwise the service would seal the entries of the others too, and while its own reads are counted.
            environment.put("RECRUIT_AUDIT_SEAL_EVERY", "1h");
            try (ServiceProcess service = new ServiceProcess(folder.resolve("service"), environment, options());
                    Connection database = ManyCandidates.connect(environment.get("DATABASE_URL"))) {
                service.start();
                service.awaitReady(READY);
                Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
                UUID account = CandidateStreamBench.account(recruiter);
                ManyCandidates.fill(database, account, rows, false);
                environment.put("JWKS_URL", service.url() + "/.well-known/jwks.json");
                try (Yardstick vertx = new Yardstick(
                                "ai.recruit.bench.vertx.VertxService",
                                folder.resolve("vertx.log"),
                                OPTIONS,
                                environment);
                        Yardstick mvc = new Yardstick(
                                "ai.recruit.bench.mvc.MvcService", folder.resolve("mvc.log"), OPTIONS, environment);
                        Yardstick flux = new Yardstick(
                                "ai.recruit.bench.flux.FluxService",
                                folder.resolve("flux.log"),
                                OPTIONS,
                                environment)) {
                    List<Contender> all = List.of(
                            new Contender("service", URI.create(service.url()).getPort(), service.pid()),
                            new Contender("Vert.x", vertx.port(), vertx.pid()),
                            new Contender("Spring MVC", mvc.port(), mvc.pid()),
                            new Contender("bare WebFlux", flux.port(), flux.pid()));
                    List<String> ids = ManyCandidates.some(database, account, 5_000);
                    List<byte[]> reads = requests(ids, "/wishes", recruiter);
                    List<byte[]> views = requests(ids, "", recruiter);
                    List<List<byte[]>> many = new ArrayList<>();
                    for (int i = 0; i < clients; i++) {
                        Recruiter other = Recruiter.register(service.url(), "rita" + i + "@drill.example");
                        UUID otherAccount = CandidateStreamBench.account(other);
                        ManyCandidates.fill(database, otherAccount, OF_EACH, false);
                        many.add(requests(ManyCandidates.some(database, otherAccount, OF_EACH), "/wishes", other));
                    }
                    same(all, reads);
                    for (Contender contender : all) {
                        warm(contender, List.of(reads), database, clients, warm);
                    }
                    System.out.println("one recruiter, without audit:");
                    boolean met = measure(all, List.of(reads), database, rounds, seconds, clients, true);
                    System.out.println("as many recruiters as clients, without audit:");
                    measure(all, many, database, rounds, seconds, clients, false);
                    // The last one has no audit.
                    List<Contender> audited = all.subList(0, 3);
                    same(audited, views);
                    for (Contender contender : audited) {
                        warm(contender, List.of(views), database, clients, warm);
                    }
                    System.out.println("one recruiter, with an audit entry each:");
                    measure(audited, List.of(views), database, rounds, seconds, clients, false);
                    System.out.println(met ? "All aims are met" : "Some aims are MISSED");
                    status = 0;
                }
            }
        } catch (Exception failure) {
            failure.printStackTrace();
        }
        System.exit(status);
    }

    /** Options of the service's JVM, for example to profile it, may be given in the environment. */
    private static List<String> options() {
        List<String> options = new ArrayList<>(List.of(HEAP));
        String more = System.getenv("SERVICE_OPTIONS");
        if (more != null && !more.isBlank()) {
            options.addAll(List.of(more.strip().split(" ")));
        }
        return options;
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private static List<byte[]> requests(List<String> ids, String suffix, Recruiter recruiter) {
        return ids.stream()
                .map(id -> HttpSocket.get("/api/v1/candidates/" + id + suffix, "application/json", recruiter.token()))
                .toList();
    }

    private static void same(List<Contender> contenders, List<byte[]> requests) throws IOException {
        for (int i = 0; i < 20; i++) {
            List<String> bodies = new ArrayList<>();
            for (Contender contender : contenders) {
                try (HttpSocket socket = new HttpSocket(contender.port(), 0)) {
                    String body = new String(socket.body(requests.get(i)), StandardCharsets.UTF_8);
                    Set<String> headers = socket.headers();
                    headers.removeAll(OF_HTTP);
                    bodies.add(headers + " " + body);
                }
            }
            if (bodies.stream().distinct().count() != 1) {
                throw new IllegalStateException("Different answers: " + bodies);
            }
        }
    }

    private static boolean measure(
            List<Contender> contenders,
            List<List<byte[]>> requests,
            Connection database,
            int rounds,
            int seconds,
            int clients,
            boolean aimed)
            throws Exception {
        double[] toVertx = new double[rounds];
        double[] toMvc = new double[rounds];
        double[] bare = new double[rounds];
        double[] withDatabase = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            List<Run> runs = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (Contender contender : contenders) {
                Run run = run(contender, requests, database, seconds, clients);
                runs.add(run);
                line.append(String.format(
                        "; %s %,.0f (%,.0f with PostgreSQL's), %,.0f/s, p50 %.1f, p99 %.1f ms",
                        contender.name(),
                        run.perCpuSecond(),
                        run.withDatabase(),
                        run.perSecond(),
                        run.times().p50(),
                        run.times().p99()));
            }
            toVertx[round] = runs.get(0).perCpuSecond() / runs.get(1).perCpuSecond();
            toMvc[round] = runs.get(0).perCpuSecond() / runs.get(2).perCpuSecond();
            bare[round] = runs.get(runs.size() - 1).perCpuSecond() / runs.get(1).perCpuSecond();
            withDatabase[round] = runs.get(0).withDatabase() / runs.get(1).withDatabase();
            System.out.printf(
                    "round %d, reads for a second of processor time%s; ratios %.2f and %.2f%n",
                    round + 1, line, toVertx[round], toMvc[round]);
        }
        Arrays.sort(toVertx);
        Arrays.sort(toMvc);
        boolean first = toVertx[rounds / 2] >= 0.7;
        boolean second = toMvc[rounds / 2] >= 1.0;
        System.out.printf(
                "aim: at least 0.70 of Vert.x       %.2f (%.2f to %.2f): %s%n",
                toVertx[rounds / 2],
                toVertx[0],
                toVertx[rounds - 1],
                aimed ? first ? "met" : "MISSED" : "not aimed at");
        System.out.printf(
                "aim: at least 1.00 of Spring MVC   %.2f (%.2f to %.2f): %s%n",
                toMvc[rounds / 2], toMvc[0], toMvc[rounds - 1], aimed ? second ? "met" : "MISSED" : "not aimed at");
        Arrays.sort(withDatabase);
        System.out.printf(
                "to Vert.x, with PostgreSQL's time   %.2f (%.2f to %.2f)%n",
                withDatabase[rounds / 2], withDatabase[0], withDatabase[rounds - 1]);
        if (contenders.size() > 3) {
            Arrays.sort(bare);
            System.out.printf(
                    "bare WebFlux to Vert.x             %.2f (%.2f to %.2f)%n",
                    bare[rounds / 2], bare[0], bare[rounds - 1]);
        }
        return first && second;
    }

    /**
     * Until the compilers of its JVM have next to nothing left to do: before that a JVM is slower by far, the slower the
     * more code there is.
     */
    private static void warm(
            Contender contender, List<List<byte[]>> requests, Connection database, int clients, int limit)
            throws Exception {
        double requested = 0;
        double share = 1;
        int seconds = 0;
        while (share > COMPILING && seconds < limit) {
            long compilers = Processes.compilerNanos(contender.pid());
            long all = Processes.nanos(contender.pid());
            requested +=
                    run(contender, requests, database, WINDOW_SECONDS, clients).requests();
            seconds += WINDOW_SECONDS;
            share = (double) (Processes.compilerNanos(contender.pid()) - compilers)
                    / (Processes.nanos(contender.pid()) - all);
        }
        System.out.printf(
                "%s: %,.0f reads in %d s to warm up, of the last processor time %.0f %% for compilers%n",
                contender.name(), requested, seconds, 100 * share);
    }

    /** Asks for some seconds, each client again as soon as it has its answer. */
    private static Run run(
            Contender contender, List<List<byte[]>> requests, Connection database, int seconds, int clients)
            throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<List<Long>> times = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        long cpu = Processes.nanos(contender.pid());
        long databaseCpu = ManyCandidates.serversNanos(database);
        long begin = System.nanoTime();
        long until = begin + TimeUnit.SECONDS.toNanos(seconds);
        for (int client = 0; client < clients; client++) {
            Random random = new Random(client);
            List<byte[]> asked = requests.get(client % requests.size());
            List<Long> own = new ArrayList<>();
            times.add(own);
            Thread thread = new Thread(() -> {
                try (HttpSocket socket = new HttpSocket(contender.port(), 0)) {
                    for (long from = System.nanoTime(); from < until; from = System.nanoTime()) {
                        socket.exchange(asked.get(random.nextInt(asked.size())));
                        own.add(System.nanoTime() - from);
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
        double passed = (System.nanoTime() - begin) / 1e9;
        double used = (Processes.nanos(contender.pid()) - cpu) / 1e9;
        double usedThere = (ManyCandidates.serversNanos(database) - databaseCpu) / 1e9;
        if (!failures.isEmpty()) {
            throw new IllegalStateException(contender.name(), failures.get(0));
        }
        long[] all =
                times.stream().flatMap(List::stream).mapToLong(Long::longValue).toArray();
        return new Run(
                all.length,
                all.length / used,
                all.length / passed,
                all.length / (used + usedThere),
                Percentiles.of(all));
    }
}
