package ai.recruit.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Uploads a batch while 20 SSE and 20 WebSocket clients listen and lose their lines at random, kills the service (in
 * standalone mode, servers and all) with {@code kill -9} several times, and then looks whether every acknowledged file
 * has come to exactly one end, whether every person has exactly one candidate, and whether every client has every event
 * exactly once.
 *
 * <p>Arguments: files (300), kills (5), seed.
 */
public final class CrashDrill {

    private static final Duration READY = Duration.ofSeconds(90);

    private CrashDrill() {}

    public static void main(String[] arguments) throws Exception {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        System.out.printf("Crash drill: %d files, %d kills, seed %d%n", files, kills, seed);
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("crash-drill");
        boolean well;
        try (ServiceProcess service = new ServiceProcess(folder, Map.of(), List.of("-Xmx768m"))) {
            service.start();
            System.out.printf("ready after %d ms%n", service.awaitReady(READY).toMillis());
            Recruiter recruiter = Recruiter.register(service.url(), "rita@drill.example");
            DrillChecks checks = new DrillChecks(recruiter, files);
            checks.begin(List.of(service.url()), 20);
            for (int kill = 1; kill <= kills; kill++) {
                DrillChecks.pause(Duration.ofMillis(500 + random.nextInt(5_000)));
                int progress = checks.progress();
                service.kill();
                service.start();
                Duration back = service.awaitReady(READY);
                System.out.printf(
                        "kill %d at %d%% of the batch; ready again after %d ms%n", kill, progress, back.toMillis());
            }
            well = checks.verify();
        }
        System.out.println(well ? "Crash drill passed" : "Crash drill FAILED; logs in " + folder);
        System.exit(well ? 0 : 1);
    }
}
