/**
 * The one append-only event log in PostgreSQL, and its readers: live tails inside the process, woken by a bell on Redis,
 * and the relay that hands work to Kafka's consumer group.
 */
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "person"})
@NullMarked
package ai.recruit.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
