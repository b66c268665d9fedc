package ai.recruit.kernel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The one way from reactive code to libraries that block: document parsing, password hashing, file system metadata.
 * Every lane has a bounded number of threads and a bounded queue, so a flood of one kind of work is refused instead of
 * growing without end, and does not take the threads of another kind.
 */
@Component
public class BlockingBridge implements DisposableBean {

    private static final int QUEUE = 10_000;

    private final Scheduler files = Schedulers.newBoundedElastic(8, QUEUE, "blocking-files");
    private final Scheduler passwords =
            Schedulers.newBoundedElastic(Math.max(2, processors()), 256, "blocking-passwords");
    private final Scheduler documents = Schedulers.newBoundedElastic(4 * processors(), QUEUE, "blocking-documents");

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** File system calls: short, not processor-bound. */
    public <T> Mono<T> files(Callable<? extends T> work) {
        return Mono.<T>fromCallable(work::call).subscribeOn(files);
    }

    /** The same lane, for a library that asks for an executor. */
    public Executor files() {
        return files::schedule;
    }

    /** Password hashing: processor-bound and heavy on memory. */
    public <T> Mono<T> passwords(Callable<? extends T> work) {
        return Mono.<T>fromCallable(work::call).subscribeOn(passwords);
    }

    /**
     * Document parsing: the worker thread is interrupted, and the wait ends, after the time limit. The caller bounds
     * how much runs at once.
     */
    public <T> Mono<T> documents(Callable<? extends T> work, Duration limit) {
        return Mono.<T>fromCallable(work::call).subscribeOn(documents).timeout(limit);
    }

    @Override
    public void destroy() {
        files.dispose();
        passwords.dispose();
        documents.dispose();
    }
}
