package ai.recruit.events;

import ai.recruit.kernel.SupervisedLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts a loop for each queue that this node has a handler for. */
@Component
class WorkLoops implements SmartLifecycle {

    private final List<SupervisedLoop> loops;

    WorkLoops(KafkaQueues queues) {
        this.loops = queues.handlers().stream().map(queues::loop).toList();
    }

    @Override
    public void start() {
        loops.forEach(SupervisedLoop::start);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        AtomicInteger left = new AtomicInteger(loops.size());
        if (loops.isEmpty()) {
            callback.run();
        }
        loops.forEach(loop -> loop.stop(() -> {
            if (left.decrementAndGet() == 0) {
                callback.run();
            }
        }));
    }

    @Override
    public boolean isRunning() {
        return loops.stream().anyMatch(SupervisedLoop::isRunning);
    }

    @Override
    public int getPhase() {
        return SupervisedLoop.TAKES_WORK;
    }
}
