package ai.recruit;

import io.r2dbc.pool.ConnectionPool;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Opens the connections to PostgreSQL and Redis before the first request. Opening takes many times as long as using, and
 * Lettuce's first connect blocks its caller, which later would be an event loop. A server that is away does not stop the
 * start; Redis is then tried again in the background.
 */
@Component
class FirstConnections implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FirstConnections.class);

    private final ConnectionPool database;
    private final LettuceConnectionFactory redis;
    private final Disposable.Swap warmingUp = Disposables.swap();
    private volatile boolean running;

    FirstConnections(ConnectionPool database, LettuceConnectionFactory redis) {
        this.database = database;
        this.redis = redis;
    }

    /** Before everything that reads or listens. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    @Override
    public void start() {
        running = true;
        CountDownLatch left = new CountDownLatch(2);
        Disposable started = database.warmup()
                .doFinally(end -> left.countDown())
                .subscribe(count -> {}, failure -> log.warn("The database pool is not warm: {}", failure.toString()));
        Thread thread = new Thread(() -> connectRedis(left), "redis-connect");
        thread.setDaemon(true);
        thread.start();
        warmingUp.update(started);
        try {
            if (!left.await(3, TimeUnit.SECONDS)) {
                log.warn("Starting without waiting longer for the first connections");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectRedis(CountDownLatch tried) {
        boolean told = false;
        while (running) {
            try {
                redis.getReactiveConnection();
                tried.countDown();
                return;
            } catch (RuntimeException away) {
                if (!told) {
                    log.warn("Redis does not answer yet: {}", away.toString());
                    told = true;
                    tried.countDown();
                }
            }
            try {
                Thread.sleep(500);
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        warmingUp.dispose();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
