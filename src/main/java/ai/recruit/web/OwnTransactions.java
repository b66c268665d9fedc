package ai.recruit.web;

import java.util.List;

/**
 * Requests that cannot be one transaction, because they wait for what another transaction does, or write in pieces. A
 * feature that has some declares a bean. With an {@code Idempotency-Key} their effect is not committed together with their
 * answer, so they must bear being done again: see {@link Idempotency}.
 *
 * @param patterns of their paths, for example {@code /api/v1/resume/parse}
 */
public record OwnTransactions(List<String> patterns) {

    public OwnTransactions {
        patterns = List.copyOf(patterns);
    }

    public static OwnTransactions of(String... patterns) {
        return new OwnTransactions(List.of(patterns));
    }
}
