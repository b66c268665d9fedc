/** Where files lie: they stream in and out in pieces and are never whole in memory. */
@ApplicationModule(allowedDependencies = "kernel")
@NullMarked
package ai.recruit.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
