package ai.recruit.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param skip rows to pass over, 0 or more
 * @param limit rows on a page, 1 to {@value #MAX_LIMIT}
 * @param cursor opaque place to go on from, which wins over {@code skip}; null for none
 */
public record Paging(long skip, int limit, @Nullable String cursor) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    /** The number of the page, from 1. */
    public long page() {
        return skip / limit + 1;
    }
}
