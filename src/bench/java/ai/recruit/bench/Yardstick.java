package ai.recruit.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of {@code src/bench/yardsticks} in a process of its own, with its own class path. */
final class Yardstick implements AutoCloseable {

    private static final Path CLASS_PATH = Path.of("target", "yardsticks.classpath");

    private final Process process;
    private final int port;

    /** Starts it and waits until it listens. */
    Yardstick(String program, Path log, List<String> options, Map<String, String> environment) throws IOException {
        port = ServiceProcess.freePort();
        List<String> command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                "target/yardsticks/classes:" + Files.readString(CLASS_PATH).strip(),
                program));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        process = builder.start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException notYet) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    process.destroyForcibly();
                    throw new IllegalStateException(program + " does not start; see " + log, notYet);
                }
                DrillChecks.pause(Duration.ofMillis(50));
            }
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
