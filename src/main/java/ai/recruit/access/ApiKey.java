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
 * @param plan the plan that is set, or that of the account
 * @param accountId the account in whose name the key works
 * @param previousEndsAt until when the secret before the last rotation works too
 */
record ApiKey(
        UUID id,
        String prefix,
        String name,
        List<String> scopes,
        Plan plan,
        UUID accountId,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant rotatedAt,
        @Nullable Instant previousEndsAt,
        @Nullable Instant revokedAt) {

    /** As it is shown; {@code key} only in the answer that makes it. */
    record Response(
            String id,
            @Nullable String key,
            String prefix,
            String name,
            List<String> scopes,
            String plan,
            String accountId,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant rotatedAt,
            @Nullable Instant previousEndsAt,
            @Nullable Instant revokedAt) {}

    Response response(@Nullable String key) {
        return new Response(
                IdKind.API_KEY.format(id),
                key,
                prefix,
                name,
                scopes,
                plan.word(),
                IdKind.ACCOUNT.format(accountId),
                createdAt.truncatedTo(ChronoUnit.MILLIS),
                shown(expiresAt),
                shown(lastUsedAt),
                shown(rotatedAt),
                shown(previousEndsAt),
                shown(revokedAt));
    }

    private static @Nullable Instant shown(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
