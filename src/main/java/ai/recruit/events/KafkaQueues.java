package ai.recruit.events;

import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.tenancy.Outages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queues of work, kept in Kafka: the only class that knows reactor-kafka. Its receive loop is supervised, because a
 * stream of that library can end without a word after a rebalance.
 */
@Component
class KafkaQueues implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(KafkaQueues.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final int DEFERRED_COMMITS = 1_000;
    private static final int ATTEMPTS_AT_A_FAULT = 8;

    private final KafkaServers servers;
    private final EventsProperties properties;
    private final List<WorkHandler> handlers;
    private final BlockingBridge bridge;
    private final LogInbox inbox;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private volatile Optional<KafkaSender<String, String>> sender = Optional.empty();

    KafkaQueues(
            KafkaServers servers,
            EventsProperties properties,
            ObjectProvider<WorkHandler> handlers,
            BlockingBridge bridge,
            LogInbox inbox,
            JsonMapper json,
            MeterRegistry meters) {
        this.servers = servers;
        this.properties = properties;
        this.handlers = handlers.orderedStream().toList();
        this.bridge = bridge;
        this.inbox = inbox;
        this.json = json;
        this.meters = meters;
    }

    List<WorkHandler> handlers() {
        return handlers;
    }

    /** Makes the topics that are missing, and the sender. Kafka's clients block while they are built. */
    Mono<Void> prepare() {
        return bridge.<Boolean>files(() -> {
                    createTopics();
                    if (sender.isEmpty()) {
                        sender = Optional.of(KafkaSender.create(SenderOptions.create(producerProperties())));
                    }
                    return true;
                })
                .then();
    }

    private void createTopics() throws InterruptedException, java.util.concurrent.TimeoutException {
        Map<String, Object> config = clientProperties();
        config.put("request.timeout.ms", 5_000);
        config.put("default.api.timeout.ms", 8_000);
        try (Admin admin = Admin.create(config)) {
            for (WorkHandler handler : handlers) {
                NewTopic topic = new NewTopic(
                        topic(handler.queue()), Optional.of(properties.partitions()), Optional.<Short>empty());
                try {
                    admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (ExecutionException failure) {
                    if (!(failure.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException("Kafka cannot be prepared: " + failure.getCause(), failure);
                    }
                }
            }
        }
    }

    /** Sends in order; completes when all replicas that must have it have it. */
    Mono<Void> send(List<Work> work) {
        Flux<SenderRecord<String, String, Long>> records = Flux.fromIterable(work)
                .map(item -> SenderRecord.create(
                        new ProducerRecord<>(topic(item.queue()), item.subject(), json.writeValueAsString(item)),
                        item.eventId()));
        return Mono.justOrEmpty(sender)
                .switchIfEmpty(Mono.error(new IllegalStateException("The queues are not prepared")))
                .flatMap(ready -> ready.send(records)
                        .doOnNext(result -> {
                            if (result.exception() != null) {
                                throw new IllegalStateException("Kafka refused work", result.exception());
                            }
                        })
                        .then()
                        .timeout(PATIENCE));
    }

    /** Receives and does the work of one queue until it is stopped, then finishes what it has begun. */
    Flux<Void> working(WorkHandler handler, Mono<Void> stopping) {
        Mono<KafkaReceiver<String, String>> receiver = prepare()
                .then(bridge.files(
                        () -> KafkaReceiver.create(ReceiverOptions.<String, String>create(consumerProperties(handler))
                                .subscription(List.of(topic(handler.queue())))
                                .commitInterval(Duration.ofMillis(200))
                                // Work that comes ends a poll at once: this is only how often an idle queue asks again.
                                .pollTimeout(IDLE_POLL)
                                .maxDelayRebalance(Duration.ofSeconds(3))
                                .maxDeferredCommits(DEFERRED_COMMITS))));
        return receiver.flatMapMany(ready -> ready.receive()
                .takeUntilOther(stopping)
                .flatMap(received -> handle(handler, received), handler.concurrency(), 1));
    }

    private Mono<Void> handle(WorkHandler handler, ReceiverRecord<String, String> received) {
        return Mono.defer(() -> {
                    Work work = json.readValue(received.value(), Work.class);
                    Timer.Sample sample = Timer.start(meters);
                    return inbox.handled(work)
                            .flatMap(done -> done ? Mono.empty() : Mono.defer(() -> handler.handle(work)))
                            .doOnSuccess(ended -> sample.stop(meters.timer("recruit.work", "queue", handler.queue())));
                })
                .doOnError(failure -> log.warn("Work of queue {} comes again: {}", handler.queue(), failure.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(2))
                        .filter(KafkaQueues::outage))
                .retryWhen(Retry.backoff(ATTEMPTS_AT_A_FAULT, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(2))
                        .filter(failure -> !outage(failure)))
                .onErrorResume(failure -> {
                    meters.counter("recruit.work.dropped", "queue", handler.queue())
                            .increment();
                    log.error(
                            "Work of queue {} at partition {} offset {} is given up",
                            handler.queue(),
                            received.partition(),
                            received.offset(),
                            failure);
                    return Mono.empty();
                })
                .doOnSuccess(ended -> received.receiverOffset().acknowledge());
    }

    /** Whether a server is away, so that trying again is worth while for as long as that takes. */
    private static boolean outage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.io.IOException || cause instanceof java.util.concurrent.TimeoutException) {
                return true;
            }
        }
        return Outages.isOutage(failure);
    }

    private String topic(String queue) {
        return properties.prefix() + "." + queue;
    }

    private Map<String, Object> clientProperties() {
        Map<String, Object> config = new HashMap<>(servers.clientProperties());
        config.put("bootstrap.servers", servers.bootstrapServers());
        config.put("reconnect.backoff.ms", 100);
        config.put("reconnect.backoff.max.ms", 1_000);
        return config;
    }

    private Map<String, Object> producerProperties() {
        Map<String, Object> config = clientProperties();
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        return config;
    }

    private Map<String, Object> consumerProperties(WorkHandler handler) {
        Map<String, Object> config = clientProperties();
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        // A group per queue: a node that joins or leaves for one queue does not move the partitions of the others.
        config.put(ConsumerConfig.GROUP_ID_CONFIG, properties.prefix() + "." + handler.queue());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.max(1, handler.concurrency()));
        config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        return config;
    }

    /** The loop of one queue. */
    SupervisedLoop loop(WorkHandler handler) {
        return new SupervisedLoop(
                "queue-" + handler.queue(), SupervisedLoop.TAKES_WORK, GRACE, stopping -> working(handler, stopping));
    }

    @Override
    public void destroy() {
        sender.ifPresent(KafkaSender::close);
    }
}
