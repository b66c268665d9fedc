package ai.recruit.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param email in lower case
 * @param passwordHash Argon2id; null when nobody can log in with a password
 * @param plan null for the usual one of the role
 * @param lastLoginAt null when nobody has logged in yet
 */
record Account(
        UUID id,
        String email,
        @Nullable String passwordHash,
        Role role,
        AccountStatus status,
        @Nullable Plan plan,
        @Nullable String firstName,
        @Nullable String lastName,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastLoginAt) {}
