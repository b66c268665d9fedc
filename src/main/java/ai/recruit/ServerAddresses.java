package ai.recruit;

import ai.recruit.events.KafkaServers;
import ai.recruit.kernel.OwnServers;
import ai.recruit.kernel.OwnServers.Addresses;
import ai.recruit.kernel.OwnServers.Kind;
import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Where PostgreSQL, Redis and Kafka are: at the configured addresses, each on its own, and for those without one at the
 * servers that this build carries along. Either way the rest of the service sees the same beans and cannot tell.
 *
 * <p>Runs before the application context is built, for every start of the application, tests included.
 */
final class ServerAddresses implements ApplicationContextInitializer<GenericApplicationContext>, Ordered {

    private static final String KAFKA_FORM = "host:9092,host:9092";

    /** Environment names with these beginnings are properties of the Kafka clients, such as KAFKA_SASL_MECHANISM. */
    private static final List<String> KAFKA_CLIENT = List.of("KAFKA_SECURITY_", "KAFKA_SASL_", "KAFKA_SSL_");

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String databaseUrl = value(environment, "DATABASE_URL");
        String redisUrl = value(environment, "REDIS_URL");
        String kafka = value(environment, "KAFKA_BOOTSTRAP_SERVERS");

        // What is written wrong is told before anything is started.
        DatabaseAddress database = databaseUrl == null ? null : new DatabaseAddress(databaseUrl);
        RedisAddress redis = redisUrl == null ? null : new RedisAddress(redisUrl);
        KafkaServers brokers = kafka == null ? null : kafka(kafka, environment);
        requireFree("PORT", environment.getProperty("server.port"), "8000");
        requireFree("MANAGEMENT_PORT", environment.getProperty("management.server.port"), "9090");

        Set<Kind> wanted = EnumSet.noneOf(Kind.class);
        if (database == null) {
            wanted.add(Kind.POSTGRESQL);
        }
        if (redis == null) {
            wanted.add(Kind.REDIS);
        }
        if (brokers == null) {
            wanted.add(Kind.KAFKA);
        }
        Path data = Path.of(environment.getRequiredProperty("recruit.data-dir"))
                .toAbsolutePath()
                .normalize();
        if (!wanted.isEmpty()) {
            boolean fresh = environment.getProperty("recruit.standalone.fresh", Boolean.class, false);
            Addresses own = ownServers(wanted).start(wanted, data, fresh);
            if (own.databaseUrl() != null) {
                database = new DatabaseAddress(own.databaseUrl());
            }
            if (own.redisUrl() != null) {
                redis = new RedisAddress(own.redisUrl());
            }
            if (own.kafkaBootstrapServers() != null) {
                brokers = new KafkaServers(own.kafkaBootstrapServers(), Map.copyOf(own.kafkaClient()));
            }
        }
        DatabaseAddress chosenDatabase = required(database);
        RedisAddress chosenRedis = required(redis);
        KafkaServers chosenBrokers = required(brokers);
        context.registerBean("databaseAddress", R2dbcConnectionDetails.class, () -> chosenDatabase);
        context.registerBean("migrationAddress", DatabaseAddress.Migration.class, () -> chosenDatabase.new Migration());
        context.registerBean("redisAddress", DataRedisConnectionDetails.class, () -> chosenRedis);
        context.registerBean("kafkaServers", KafkaServers.class, () -> chosenBrokers);
        context.registerBean("surroundings", Surroundings.class, () -> new Surroundings(Set.copyOf(wanted), data));
    }

    /**
     * For the block that tells the user what has started.
     *
     * @param own which servers the process has started itself
     */
    record Surroundings(Set<Kind> own, Path data) {}

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A server was asked for but not started");
        }
        return value;
    }

    private static @Nullable String value(Environment environment, String name) {
        String value = environment.getProperty(name);
        return value == null || value.isBlank() ? null : value.trim();
    }

    private static OwnServers ownServers(Set<Kind> wanted) {
        List<OwnServers> found = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(OwnServers.class, (type, implementation, failure) -> {});
        if (found.isEmpty()) {
            Map<Kind, String> settings = Map.of(
                    Kind.POSTGRESQL, "DATABASE_URL",
                    Kind.REDIS, "REDIS_URL",
                    Kind.KAFKA, "KAFKA_BOOTSTRAP_SERVERS");
            throw new StartupFailure("This build carries no servers of its own. Set "
                    + String.join(
                            ", ", wanted.stream().map(settings::get).sorted().toList()) + ".");
        }
        return found.get(0);
    }

    private static KafkaServers kafka(String text, ConfigurableEnvironment environment) {
        for (String server : text.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            if (colon <= 0 || !server.substring(colon + 1).trim().matches("\\d{1,5}")) {
                throw ServerUrl.wrong(
                        "KAFKA_BOOTSTRAP_SERVERS", KAFKA_FORM, "\"" + server.trim() + "\" is not host:port");
            }
        }
        Map<String, Object> client = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                for (String name : enumerable.getPropertyNames()) {
                    String value = environment.getProperty(name);
                    if (value != null && KAFKA_CLIENT.stream().anyMatch(name::startsWith)) {
                        client.put(
                                name.substring("KAFKA_".length())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '.'),
                                value);
                    }
                }
            }
        }
        return new KafkaServers(text, client);
    }

    /** Asked first, because the servers take seconds to start and the port would be missed only after that. */
    private static void requireFree(String setting, @Nullable String configured, String usual) {
        int port;
        try {
            port = Integer.parseInt(configured == null ? usual : configured.trim());
        } catch (NumberFormatException notANumber) {
            throw new StartupFailure(
                    setting + " is not a number: " + configured + ". Set it to a free port such as " + usual + ".");
        }
        if (port == 0 || port == -1) {
            return;
        }
        if (port < 0 || port > 65535) {
            throw new StartupFailure(
                    setting + " is not a port: " + port + ". Set it to a free port such as " + usual + ".");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (IOException taken) {
            throw portTaken(setting, port, taken);
        }
    }

    static StartupFailure portTaken(String setting, int port, Exception cause) {
        return new StartupFailure(
                "Port " + port + " is taken or not allowed. Stop what listens there, or set " + setting
                        + " to another port.",
                cause);
    }
}
