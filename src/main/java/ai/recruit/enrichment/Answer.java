package ai.recruit.enrichment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back: two texts are taken out of it, cleaned, and whatever else it holds is left where it is.
 *
 * @param value what was asked for
 * @param tokens what it cost; 0 when the server does not say
 */
record Answer<T>(T value, long tokens) {

    private static final int LONGEST_SUMMARY = 1_000;
    private static final int LONGEST_INSIGHT = 300;
    private static final int MOST_INSIGHTS = 8;
    private static final Pattern FENCE = Pattern.compile("^\\s*```(?:json)?\\s*|\\s*```\\s*$");
    private static final Pattern MARKUP = Pattern.compile("<[^>]{0,500}>|!?\\[[^\\]]{0,200}]\\([^)]{0,500}\\)");
    private static final Pattern LINK = Pattern.compile("(?:https?://|www\\.)\\S+|\\S+@\\S+\\.\\p{L}{2,}");
    private static final Pattern MARK = Pattern.compile("\\[(?:NAME|PLACE|EMAIL|PHONE|LINK|ADDRESS|DATE)]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\p{Cf}]+");

    /** @throws EnrichmentFailed when it is not what was asked for */
    static Answer<Enrichment> read(String body, String model, JsonMapper json) {
        try {
            JsonNode answer = json.readTree(body);
            JsonNode texts = content(answer, json);
            String summary = clean(texts.path("summary"), LONGEST_SUMMARY);
            if (summary == null) {
                throw malformed();
            }
            List<String> insights = new ArrayList<>();
            for (JsonNode one : texts.path("insights")) {
                String insight = clean(one, LONGEST_INSIGHT);
                if (insight != null && insights.size() < MOST_INSIGHTS) {
                    insights.add(insight);
                }
            }
            return new Answer<>(new Enrichment(summary, insights, model), tokens(answer));
        } catch (JacksonException notJson) {
            throw malformed();
        }
    }

    /**
     * One text for each of so many questions.
     *
     * @throws EnrichmentFailed when there are not as many
     */
    static Answer<List<String>> followUps(String body, int questions, JsonMapper json) {
        try {
            JsonNode answer = json.readTree(body);
            List<String> texts = new ArrayList<>();
            for (JsonNode one : content(answer, json).path("follow_ups")) {
                String text = clean(one, LONGEST_INSIGHT);
                texts.add(text == null ? "" : text);
            }
            if (texts.size() != questions) {
                throw malformed();
            }
            return new Answer<>(List.copyOf(texts), tokens(answer));
        } catch (JacksonException notJson) {
            throw malformed();
        }
    }

    private static JsonNode content(JsonNode answer, JsonMapper json) {
        String content =
                answer.path("choices").path(0).path("message").path("content").asString("");
        JsonNode texts = json.readTree(FENCE.matcher(content).replaceAll(""));
        if (texts == null) {
            throw malformed();
        }
        return texts;
    }

    private static long tokens(JsonNode answer) {
        return Math.max(0, answer.path("usage").path("total_tokens").asLong(0));
    }

    private static EnrichmentFailed malformed() {
        return new EnrichmentFailed(
                EnrichmentFailed.Reason.MALFORMED, "The model did not answer with the texts asked for");
    }

    /** Plain text without markup and addresses: readers see it beside the person's own data. */
    private static @Nullable String clean(JsonNode text, int longest) {
        if (!text.isString()) {
            return null;
        }
        String plain = MARKUP.matcher(text.asString()).replaceAll(" ");
        plain = LINK.matcher(plain).replaceAll(" ");
        plain = MARK.matcher(plain).replaceAll("…");
        plain = BLANKS.matcher(plain).replaceAll(" ").strip();
        if (plain.length() > longest) {
            plain = plain.substring(0, longest - 1).strip() + "…";
        }
        return plain.isEmpty() ? null : plain;
    }
}
