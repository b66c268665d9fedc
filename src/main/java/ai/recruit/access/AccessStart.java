package ai.recruit.access;

import ai.recruit.kernel.SupervisedLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;

/**
 * Makes the door ready before the web server opens it: keys to sign with, the first administrator, and what has been
 * revoked. The main thread waits for it, and a failure ends the start.
 */
@Component
class AccessStart implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SigningKeys keys;
    private final Passwords passwords;
    private final FirstAdministrator administrator;
    private final AccessFollower follower;
    private volatile boolean running;

    AccessStart(SigningKeys keys, Passwords passwords, FirstAdministrator administrator, AccessFollower follower) {
        this.passwords = passwords;
        this.keys = keys;
        this.administrator = administrator;
        this.follower = follower;
    }

    @Override
    public void start() {
        CountDownLatch ready = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Disposable work = keys.maintain()
                .then(passwords.prepare())
                .then(administrator.ensure())
                .then(follower.load())
                .doFinally(signal -> ready.countDown())
                .subscribe(ignored -> {}, failure::set);
        try {
            if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                work.dispose();
                throw new IllegalStateException("The database did not answer within " + PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            work.dispose();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        Throwable cause = failure.get();
        if (cause instanceof RuntimeException known) {
            throw known;
        }
        if (cause != null) {
            throw new IllegalStateException(cause);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return SupervisedLoop.SERVES_REQUESTS - 100;
    }
}
