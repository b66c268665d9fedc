package ai.recruit.kernel;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a build of the service may carry along, for those that have no address configured. Found through
 * {@code META-INF/spring.factories}, before the application context exists; a build without them works as well, but
 * then needs every address.
 */
public interface OwnServers {

    /** What can be carried along. */
    enum Kind {
        POSTGRESQL,
        REDIS,
        KAFKA
    }

    /**
     * Where the servers are, spelled as an operator would spell it; null for a server that was not asked for.
     *
     * @param databaseUrl {@code postgresql://user:password@host:port/database}
     * @param redisUrl {@code redis://:password@host:port}
     * @param kafkaBootstrapServers {@code host:port}
     * @param kafkaClient what a Kafka client needs besides, such as its credentials
     */
    record Addresses(
            @Nullable String databaseUrl,
            @Nullable String redisUrl,
            @Nullable String kafkaBootstrapServers,
            Map<String, String> kafkaClient) {}

    /**
     * Starts the servers and waits until they answer. They run until the process ends; asked again for the same data
     * directory, it answers with the servers that run already.
     *
     * @param fresh forget what an earlier process has left in them (for tests)
     * @throws StartupFailure when they cannot be started
     */
    Addresses start(Set<Kind> wanted, Path dataDirectory, boolean fresh);
}
