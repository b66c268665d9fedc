/** What every feature needs and none owns: ids, pages, problems, the clock and the bridge to blocking libraries. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package ai.recruit.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
