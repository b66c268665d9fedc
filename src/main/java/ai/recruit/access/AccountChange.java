package ai.recruit.access;

import org.jspecify.annotations.Nullable;

/**
 * What to change in an account; a field that is left out stays as it is, an empty name is removed, an empty plan is again
 * the usual one of the role.
 */
record AccountChange(
        @Nullable String email,
        @Nullable String password,
        @Nullable String role,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String status,
        @Nullable String plan) {}
