package ai.recruit.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;

/**
 * Measures how late the server's event loops are: the timer {@code recruit.event.loop.lag} takes how long after its due
 * time a small task ran. Lag means that something computes or blocks where it must not.
 */
@Component
class EventLoopLag implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofMillis(500);

    private final ReactorResourceFactory resources;
    private final Timer lag;
    private final List<ScheduledFuture<?>> probes = new ArrayList<>();

    EventLoopLag(ReactorResourceFactory resources, MeterRegistry meters) {
        this.resources = resources;
        this.lag = Timer.builder("recruit.event.loop.lag")
                .description("How late the event loops run a task that is due")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    @Override
    public synchronized void start() {
        for (EventExecutor loop : resources.getLoopResources().onServer(true)) {
            Probe probe = new Probe();
            probes.add(loop.scheduleAtFixedRate(probe, EVERY.toNanos(), EVERY.toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private final class Probe implements Runnable {

        private long due = System.nanoTime() + EVERY.toNanos();

        @Override
        public void run() {
            long now = System.nanoTime();
            lag.record(Math.max(0, now - due), TimeUnit.NANOSECONDS);
            due = Math.max(now, due) + EVERY.toNanos();
        }
    }

    @Override
    public synchronized void stop() {
        probes.forEach(probe -> probe.cancel(false));
        probes.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !probes.isEmpty();
    }
}
