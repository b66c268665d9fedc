/** Which candidates fit which jobs, how well, and why. */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "tenancy",
            "events",
            "access",
            "web",
            "audit",
            "parsing",
            "candidate",
            "job",
            "person"
        })
@NullMarked
package ai.recruit.matching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
