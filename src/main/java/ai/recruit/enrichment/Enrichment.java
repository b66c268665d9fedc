package ai.recruit.enrichment;

import java.util.List;

/**
 * What a model wrote about a resume: plain text without addresses, in the resume's language.
 *
 * @param summary at most 1,000 characters
 * @param insights at most 8, of at most 300 characters
 * @param model which wrote it
 */
public record Enrichment(String summary, List<String> insights, String model) {

    public Enrichment {
        insights = List.copyOf(insights);
    }
}
