package ai.recruit.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param email in lower case
 * @param passwordHash Argon2id; null when nobody can log in with a password
 * @param lastLoginAt null when nobody has logged in yet
 */
record Account(
        UUID id,
        String email,
        @Nullable String passwordHash,
        Role role,
        AccountStatus status,
        @Nullable String firstName,
        @Nullable String lastName,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastLoginAt) {}
