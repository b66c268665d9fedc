/**
 * The resume engine: bytes in, text with its layout, then one canonical document out. Pure Java: no Spring, no network,
 * no files, no clock of its own, and the same answer for the same bytes under every locale and time zone.
 *
 * <p>The way through it is {@link ai.recruit.parsing.TextExtractor#extract} and then
 * {@link ai.recruit.parsing.ResumeParser#parse}; both block and are meant to be called from a worker thread.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package ai.recruit.parsing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
