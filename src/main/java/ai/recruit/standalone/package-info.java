/**
 * The servers that the service carries along so that one command runs it: PostgreSQL, Redis and a Kafka broker, on
 * loopback, with their own credentials, their data below the data directory. Nothing else refers to this package, and a
 * build without it works against external servers; what it starts is handed over as {@link ai.recruit.kernel.OwnServers}.
 */
@ApplicationModule(allowedDependencies = "kernel")
@NullMarked
package ai.recruit.standalone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
