package ai.recruit.resume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What the operator sees of the pipeline. */
@Component
class ResumeMetrics {

    private final MeterRegistry meters;
    private final Map<Lane, AtomicLong> waiting = new EnumMap<>(Lane.class);

    ResumeMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (Lane lane : Lane.values()) {
            AtomicLong depth = new AtomicLong();
            waiting.put(lane, depth);
            Gauge.builder("recruit.resume.queue.depth", depth, AtomicLong::get)
                    .tag("lane", lane.word())
                    .description("Resumes that wait to be processed")
                    .register(meters);
        }
    }

    void stage(Step step, Duration took) {
        meters.timer("recruit.resume.stage", "stage", step.word()).record(took);
    }

    /** @param outcome {@code completed}, or why it failed */
    void enrichment(String outcome) {
        meters.counter("recruit.resume.enrichments", "outcome", outcome).increment();
    }

    void outcome(String outcome) {
        meters.counter("recruit.resume.outcomes", "outcome", outcome).increment();
    }

    void retaken(long count) {
        meters.counter("recruit.resume.retaken").increment(count);
    }

    void waiting(Map<Lane, Long> depths) {
        waiting.forEach((lane, depth) -> depth.set(depths.getOrDefault(lane, 0L)));
    }
}
