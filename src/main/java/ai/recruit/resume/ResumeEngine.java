package ai.recruit.resume;

import ai.recruit.kernel.BlockingBridge;
import ai.recruit.parsing.DocumentText;
import ai.recruit.parsing.Outcome;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ProcessorTime;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.SkillLexicon;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The parsing engine on worker threads, with limits that fit the settings. */
@Component
class ResumeEngine {

    /** The engine watches its own time; this much later its thread is interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TextExtractor extractor = new TextExtractor();
    private final ResumeParser parser;
    private final BlockingBridge bridge;
    private final ParsingLimits limits;

    ResumeEngine(BlockingBridge bridge, ResumeProperties properties, SkillLexicon lexicon) {
        this.bridge = bridge;
        this.parser = new ResumeParser(lexicon);
        this.limits = ParsingLimits.defaults()
                .withInputBytes((int) Math.min(properties.maxFileSize().toBytes(), Integer.MAX_VALUE - 8))
                .withTime(properties.parseTime());
    }

    /** @throws UnreadableDocument when it gives no text */
    Mono<DocumentText> text(byte[] document) {
        return bounded(() -> extractor.extract(document, limits));
    }

    /** @throws UnreadableDocument when it is something else than a resume */
    Mono<ParsedResume> fields(DocumentText text, LocalDate asOf) {
        return bounded(() -> parser.parse(text, asOf));
    }

    /**
     * A document that keeps a processor busy for too long does so again: that is its outcome. One that had to wait for
     * the processor is tried again.
     */
    private <T> Mono<T> bounded(Callable<? extends T> work) {
        return Mono.defer(() -> {
            AtomicReference<@Nullable ProcessorTime> time = new AtomicReference<>();
            return bridge.<T>documents(
                            () -> {
                                time.set(ProcessorTime.ofThisThread());
                                return work.call();
                            },
                            limits.time().plus(GRACE))
                    .onErrorMap(
                            TimeoutException.class,
                            late -> wasBusy(time.get())
                                    ? new UnreadableDocument(Outcome.TOO_LARGE, "did not end in time", late)
                                    : late)
                    .onErrorMap(
                            OutOfMemoryError.class,
                            full -> new UnreadableDocument(Outcome.TOO_LARGE, "needs too much memory", null));
        });
    }

    private boolean wasBusy(@Nullable ProcessorTime time) {
        return time != null && time.used().multipliedBy(2).compareTo(limits.time()) > 0;
    }
}
