package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A score that was computed again.
 *
 * @param agrees whether the facts that were stored give the stored score again, hash for hash
 * @param outcome why not, when it does not
 * @param stored what was stored
 * @param replayed out of the facts that were stored; null when there are none, or no such rules any more
 * @param inputsChanged whether candidate or job say something else today
 * @param current out of what candidate and job say today, by today's rules; null when the job is gone
 */
record ReplayResponse(
        String matchId,
        boolean agrees,
        Outcome outcome,
        Computed stored,
        @Nullable Computed replayed,
        boolean inputsChanged,
        @Nullable Computed current) {

    enum Outcome {
        AGREES,
        DIFFERS,
        /** It was made with a lexicon that relates skills otherwise. */
        LEXICON_CHANGED,
        /** It was made by rules of another version. */
        RULES_CHANGED,
        /** It is older than the storing of facts. */
        NO_INPUTS;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Computed(
            BigDecimal matchScore,
            String engineVersion,
            @Nullable String lexiconHash,
            @Nullable String inputsHash,
            @Nullable String scoreHash) {

        static Computed of(Score score, String inputsHash) {
            return new Computed(
                    MatchResponse.share(score.total()),
                    score.engineVersion(),
                    score.lexiconHash(),
                    inputsHash,
                    score.hash());
        }

        static Computed of(StoredMatch match) {
            return new Computed(
                    MatchResponse.share(match.score()),
                    match.engineVersion(),
                    match.lexiconHash(),
                    match.inputsHash(),
                    match.scoreHash());
        }
    }
}
