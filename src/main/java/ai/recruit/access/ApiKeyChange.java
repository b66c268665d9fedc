package ai.recruit.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to change in a service key; a field that is left out stays as it is, an empty plan is again that of the account. */
record ApiKeyChange(
        @Nullable String name,
        @Nullable List<String> scopes,
        @Nullable String plan) {}
