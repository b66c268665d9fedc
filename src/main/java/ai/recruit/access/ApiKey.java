package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service key, without the key itself, which nobody has after it was made.
 *
 * @param prefix the beginning of the key
 * @param accountId the account in whose name the key works
 */
record ApiKey(
        UUID id,
        String prefix,
        String name,
        List<String> scopes,
        UUID accountId,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** As it is shown; {@code key} only in the answer that makes it. */
    record Response(
            String id,
            @Nullable String key,
            String prefix,
            String name,
            List<String> scopes,
            String accountId,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    Response response(@Nullable String key) {
        return new Response(
                IdKind.API_KEY.format(id),
                key,
                prefix,
                name,
                scopes,
                IdKind.ACCOUNT.format(accountId),
                createdAt.truncatedTo(ChronoUnit.MILLIS),
                lastUsedAt == null ? null : lastUsedAt.truncatedTo(ChronoUnit.MILLIS),
                revokedAt == null ? null : revokedAt.truncatedTo(ChronoUnit.MILLIS));
    }
}
