/**
 * Who is asking, and what they may do: accounts, roles, login, tokens, keys, tickets.
 *
 * <p>Every request passes {@code AccessFilter}, which finds the {@link ai.recruit.access.AccessRule} of the endpoint and
 * makes the {@link ai.recruit.access.Caller} that controllers take as an argument. What is revoked on one node is refused
 * on all of them within a second, without a database read per request.
 */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "events"})
@NullMarked
package ai.recruit.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
