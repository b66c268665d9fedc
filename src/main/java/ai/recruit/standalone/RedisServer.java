package ai.recruit.standalone;

import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Redis, with its data in an append-only file. */
final class RedisServer implements Server {

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofMinutes(1);

    private final DataDirectory data;
    private final Binaries binaries;
    private final Properties credentials;
    private final int port;
    private final boolean fresh;
    private @Nullable Process process;
    private boolean stopped;

    RedisServer(DataDirectory data, Binaries binaries, Properties credentials, int port, boolean fresh) {
        this.data = data;
        this.binaries = binaries;
        this.credentials = credentials;
        this.port = port;
        this.fresh = fresh;
    }

    String url() {
        return "redis://:" + credentials.getProperty("redis") + "@127.0.0.1:" + port;
    }

    @Override
    public void start() throws IOException {
        Path program = binaries.redis();
        Path folder = data.resolve("redis");
        ServerProcess.endOrphans(Binaries.parent(program), STOP, "TERM");
        if (fresh) {
            DataDirectory.delete(folder);
        }
        Files.createDirectories(folder);
        DataDirectory.ownerOnly(folder, "rwx------");
        Path log = data.resolve("logs").resolve("redis.log");
        Process started = launch(program, configuration(folder), log, folder);
        if (!ServerProcess.await(started, START, this::answers)) {
            String reason = ServerProcess.reason(log, "error while loading", "Fatal", "rror", "#");
            throw new StartupFailure("Redis did not start: " + reason + ". Its log is " + log
                    + "; instead of it a server of yours can be named in REDIS_URL.");
        }
    }

    private synchronized Process launch(Path program, Path configuration, Path log, Path folder) throws IOException {
        if (stopped) {
            throw new StartupFailure("The service is being stopped.");
        }
        Process started =
                ServerProcess.start(List.of(), List.of(program.toString(), configuration.toString()), log, folder);
        process = started;
        return started;
    }

    /** In a file and not on the command line, because everyone on the machine may read command lines. */
    private Path configuration(Path folder) throws IOException {
        Path file = folder.resolve("redis.conf");
        Files.deleteIfExists(file);
        Files.createFile(file);
        DataDirectory.ownerOnly(file, "rw-------");
        // The title of the process stays its command, by which a later service knows it again.
        String title = Platform.windows() ? "" : "set-proc-title no\n";
        Files.writeString(file, """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory-policy noeviction
                tcp-keepalive 60
                """.formatted(port, credentials.getProperty("redis"), quoted(folder)) + title);
        return file;
    }

    private static String quoted(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Speaks just enough of the protocol to learn whether the data are loaded. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 200);
            socket.setSoTimeout(500);
            String words = "AUTH " + credentials.getProperty("redis") + "\r\nPING\r\n";
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            int next;
            while ((next = in.read()) >= 0) {
                answer.append((char) next);
                if (answer.indexOf("+PONG") >= 0) {
                    return true;
                }
                if (answer.indexOf("-") >= 0) {
                    return false;
                }
            }
            return false;
        } catch (IOException notYet) {
            return false;
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
            ServerProcess.end(running.toHandle(), STOP, "TERM");
        }
    }
}
