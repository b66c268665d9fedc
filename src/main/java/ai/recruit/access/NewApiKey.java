package ai.recruit.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service key to make.
 *
 * @param name what it is for
 * @param scopes what it may do, for example {@code jobs:write}
 */
record NewApiKey(@Nullable String name, @Nullable List<String> scopes) {}
