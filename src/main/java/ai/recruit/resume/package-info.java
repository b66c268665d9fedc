/**
 * Resumes on their way in: upload, processing stage by stage with live progress, and what was read out of them.
 *
 * <p>A file streams into the storage; one transaction then writes its rows, the first progress event, and the request for
 * work, which the relay hands to one of two queues. Whoever takes it holds a lease while it works; each stage is one short
 * transaction that holds only as long as the lease does, so a resume has one outcome however often work is delivered.
 */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "tenancy",
            "events",
            "access",
            "web",
            "audit",
            "storage",
            "parsing",
            "enrichment",
            "candidate",
            "person",
            "matching"
        })
@NullMarked
package ai.recruit.resume;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
