package ai.recruit.events;

import ai.recruit.kernel.SupervisedLoop;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Wakes the tails of all processes after a commit, by way of Redis publish/subscribe. A stroke carries nothing but the
 * name of the process that rang; a lost one costs at most the fallback poll of a tail. This process's own tail is woken
 * directly, and need not be woken again when the stroke comes back.
 */
@Component
class Bell {

    private static final Logger log = LoggerFactory.getLogger(Bell.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReactiveStringRedisTemplate redis;
    private final String channel;
    private final String me = UUID.randomUUID().toString();
    private final Sinks.Many<Boolean> rung = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Boolean> heard = Sinks.many().multicast().directBestEffort();

    Bell(ReactiveStringRedisTemplate redis, EventsProperties properties) {
        this.redis = redis;
        this.channel = properties.prefix() + ":bell";
    }

    /** Rings, without waiting for anybody. */
    void ring() {
        rung.emitNext(true, (signal, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
        wake();
    }

    private void wake() {
        heard.emitNext(true, (signal, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
    }

    /** A signal per stroke, of this process or another; strokes that nobody is ready for are merged. */
    Flux<Boolean> strokes() {
        return heard.asFlux().onBackpressureLatest();
    }

    Flux<Long> publishing() {
        // On another thread: whoever rings holds the sink meanwhile, and the next one who rings would wait for Redis.
        return rung.asFlux()
                .onBackpressureLatest()
                .publishOn(Schedulers.parallel(), 1)
                .concatMap(stroke -> publish(), 0);
    }

    private Mono<Long> publish() {
        return redis.convertAndSend(channel, me).timeout(PATIENCE).onErrorResume(away -> {
            log.debug("The bell was not rung: {}", away.toString());
            return Mono.empty();
        });
    }

    Flux<Void> listening() {
        return redis.listenToChannel(channel)
                .filter(stroke -> !me.equals(stroke.getMessage()))
                .doOnNext(stroke -> wake())
                .thenMany(Flux.empty());
    }

    @Configuration(proxyBeanMethods = false)
    static class Loops {

        @Bean
        SupervisedLoop bellPublisher(Bell bell) {
            return new SupervisedLoop("bell-publisher", SupervisedLoop.SERVES_REQUESTS, stop -> bell.publishing());
        }

        @Bean
        SupervisedLoop bellListener(Bell bell) {
            return new SupervisedLoop("bell-listener", SupervisedLoop.SERVES_REQUESTS, stop -> bell.listening());
        }
    }
}
