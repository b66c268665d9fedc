/** The people whom an account knows: profiles, and which resume belongs to whom. */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "events", "access", "web", "audit", "job", "person"})
@NullMarked
package ai.recruit.candidate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
