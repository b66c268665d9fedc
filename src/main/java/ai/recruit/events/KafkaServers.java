package ai.recruit.events;

import java.util.HashMap;
import java.util.Map;

/**
 * Where Kafka is. There is exactly one bean of this type, whether the broker is the operator's or the service's own.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param clientProperties what each client needs besides the addresses: security protocol, credentials
 */
public record KafkaServers(String bootstrapServers, Map<String, Object> clientProperties) {

    public KafkaServers {
        clientProperties = Map.copyOf(clientProperties);
    }

    /** A new map to build a client from: the addresses and the client properties. */
    public Map<String, Object> toClientConfig() {
        Map<String, Object> config = new HashMap<>(clientProperties);
        config.put("bootstrap.servers", bootstrapServers);
        return config;
    }

    @Override
    public String toString() {
        return "KafkaServers[" + bootstrapServers + "]";
    }
}
