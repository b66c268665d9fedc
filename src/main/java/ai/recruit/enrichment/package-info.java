/**
 * Text by a language model that the operator has configured: a summary of a resume with insights, follow-ups to the
 * questions of an interview, and nothing else. Off without a key. What leaves the house is masked; what comes back is text,
 * and never a field or a score.
 */
@ApplicationModule(allowedDependencies = {"kernel", "parsing"})
@NullMarked
package ai.recruit.enrichment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
