package ai.recruit.access;

import java.time.Duration;

/**
 * At most so many requests in any span of time of this length. Time is cut into {@value #SLOTS} slots a window; what falls
 * into a slot counts until a window after the slot's end, so that never more than the limit is let through, and at most a
 * slot's length too little.
 *
 * @param name of the policy in {@code RateLimit-Policy}
 */
record RateLimit(String name, int most, Duration window) {

    static final int SLOTS = 240;

    /** Milliseconds of a slot. */
    long slotMillis() {
        return Math.max(1, window.toMillis() / SLOTS);
    }

    /** As in {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10). */
    String policy() {
        return '"' + name + "\";q=" + most + ";w=" + window.toSeconds();
    }
}
