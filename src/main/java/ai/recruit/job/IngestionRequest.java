package ai.recruit.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs from one source (requirements R307 to R315).
 *
 * @param source where they come from; required
 * @param jobs 1 to {@value #MAX_JOBS}
 */
record IngestionRequest(@Nullable String source, @Nullable List<@Nullable NewJob> jobs) {

    static final int MAX_JOBS = 1000;
}
