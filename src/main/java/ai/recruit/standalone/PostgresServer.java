package ai.recruit.standalone;

import ai.recruit.kernel.StartupFailure;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL. The cluster is made beside its final place, complete with the login and the database of the service, and
 * then renamed, so that a first start that was killed leaves nothing half-made.
 */
final class PostgresServer implements Server {

    private static final long LEAST_BUFFERS = 64L << 20;
    private static final long MOST_BUFFERS = 1L << 30;
    private static final Duration STOP = Duration.ofSeconds(10);

    /** Recovery after a crash may replay much; the process is watched meanwhile. */
    private static final Duration START = Duration.ofMinutes(5);

    private final DataDirectory data;
    private final Binaries binaries;
    private final Properties credentials;
    private final int port;
    private final boolean fresh;
    private final Path cluster;
    private @Nullable Process process;
    private boolean stopped;

    PostgresServer(DataDirectory data, Binaries binaries, Properties credentials, int port, boolean fresh) {
        this.data = data;
        this.binaries = binaries;
        this.credentials = credentials;
        this.port = port;
        this.fresh = fresh;
        this.cluster = data.resolve("postgresql");
    }

    String url() {
        return "postgresql://recruit:" + credentials.getProperty("postgresql") + "@127.0.0.1:" + port + "/recruit";
    }

    @Override
    public void start() throws IOException {
        Platform.Identity identity = Platform.notAsRoot();
        if (identity == null) {
            throw new StartupFailure("PostgreSQL does not run as root, and this machine does not let root become anyone"
                    + " else. Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours.");
        }
        List<String> prefix = identity.prefix();
        Path programs = binaries.postgresql().resolve("bin");
        ServerProcess.endOrphans(programs, STOP, "INT", "QUIT");
        data.letPass(identity.uid());
        if (!Platform.reaches(identity, programs)) {
            throw new StartupFailure("PostgreSQL does not run as root but as nobody, who cannot reach " + data.path()
                    + ". Set RECRUIT_DATA_DIR to a folder below which everyone may pass, start as an ordinary user, or"
                    + " set DATABASE_URL to a PostgreSQL server of yours.");
        }
        if (!Files.exists(cluster)) {
            initialise(identity, programs);
        }
        DataDirectory.own(cluster, identity.uid());
        DataDirectory.ownerOnly(cluster, "rwx------");
        if (fresh) {
            forget(prefix, programs);
        }
        Path log = data.resolve("logs").resolve("postgresql.log");
        Process started = launch(prefix, programs, log);
        boolean ready = ServerProcess.await(started, START, () -> saysReady(started));
        if (!ready) {
            throw new StartupFailure("PostgreSQL did not start: " + ServerProcess.reason(log, "FATAL", "PANIC")
                    + ". Its log is " + log + ".");
        }
    }

    /** An eighth of the machine's memory; PostgreSQL takes it as it reads. */
    private static String sharedBuffers() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return Math.max(LEAST_BUFFERS, Math.min(MOST_BUFFERS, memory / 8)) / 1024 + "kB";
    }

    private synchronized Process launch(List<String> prefix, Path programs, Path log) throws IOException {
        if (stopped) {
            throw new StartupFailure("The service is being stopped.");
        }
        List<String> command = new ArrayList<>(List.of(
                programs.resolve("postgres").toString(), "-D", cluster.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=100",
                "shared_buffers=" + sharedBuffers(),
                "random_page_cost=1.1",
                "max_wal_size=1GB",
                "wal_level=minimal",
                "max_wal_senders=0",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC",
                "client_connection_check_interval=1s",
                "log_min_messages=warning",
                // Details of errors quote the values of rows.
                "log_error_verbosity=terse")) {
            command.add("-c");
            command.add(setting);
        }
        Process started = ServerProcess.start(prefix, command, log, cluster);
        process = started;
        return started;
    }

    /** The eighth line of the lock file is where PostgreSQL says how far it has come, the fourth its port. */
    private boolean saysReady(Process started) {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
            return lines.size() >= 8
                    && lines.get(0).trim().equals(Long.toString(started.pid()))
                    && lines.get(3).trim().equals(Integer.toString(port))
                    && lines.get(7).trim().equals("ready");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void initialise(Platform.Identity identity, Path programs) throws IOException {
        List<String> prefix = identity.prefix();
        Path making = data.resolve("postgresql.new");
        DataDirectory.delete(making);
        Files.createDirectory(making);
        DataDirectory.ownerOnly(making, "rwx------");
        DataDirectory.own(making, identity.uid());
        Path passwordFile = data.resolve("postgresql.password");
        Files.deleteIfExists(passwordFile);
        Files.createFile(passwordFile);
        DataDirectory.ownerOnly(passwordFile, "rw-------");
        Files.writeString(passwordFile, credentials.getProperty("postgresql.superuser") + "\n");
        DataDirectory.own(passwordFile, identity.uid());
        try {
            run(
                    prefix,
                    List.of(
                            programs.resolve("initdb").toString(),
                            "-D",
                            making.toString(),
                            "--username=postgres",
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-instructions",
                            "--no-sync"),
                    "",
                    "initdb");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        // The login owns the database but is no superuser, as it would be on a managed server.
        single(
                prefix,
                programs,
                making,
                "create role recruit login createrole password '" + credentials.getProperty("postgresql") + "'\n"
                        + "create database recruit owner recruit\n",
                "setup");
        // Everything so far was written without waiting for the disk: a thousand files are synced at once, not each.
        List<String> sync =
                new ArrayList<>(List.of(programs.resolve("initdb").toString(), "--sync-only", "-D", making.toString()));
        if (Platform.linux()) {
            sync.add("--sync-method=syncfs");
        }
        run(prefix, sync, "", "sync");
        Files.move(making, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private void forget(List<String> prefix, Path programs) throws IOException {
        single(
                prefix,
                programs,
                cluster,
                "drop database if exists recruit\ncreate database recruit owner recruit\n",
                "reset");
    }

    /** Runs SQL, a statement a line, in PostgreSQL's single-user mode: nobody can connect meanwhile. */
    private void single(List<String> prefix, Path programs, Path folder, String sql, String step) throws IOException {
        run(
                prefix,
                List.of(
                        programs.resolve("postgres").toString(),
                        "--single",
                        "-D",
                        folder.toString(),
                        "-c",
                        "fsync=off",
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "log_min_messages=warning",
                        "postgres"),
                sql,
                step);
    }

    private void run(List<String> prefix, List<String> command, String input, String step) throws IOException {
        Path log = data.resolve("logs").resolve("postgresql-" + step + ".log");
        List<String> whole = new ArrayList<>(Platform.ownSession());
        whole.addAll(prefix);
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process running;
        synchronized (this) {
            if (stopped) {
                throw new StartupFailure("The service is being stopped.");
            }
            running = builder.start();
            process = running;
        }
        try (OutputStream in = running.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // Then its exit code and log say why.
        }
        int exit;
        try {
            exit = running.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartupFailure("The service is being stopped.", interrupted);
        }
        if (exit != 0) {
            String reason = ServerProcess.reason(log, "FATAL", "PANIC", "ERROR", "rror:");
            if (reason.contains("No space left")) {
                throw data.explain(new IOException(reason));
            }
            throw new StartupFailure(
                    "PostgreSQL could not be set up (" + step + "): " + reason + ". Its log is " + log + ".");
        }
    }

    @Override
    public void stop() {
        Process running;
        synchronized (this) {
            stopped = true;
            running = process;
        }
        if (running != null) {
            // Fast shutdown: clients are cut, a checkpoint is written.
            ServerProcess.end(running.toHandle(), STOP, "INT", "QUIT");
        }
    }
}
