package ai.recruit.kernel;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Background work without end, as a bean: it starts and stops with the application on a thread of its own name, and is
 * started again when it fails, with a growing pause, or when it ends although nobody asked for that.
 */
public final class SupervisedLoop implements SmartLifecycle {

    /** Loops in this phase stop before the web server closes its door: those that take new work. */
    public static final int TAKES_WORK = SmartLifecycle.DEFAULT_PHASE - 512;
    /** Loops in this phase run for as long as requests are answered. */
    public static final int SERVES_REQUESTS = 0;

    private static final Logger log = LoggerFactory.getLogger(SupervisedLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final int phase;
    private final Duration grace;
    private final Function<Mono<Void>, Publisher<?>> work;

    private Sinks.@Nullable Empty<Void> stopping;
    private Sinks.@Nullable Empty<Void> stopped;
    private @Nullable Disposable running;

    /**
     * @param name the thread's name and the name in the log
     * @param phase {@link #TAKES_WORK} or {@link #SERVES_REQUESTS}
     * @param grace how long the work may go on after it was asked to stop, before it is cancelled
     * @param work makes the work; its argument completes when the work should come to its end
     */
    public SupervisedLoop(String name, int phase, Duration grace, Function<Mono<Void>, Publisher<?>> work) {
        this.name = name;
        this.phase = phase;
        this.grace = grace;
        this.work = work;
    }

    /** A loop that is simply cancelled when the application stops. */
    public SupervisedLoop(String name, int phase, Function<Mono<Void>, Publisher<?>> work) {
        this(name, phase, Duration.ZERO, work);
    }

    @Override
    public synchronized void start() {
        Sinks.Empty<Void> stop = Sinks.empty();
        Sinks.Empty<Void> end = Sinks.empty();
        Scheduler own = Schedulers.newSingle(name, true);
        stopping = stop;
        stopped = end;
        running = Flux.defer(() -> work.apply(stop.asMono()))
                .then()
                .doOnError(failure -> log.warn("{} failed and starts again: {}", name, failure.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true))
                .repeatWhen(ends -> ends.delayElements(FIRST_PAUSE).takeUntilOther(stop.asMono()))
                .takeUntilOther(stop.asMono().then(Mono.delay(grace)))
                .subscribeOn(own)
                .doFinally(signal -> {
                    own.dispose();
                    end.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
                })
                .subscribe(ignored -> {}, failure -> log.error("{} has ended", name, failure));
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public synchronized void stop(Runnable callback) {
        Disposable loop = running;
        running = null;
        if (loop == null || stopping == null || stopped == null) {
            callback.run();
            return;
        }
        Disposable told = stopped.asMono().subscribe(ignored -> {}, failure -> callback.run(), callback);
        stopping.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        if (grace.isZero() && !told.isDisposed()) {
            loop.dispose();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
