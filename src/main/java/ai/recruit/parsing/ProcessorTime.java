package ai.recruit.parsing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * How much a thread has worked since a moment. A document is judged by this and not by the clock: on a busy machine a
 * small one may wait for longer than a large one works.
 */
public final class ProcessorTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long thread;
    private final long began;

    private ProcessorTime(long thread) {
        this.thread = thread;
        this.began = now();
    }

    /** From now on, of the thread that calls. */
    public static ProcessorTime ofThisThread() {
        return new ProcessorTime(Thread.currentThread().getId());
    }

    /** May be asked by any thread; nothing when the thread has ended, and by the clock where the platform does not measure. */
    public Duration used() {
        return Duration.ofNanos(Math.max(0, now() - began));
    }

    private long now() {
        if (!THREADS.isThreadCpuTimeSupported() || !THREADS.isThreadCpuTimeEnabled()) {
            return System.nanoTime();
        }
        return thread == Thread.currentThread().getId()
                ? THREADS.getCurrentThreadCpuTime()
                : THREADS.getThreadCpuTime(thread);
    }
}
