package ai.recruit.access;

import org.jspecify.annotations.Nullable;

/**
 * An account to make.
 *
 * @param email unique, whatever its case
 * @param password at least 10 characters
 * @param role candidate, recruiter or admin; recruiter when left out
 * @param status active or suspended; active when left out
 * @param plan free, pro or enterprise; the usual one of the role when left out
 */
record NewAccount(
        @Nullable String email,
        @Nullable String password,
        @Nullable String role,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String status,
        @Nullable String plan) {}
