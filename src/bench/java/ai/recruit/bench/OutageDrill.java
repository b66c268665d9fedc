package ai.recruit.bench;

import ai.recruit.kernel.OwnServers.Kind;
import ai.recruit.standalone.ExternalServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * Takes Redis away for a while, then Kafka, then restarts PostgreSQL, while files are uploaded and clients listen.
 * Requests meanwhile must work or get 503 with {@code Retry-After}; an upload after the end of a fault must be processed
 * within 5 seconds, without a restart; at the end the same is looked at as in the {@link CrashDrill}.
 *
 * <p>Arguments: files (300), seconds of each outage (30).
 */
public final class OutageDrill {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private OutageDrill() {}

    public static void main(String[] arguments) throws Exception {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        Duration outage = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30);
        Path folder = Files.createTempDirectory("outage-drill");
        boolean well;
        try (ExternalServers servers = ExternalServers.start(folder.resolve("servers"));
                ServiceProcess service = new ServiceProcess(
                        folder.resolve("service"), secret(servers.environment()), List.of("-Xmx768m"))) {
            service.start();
            service.awaitReady(READY);
            Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
            DrillChecks checks = new DrillChecks(recruiter, files);
            checks.begin(List.of(service.url()), 20);
            AtomicBoolean probing = new AtomicBoolean(true);
            Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
            Thread prober = new Thread(() -> probe(service, recruiter, checks, answers, probing), "prober");
            prober.start();
            for (Kind kind : List.of(Kind.REDIS, Kind.KAFKA, Kind.POSTGRESQL)) {
                DrillChecks.pause(Duration.ofSeconds(3));
                servers.stop(kind);
                DrillChecks.pause(kind == Kind.POSTGRESQL ? Duration.ofSeconds(1) : outage);
                servers.start(kind);
                Duration recovery = recovery(recruiter);
                System.out.printf("%s was away; work was done again %d ms after its end%n", kind, recovery.toMillis());
                if (recovery.compareTo(RECOVERY) > 0) {
                    checks.fault("recovery after " + kind + " took " + recovery);
                }
                System.out.println("  answers so far " + answers);
            }
            probing.set(false);
            prober.join(20_000);
            well = checks.verify();
        }
        System.out.println(well ? "Outage drill passed" : "Outage drill FAILED; logs in " + folder);
        System.exit(well ? 0 : 1);
    }

    /** With servers of its own the service needs a secret that outlives it. */
    static Map<String, String> secret(Map<String, String> environment) {
        Map<String, String> settings = new java.util.HashMap<>(environment);
        settings.put("SECRET_KEY", "a-secret-for-drills-that-is-long-enough");
        return settings;
    }

    private static Duration recovery(Recruiter recruiter) {
        Instant from = Instant.now();
        int person = (int) (from.toEpochMilli() % 1_000_000) + 1_000_000;
        Recruiter.File file = Recruiter.resumes(person, 1).get(0);
        String id = "";
        while (Duration.between(from, Instant.now()).toSeconds() < 60) {
            try {
                if (id.isEmpty()) {
                    JsonNode answer = recruiter.upload(file).block(Duration.ofSeconds(5));
                    id = answer == null ? "" : answer.path("resume_id").asString();
                } else {
                    String status = recruiter
                            .get("/api/resumes/" + id + "/status")
                            .path("status")
                            .asString();
                    if (status.equals("completed") || status.equals("failed")) {
                        break;
                    }
                }
            } catch (RuntimeException notYet) {
                // Tried again below.
            }
            DrillChecks.pause(Duration.ofMillis(50));
        }
        return Duration.between(from, Instant.now());
    }

    /** Asks all the time, and counts what is answered. */
    private static void probe(
            ServiceProcess service,
            Recruiter recruiter,
            DrillChecks checks,
            Map<String, LongAdder> answers,
            AtomicBoolean going) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        List<String> paths = List.of(
                "/api/resumes/batches/" + checks.batch(),
                "/api/v1/jobs",
                "/api/v1/auth/me",
                "/api/v1/auth/stream-ticket");
        int turn = 0;
        while (going.get()) {
            String path = paths.get(turn++ % paths.size());
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path))
                    .header("Authorization", "Bearer " + recruiter.token())
                    .timeout(Duration.ofSeconds(10));
            if (path.endsWith("ticket")) {
                request.POST(HttpRequest.BodyPublishers.noBody());
            }
            try {
                HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                int status = response.statusCode();
                answers.computeIfAbsent(Integer.toString(status), key -> new LongAdder())
                        .increment();
                boolean fine = status < 300
                        || (status == 503
                                && response.headers().firstValue("Retry-After").isPresent());
                if (!fine) {
                    checks.fault(path + " answered " + status + " " + response.body());
                }
            } catch (IOException broken) {
                answers.computeIfAbsent(broken.getClass().getSimpleName(), key -> new LongAdder())
                        .increment();
                checks.fault(path + " broke: " + broken);
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            DrillChecks.pause(Duration.ofMillis(100));
        }
    }
}
