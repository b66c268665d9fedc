package ai.recruit.access;

import java.util.Locale;

/** Whether an account may be used. */
enum AccountStatus {
    ACTIVE,
    SUSPENDED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
