package ai.recruit.standalone;

import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka broker that is its own controller, inside this process. */
final class KafkaBroker implements Server {

    private static final String USER = "recruit";

    private final DataDirectory data;
    private final String password;
    private final int port;
    private final int controllerPort;
    private final boolean fresh;
    private @Nullable KafkaRaftServer server;

    KafkaBroker(DataDirectory data, Properties credentials, int port, int controllerPort, boolean fresh) {
        this.data = data;
        this.password = credentials.getProperty("kafka");
        this.port = port;
        this.controllerPort = controllerPort;
        this.fresh = fresh;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Map<String, String> client() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login() + ";");
    }

    private String login() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\""
                + password + "\"";
    }

    @Override
    public void start() throws IOException {
        Path folder = data.resolve("kafka");
        if (fresh) {
            DataDirectory.delete(folder);
        }
        if (!Files.exists(folder)) {
            format(folder);
        }
        DataDirectory.ownerOnly(folder, "rwx------");
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(configuration(folder), false), Time.SYSTEM);
        Exit.setHaltProcedure((status, message) -> giveUp(message));
        Exit.setExitProcedure((status, message) -> giveUp(message));
        try {
            starting.startup();
        } catch (RuntimeException failure) {
            throw new StartupFailure(
                    "The Kafka broker did not start: " + failure.getMessage() + ". Its data are in " + folder + ".",
                    failure);
        }
        synchronized (this) {
            server = starting;
        }
    }

    /**
     * The broker ends its process when its disk fails or fills. Here that is the service, whose other servers are to be
     * stopped first. The thread that asks must not go on.
     */
    private void giveUp(@Nullable String why) {
        System.err.println("The Kafka broker cannot go on" + (why == null ? "" : " (" + why + ")")
                + ". See that the disk of " + data.path() + " is sound and not full, then start again.");
        new Thread(() -> System.exit(1), "kafka-gave-up").start();
        throw new IllegalStateException("The Kafka broker cannot go on");
    }

    private void format(Path folder) throws IOException {
        Path making = data.resolve("kafka.new");
        DataDirectory.delete(making);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(making.toString())
                    .addDirectory(making.toString())
                    .run();
        } catch (IOException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IOException("The Kafka log folder cannot be formatted: " + failure.getMessage(), failure);
        }
        Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<String, String> configuration(Path folder) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        config.put("listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        config.put("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        config.put("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        config.put("inter.broker.listener.name", "CLIENT");
        config.put("controller.listener.names", "CONTROLLER");
        config.put("sasl.enabled.mechanisms", "PLAIN");
        config.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        config.put("sasl.mechanism.controller.protocol", "PLAIN");
        String accounts = login() + " user_" + USER + "=\"" + password + "\";";
        config.put("listener.name.client.plain.sasl.jaas.config", accounts);
        config.put("listener.name.controller.plain.sasl.jaas.config", accounts);
        config.put("log.dirs", folder.toString());
        // There is one broker, so there is one copy.
        config.put("default.replication.factor", "1");
        config.put("min.insync.replicas", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
        // Small: a few consumers, all of them here.
        config.put("num.partitions", "4");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("share.coordinator.state.topic.num.partitions", "4");
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "2");
        config.put("background.threads", "2");
        config.put("log.cleaner.dedupe.buffer.size", "4194304");
        config.put("log.cleaner.io.buffer.size", "262144");
        config.put("log.segment.bytes", "67108864");
        config.put("log.retention.hours", "48");
        config.put("metadata.log.segment.bytes", "16777216");
        config.put("metric.reporters", "");
        // A crashed consumer's work goes on within seconds, and a new one need not wait for others.
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.min.session.timeout.ms", "1000");
        config.put("group.consumer.min.session.timeout.ms", "1000");
        config.put("group.consumer.min.heartbeat.interval.ms", "500");
        return config;
    }

    /** One that is still starting is left to the end of the process: its log is safe then, and stopping would be not. */
    @Override
    public void stop() {
        KafkaRaftServer running;
        synchronized (this) {
            running = server;
            server = null;
        }
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }
}
