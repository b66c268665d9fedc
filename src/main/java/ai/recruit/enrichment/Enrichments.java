package ai.recruit.enrichment;

import ai.recruit.parsing.ParsedResume;
import reactor.core.publisher.Mono;

/** Text about resumes by a language model. */
public interface Enrichments {

    /** Whether a model is configured. */
    boolean enabled();

    /**
     * Asks the model for a summary and insights, with personal data masked. Failures that may pass are tried again first,
     * within minutes.
     *
     * @throws EnrichmentFailed when there is no text to be had
     */
    Mono<Enrichment> describe(ParsedResume resume);
}
