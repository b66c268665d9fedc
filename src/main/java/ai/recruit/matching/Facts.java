package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts as they are stored and hashed: one spelling for the same facts, whatever the machine, the locale, or the settings
 * that answers are written with. What is empty is left out, so that a fact that is added later changes no hash of facts
 * that lack it.
 */
final class Facts {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .changeDefaultPropertyInclusion(
                    value -> JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            .build();

    private Facts() {}

    static String write(Object facts) {
        return JSON.writeValueAsString(facts);
    }

    static <T> T read(String facts, Class<T> type) {
        return JSON.readValue(facts, type);
    }

    /** The first 32 hexadecimal digits of the text's SHA-256. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The hash of a pair. */
    static String inputsHash(String candidateHash, String jobHash) {
        return hash(candidateHash + '\n' + jobHash);
    }
}
