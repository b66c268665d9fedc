package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** An account as it is shown; the keys {@code id}, {@code email} and {@code role} are those of the login answer. */
record AccountResponse(
        String id,
        String email,
        String role,
        String status,
        String plan,
        @Nullable String firstName,
        @Nullable String lastName,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastLoginAt) {

    static AccountResponse of(Account account) {
        return new AccountResponse(
                IdKind.ACCOUNT.format(account.id()),
                account.email(),
                account.role().word(),
                account.status().word(),
                (account.plan() == null ? Plan.usual(account.role()) : account.plan()).word(),
                account.firstName(),
                account.lastName(),
                account.createdAt().truncatedTo(ChronoUnit.MILLIS),
                account.updatedAt().truncatedTo(ChronoUnit.MILLIS),
                account.lastLoginAt() == null ? null : account.lastLoginAt().truncatedTo(ChronoUnit.MILLIS));
    }
}
