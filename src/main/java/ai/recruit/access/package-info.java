/** Who is asking, and what they may do: accounts, roles, login, tokens, keys, tickets. */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "events"})
@NullMarked
package ai.recruit.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
