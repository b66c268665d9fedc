package ai.recruit.events;

import reactor.core.publisher.Mono;

/**
 * Does the work of one queue. Each feature that takes work declares a bean; the nodes that run share the queue as one
 * consumer group.
 */
public interface WorkHandler {

    /** The queue's name, also its Kafka topic below the configured prefix: lower case and hyphens. */
    String queue();

    /** How many pieces of work this node does at once. */
    int concurrency();

    /**
     * Does one piece of work. A piece may be delivered again, after a crash or a rebalance: record it with
     * {@link Inbox#record(Work)} in the transaction of its last effect. The offset is committed when this completes. An
     * error makes the piece come again after a short while.
     */
    Mono<Void> handle(Work work);
}
