/** Jobs, also called positions: what ingestion brings, read for what it asks of people. */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "events", "access", "web", "audit", "parsing"})
@NullMarked
package ai.recruit.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
