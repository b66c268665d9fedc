package ai.recruit.events;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the event log.
 *
 * @param retention how long events are kept; a reader that comes back later gets a resync
 * @param poll how long a lost bell may delay an event
 * @param ring how many of the latest events a process keeps in memory for its readers
 * @param prefix of the Redis channel, the Kafka topics and the consumer group, so that several installations can share
 *     servers
 * @param partitions of each Kafka topic: the most nodes that can share one queue
 */
@ConfigurationProperties("recruit.events")
record EventsProperties(
        @DefaultValue("7d") Duration retention,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("16384") int ring,
        @DefaultValue("recruit") String prefix,
        @DefaultValue("12") int partitions) {}
