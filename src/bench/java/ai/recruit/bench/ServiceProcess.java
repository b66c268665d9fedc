package ai.recruit.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The service in a process of its own, that can be killed and started again on the same data. */
final class ServiceProcess implements AutoCloseable {

    static final String ADMIN = "admin@drill.example";
    static final String PASSWORD = "drill-password-0451";

    /** With which the README has the jar started. */
    static final String COLLECTOR = "-XX:+UseParallelGC";

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> options;
    private final int port = freePort();
    private final int managementPort = freePort();
    private int starts;
    private @Nullable Process process;

    /**
     * @param folder for its data and its log
     * @param environment addresses of servers, or nothing for the standalone mode
     * @param options of the JVM, behind those of the README
     */
    ServiceProcess(Path folder, Map<String, String> environment, List<String> options) {
        this.folder = folder;
        this.environment = environment;
        this.options = options;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    void start() {
        try {
            Files.createDirectories(folder);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath()));
            command.add(COLLECTOR);
            command.addAll(options);
            command.add("ai.recruit.RecruitApplication");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolve("service-" + ++starts + ".log").toFile());
            builder.environment()
                    .putAll(Map.of(
                            "PORT",
                            Integer.toString(port),
                            "MANAGEMENT_PORT",
                            Integer.toString(managementPort),
                            "RECRUIT_DATA_DIR",
                            folder.resolve("data").toAbsolutePath().toString(),
                            "RECRUIT_ADMIN_EMAIL",
                            ADMIN,
                            "RECRUIT_ADMIN_PASSWORD",
                            PASSWORD,
                            // The limits cost what they cost, but nobody is to reach them.
                            "RECRUIT_RATE_HOUR",
                            "100000000",
                            "RECRUIT_RATE_ENTERPRISE",
                            "100000000"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Without the tests: the service would take the beans that they add to it. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits until it answers that it is ready; how long that took. */
    Duration awaitReady(Duration limit) {
        Instant from = Instant.now();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        while (Duration.between(from, Instant.now()).compareTo(limit) < 0) {
            if (process != null && !process.isAlive()) {
                throw new IllegalStateException("The service ended with " + process.exitValue() + "; see " + folder);
            }
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return Duration.between(from, Instant.now());
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new IllegalStateException("The service was not ready within " + limit + "; see " + folder);
    }

    /** {@code kill -9}. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            waitForEnd();
        }
    }

    private void waitForEnd() {
        try {
            if (process != null && !process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The service does not end");
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Asks it to stop and waits until it has. */
    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            waitForEnd();
        }
    }
}
