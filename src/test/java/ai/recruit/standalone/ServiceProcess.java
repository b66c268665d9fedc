package ai.recruit.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The service as a process of its own, started from the classes under test as a user starts it. */
public final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path err;

    private ServiceProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * @param folder for the output
     * @param environment settings, over ports chosen freely
     * @param jvm further arguments of the JVM
     */
    public static ServiceProcess start(Path folder, Map<String, String> environment, String... jvm) throws IOException {
        Files.createDirectories(folder);
        Path out = Files.createTempFile(folder, "service-", ".out");
        Path err = Path.of(out.toString().replace(".out", ".err"));
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvm));
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", classPath, "ai.recruit.RecruitApplication"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(Map.of("PORT", "0", "MANAGEMENT_PORT", "0", "RECRUIT_RATE_ENABLED", "false"));
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), out, err);
    }

    public Process process() {
        return process;
    }

    /** Waits until it says that it is ready. */
    public ServiceProcess awaitReady() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!out().contains("Stop     Ctrl-C")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("The service is not ready: " + err() + out());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    /** The address of its API, without a slash at the end. */
    public String address() throws IOException {
        return line("  Address");
    }

    /** The address of its management port, without a slash at the end. */
    public String management() throws IOException {
        return line("  Metrics").replaceFirst("/metrics$", "");
    }

    private String line(String label) throws IOException {
        return out().lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).trim())
                .findFirst()
                .orElseThrow();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The service does not end");
        }
        return process.exitValue();
    }

    public String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    public String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /** Stops it cleanly. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
