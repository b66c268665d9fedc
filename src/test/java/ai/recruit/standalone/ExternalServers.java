package ai.recruit.standalone;

import ai.recruit.kernel.OwnServers.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The three servers outside of any service, for drills: two services can share them, and each server can be stopped,
 * killed and started again on its own, on the same port and data. From Java use the methods; from a shell start
 * {@link #main} and read the addresses from its output.
 */
public final class ExternalServers implements AutoCloseable {

    private final DataDirectory data;
    private final Properties credentials;
    private final Binaries binaries;
    private final int[] ports;
    private final Map<Kind, Server> running = new EnumMap<>(Kind.class);
    private final Map<String, String> environment;

    private ExternalServers(DataDirectory data, int[] ports) {
        this.data = data;
        this.credentials = data.credentials();
        this.binaries = new Binaries(data);
        this.ports = ports;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("DATABASE_URL", new PostgresServer(data, binaries, credentials, ports[0], false).url());
        settings.put("REDIS_URL", new RedisServer(data, binaries, credentials, ports[1], false).url());
        KafkaBroker kafka = new KafkaBroker(data, credentials, ports[2], ports[3], false);
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        kafka.client()
                .forEach((name, value) ->
                        settings.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        this.environment = settings;
    }

    /** Starts all three on free ports, with their data in the folder. */
    public static ExternalServers start(Path folder) throws IOException {
        return start(folder, StandaloneServers.freePorts());
    }

    /** @param ports of PostgreSQL, Redis, Kafka, and Kafka's controller */
    public static ExternalServers start(Path folder, int... ports) throws IOException {
        for (String broker : List.of("kafka", "org.apache.kafka", "state.change.logger")) {
            LoggingSystem.get(ExternalServers.class.getClassLoader()).setLogLevel(broker, LogLevel.ERROR);
        }
        DataDirectory data = DataDirectory.open(folder);
        Files.createDirectories(data.resolve("logs"));
        ExternalServers servers = new ExternalServers(data, ports.clone());
        for (Kind kind : Kind.values()) {
            servers.start(kind);
        }
        return servers;
    }

    /** The settings with which a service uses these servers. */
    public Map<String, String> environment() {
        return environment;
    }

    public synchronized void start(Kind kind) throws IOException {
        if (running.containsKey(kind)) {
            return;
        }
        Server server =
                switch (kind) {
                    case POSTGRESQL -> new PostgresServer(data, binaries, credentials, ports[0], false);
                    case REDIS -> new RedisServer(data, binaries, credentials, ports[1], false);
                    case KAFKA -> new KafkaBroker(data, credentials, ports[2], ports[3], false);
                };
        server.start();
        running.put(kind, server);
    }

    /** Stops one as an administrator would. */
    public synchronized void stop(Kind kind) {
        Server server = running.remove(kind);
        if (server != null) {
            server.stop();
        }
    }

    /** Ends PostgreSQL or Redis without warning. The broker lives in this process and cannot be killed alone. */
    public synchronized void kill(Kind kind) throws IOException {
        Path programs =
                switch (kind) {
                    case POSTGRESQL -> binaries.postgresql().resolve("bin");
                    case REDIS -> Binaries.parent(binaries.redis());
                    case KAFKA -> throw new IllegalArgumentException("The broker cannot be killed alone");
                };
        ServerProcess.running(programs).forEach(process -> ServerProcess.signal(process, "KILL"));
        Server server = running.remove(kind);
        if (server != null) {
            server.stop();
        }
    }

    @Override
    public void close() {
        for (Kind kind : EnumSet.allOf(Kind.class)) {
            stop(kind);
        }
        data.close();
    }

    /**
     * {@code ExternalServers FOLDER [POSTGRES_PORT REDIS_PORT KAFKA_PORT CONTROLLER_PORT]} prints the settings, one
     * {@code NAME=value} a line, then {@code ready}; then obeys lines such as {@code stop redis}, {@code start kafka},
     * {@code restart postgresql}, {@code kill postgresql}, each answered with {@code done}, until it is terminated.
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int[] ports = arguments.length == 5
                ? List.of(arguments).subList(1, 5).stream()
                        .mapToInt(Integer::parseInt)
                        .toArray()
                : StandaloneServers.freePorts();
        ExternalServers servers = start(folder, ports);
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        servers.environment().forEach((name, value) -> System.out.println(name + "=" + value));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            String[] words = line.trim().split("\\s+");
            if (words.length == 2) {
                servers.obey(words[0], Kind.valueOf(words[1].toUpperCase(Locale.ROOT)));
                System.out.println("done");
            }
        }
        new CountDownLatch(1).await();
    }

    private void obey(String command, Kind kind) throws IOException {
        switch (command) {
            case "start" -> start(kind);
            case "stop" -> stop(kind);
            case "kill" -> kill(kind);
            case "restart" -> {
                stop(kind);
                start(kind);
            }
            default -> throw new IllegalArgumentException("Neither start, stop, restart nor kill: " + command);
        }
    }
}
