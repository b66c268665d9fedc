package ai.recruit.bench;

import ai.recruit.standalone.ExternalServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two processes on the same servers and the same upload folder: a batch uploaded to one is processed by both, and clients
 * of either see all of its progress. With a third argument the first process is killed half-way.
 *
 * <p>Arguments: files (300), {@code kill}.
 */
public final class SharedWorkDrill {

    private static final Duration READY = Duration.ofSeconds(90);

    private SharedWorkDrill() {}

    public static void main(String[] arguments) throws Exception {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        boolean kill = arguments.length > 1 && arguments[1].equals("kill");
        Path folder = Files.createTempDirectory("shared-drill");
        boolean well;
        try (ExternalServers servers = ExternalServers.start(folder.resolve("servers"))) {
            Map<String, String> environment = new HashMap<>(OutageDrill.secret(servers.environment()));
            environment.put("UPLOAD_DIR", folder.resolve("uploads").toString());
            try (ServiceProcess first = new ServiceProcess(folder.resolve("first"), environment, List.of("-Xmx640m"));
                    ServiceProcess second =
                            new ServiceProcess(folder.resolve("second"), environment, List.of("-Xmx640m"))) {
                first.start();
                first.awaitReady(READY);
                second.start();
                second.awaitReady(READY);
                // The group has to have dealt the queues out to both before the work comes.
                DrillChecks.pause(Duration.ofSeconds(5));
                Recruiter recruiter = Recruiter.register(second.url(), "rita@drill.example");
                DrillChecks checks = new DrillChecks(recruiter, files);
                checks.begin(kill ? List.of(second.url()) : List.of(first.url(), second.url()), 10);
                if (kill) {
                    while (checks.progress() < 30) {
                        DrillChecks.pause(Duration.ofMillis(50));
                    }
                    first.kill();
                    System.out.println("killed the first process at " + checks.progress() + "%");
                }
                well = checks.verify();
                if (!kill) {
                    double done = completed(first);
                    double doneToo = completed(second);
                    System.out.printf("the first process completed %.0f, the second %.0f%n", done, doneToo);
                    if (done == 0 || doneToo == 0) {
                        System.out.println("FAULT one process did all the work");
                        well = false;
                    }
                }
            }
        }
        System.out.println(well ? "Shared work drill passed" : "Shared work drill FAILED; logs in " + folder);
        System.exit(well ? 0 : 1);
    }

    /** How many resumes this process has led to the step completed, from its metrics. */
    private static double completed(ServiceProcess service) throws IOException, InterruptedException {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.managementUrl() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("recruit_resume_stage_seconds_count") && line.contains("completed"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
