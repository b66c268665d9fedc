package ai.recruit.events;

import java.util.Map;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param clientProperties further properties of every client: security protocol, SASL mechanism and credentials
 */
public record KafkaServers(String bootstrapServers, Map<String, Object> clientProperties) {}
