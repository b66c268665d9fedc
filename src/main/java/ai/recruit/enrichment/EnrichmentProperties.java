package ai.recruit.enrichment;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The language model.
 *
 * @param apiKey without one there is no enrichment
 * @param baseUrl of a server that speaks OpenAI's chat completions; {@code /chat/completions} is appended
 * @param model which one is asked
 * @param timeout for one answer
 * @param attempts how often one resume is tried at most
 * @param pause before the second attempt; it doubles from then on, up to a minute, and a part of it is left to chance
 * @param requestsPerMinute of this node
 * @param tokensPerDay of all nodes together, by UTC days
 * @param maxCharacters how much of one resume is sent
 * @param maxTokens the longest answer
 * @param circuitPause how long a server that fails is left alone
 */
@ConfigurationProperties("recruit.enrichment")
record EnrichmentProperties(
        @DefaultValue("") String apiKey,
        @DefaultValue(EnrichmentProperties.OPENAI) String baseUrl,
        @DefaultValue("gpt-4o-mini") String model,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("5") int attempts,
        @DefaultValue("1s") Duration pause,
        @DefaultValue("60") int requestsPerMinute,
        @DefaultValue("1000000") long tokensPerDay,
        @DefaultValue("12000") int maxCharacters,
        @DefaultValue("600") int maxTokens,
        @DefaultValue("30s") Duration circuitPause) {

    static final String OPENAI = "https://api.openai.com/v1";

    EnrichmentProperties {
        if (attempts < 1 || requestsPerMinute < 1 || tokensPerDay < 1 || maxCharacters < 100 || maxTokens < 1) {
            throw new IllegalArgumentException(
                    "recruit.enrichment: attempts, requests-per-minute, tokens-per-day, max-characters (at least 100)"
                            + " and max-tokens must be positive");
        }
        if (baseUrl.isBlank()) {
            baseUrl = OPENAI;
        }
        URI address = URI.create(baseUrl.strip());
        if (address.getHost() == null
                || address.getScheme() == null
                || !address.getScheme().matches("https?")) {
            throw new IllegalArgumentException("recruit.enrichment.base-url must be a whole http or https address");
        }
    }

    boolean enabled() {
        return !apiKey.isBlank();
    }

    URI completions() {
        return URI.create(baseUrl.strip().replaceFirst("/+$", "") + "/chat/completions");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EnrichmentProperties[baseUrl=" + baseUrl + ", model=" + model + ", enabled=" + enabled() + "]";
    }
}
