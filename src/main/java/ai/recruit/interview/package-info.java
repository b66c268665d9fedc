/**
 * Interviews: questions that are tied to what is known of a candidate and asked for by a position, the meeting, and
 * scorecards of interviewers who do not see each other's until they have given their own.
 */
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "tenancy",
            "events",
            "access",
            "web",
            "audit",
            "parsing",
            "enrichment",
            "candidate",
            "person",
            "job"
        })
@NullMarked
package ai.recruit.interview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
