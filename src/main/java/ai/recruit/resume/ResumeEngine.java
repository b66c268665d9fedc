package ai.recruit.resume;

import ai.recruit.kernel.BlockingBridge;
import ai.recruit.parsing.DocumentText;
import ai.recruit.parsing.Outcome;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.ParsingLimits;
import ai.recruit.parsing.ResumeParser;
import ai.recruit.parsing.SkillLexicon;
import ai.recruit.parsing.TextExtractor;
import ai.recruit.parsing.UnreadableDocument;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.TimeoutException;
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
        return bounded(bridge.documents(
                () -> extractor.extract(document, limits), limits.time().plus(GRACE)));
    }

    /** @throws UnreadableDocument when it is something else than a resume */
    Mono<ParsedResume> fields(DocumentText text, LocalDate asOf) {
        return bounded(bridge.documents(() -> parser.parse(text, asOf), limits.time()));
    }

    /** A document that takes too long takes too long again: that is its outcome. */
    private static <T> Mono<T> bounded(Mono<T> work) {
        return work.onErrorMap(
                        TimeoutException.class,
                        late -> new UnreadableDocument(Outcome.TOO_LARGE, "did not end in time", late))
                .onErrorMap(
                        OutOfMemoryError.class,
                        full -> new UnreadableDocument(Outcome.TOO_LARGE, "needs too much memory", null));
    }
}
