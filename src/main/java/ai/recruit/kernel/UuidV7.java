package ai.recruit.kernel;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes time-ordered ids: 48 bits of Unix milliseconds, then 74 random bits (RFC 9562, section 5.7). Ids are names, not
 * secrets: the random bits come from a fast generator that never blocks.
 */
public final class UuidV7 {

    private UuidV7() {}

    /** A new id whose leading bits are the clock's present millisecond. */
    public static UUID next(Clock clock) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
