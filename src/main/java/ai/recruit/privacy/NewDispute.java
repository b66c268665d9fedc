package ai.recruit.privacy;

import ai.recruit.kernel.FieldChecks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person says is wrong.
 *
 * @param about {@code value}, {@code score} or {@code other}
 * @param reference the field, match or resume that it is about
 * @param statement in their own words
 */
@Schema(
        example = "{\"about\": \"score\", \"reference\": \"match_0192f0c1a2b37c4d8e5f60718293a4b9\","
                + " \"statement\": \"Six years with PostgreSQL are not counted\"}")
record NewDispute(
        @Nullable String about,
        @Nullable String reference,
        @Nullable String statement) {

    record Checked(String about, @Nullable String reference, String statement) {}

    Checked checked() {
        FieldChecks checks = new FieldChecks();
        String what = checks.required("about", about, 20);
        if (!what.isEmpty() && !Set.of("value", "score", "other").contains(what)) {
            checks.reject("about", "must be value, score or other");
        }
        String which = checks.text("reference", reference, 200);
        String words = checks.required("statement", statement, 10_000);
        checks.verify();
        return new Checked(what, which, words);
    }
}
