package ai.recruit.enrichment;

import ai.recruit.parsing.ParsedResume;
import java.util.List;
import reactor.core.publisher.Mono;

/** Text about resumes and to questions by a language model. */
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

    /**
     * Asks the model for one follow-up question to each of an interview's questions, in the same order; empty where it has
     * none. Failures that may pass are tried again first, within minutes.
     *
     * @param questions without personal data: they are sent as they are
     * @param russian whether to write in Russian, not English
     * @throws EnrichmentFailed when there is no text to be had
     */
    Mono<List<String>> followUps(List<String> questions, boolean russian);
}
