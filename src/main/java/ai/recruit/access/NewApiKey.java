package ai.recruit.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service key to make.
 *
 * @param name what it is for
 * @param scopes what it may do, for example {@code jobs:write}
 * @param accountId in whose name it works, and whose rows it sees; left out for the one who makes it
 * @param plan free, pro or enterprise; left out for the plan of the account
 * @param expiresAt when it ends; left out for never
 */
record NewApiKey(
        @Nullable String name,
        @Nullable List<String> scopes,
        @Nullable String accountId,
        @Nullable String plan,
        @Nullable Instant expiresAt) {}
