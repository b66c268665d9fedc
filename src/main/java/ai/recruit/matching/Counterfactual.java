package ai.recruit.matching;

import java.util.List;

/**
 * A set of changes that brings a score to the other side of a threshold. None of them can be left out.
 *
 * @param changes together
 * @param score with the changes, in basis points: computed by the engine, not estimated
 */
record Counterfactual(List<Change> changes, int score) {

    Counterfactual {
        changes = List.copyOf(changes);
    }
}
