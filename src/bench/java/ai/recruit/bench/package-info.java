/** Benchmarks and drills: programs that start the real service and measure it, or break it on purpose. */
@NullMarked
package ai.recruit.bench;

import org.jspecify.annotations.NullMarked;
