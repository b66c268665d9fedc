/**
 * Who did what to whom, when and from where: entries that nobody can change, chained by hashes day by day, so that a
 * change made behind the service's back is found.
 */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "events", "access", "web", "person"})
@NullMarked
package ai.recruit.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
