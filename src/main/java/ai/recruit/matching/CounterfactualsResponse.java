package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would bring a match across the threshold.
 *
 * @param above whether the score is at the threshold or above, so that the changes lead below
 * @param counterfactuals each by itself suffices; empty when nothing that can change does
 */
record CounterfactualsResponse(
        String matchId,
        String profile,
        BigDecimal threshold,
        BigDecimal matchScore,
        boolean above,
        List<Alternative> counterfactuals) {

    /**
     * Changes that together suffice.
     *
     * @param matchScore with them
     */
    record Alternative(List<ChangeResponse> changes, BigDecimal matchScore) {

        static Alternative of(Counterfactual counterfactual) {
            return new Alternative(
                    counterfactual.changes().stream().map(ChangeResponse::of).toList(),
                    MatchResponse.share(counterfactual.score()));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ChangeResponse(
            String field,
            List<String> add,
            List<String> remove,
            @Nullable String from,
            @Nullable String to,
            Wording text) {

        static ChangeResponse of(Change change) {
            return new ChangeResponse(
                    change.field(), change.add(), change.remove(), change.from(), change.to(), Wording.of(change));
        }
    }
}
