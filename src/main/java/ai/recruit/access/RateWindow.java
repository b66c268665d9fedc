package ai.recruit.access;

/**
 * What this node has let through of late, for one principal and one limit: exact by itself, and what holds alone while
 * Redis is away. Times are milliseconds of one clock that only goes forward. Not safe for threads.
 */
final class RateWindow {

    private final long slotMillis;
    private final long windowMillis;
    private final int[] counts;
    private long newest = Long.MIN_VALUE;
    private long total;

    RateWindow(RateLimit limit) {
        this.slotMillis = limit.slotMillis();
        int slots = (int) ((limit.window().toMillis() + slotMillis - 1) / slotMillis);
        this.windowMillis = slots * slotMillis;
        this.counts = new int[slots + 1];
    }

    /** How many were let through in a window that ends now. */
    long count(long now) {
        advance(now);
        return total;
    }

    void add(long now) {
        advance(now);
        counts[index(newest)]++;
        total++;
    }

    /** Milliseconds until the oldest that counts does not count any more; 0 when there is none. */
    long freesAfter(long now) {
        advance(now);
        if (total == 0) {
            return 0;
        }
        long slot = newest - counts.length + 1;
        while (counts[index(slot)] == 0) {
            slot++;
        }
        return (slot + 1) * slotMillis + windowMillis - now;
    }

    /** A slot k counts until (k + 1) * slotMillis + windowMillis, so the ring holds all that count and no others. */
    private void advance(long now) {
        long slot = Math.floorDiv(now, slotMillis);
        if (newest == Long.MIN_VALUE) {
            newest = slot;
        }
        long steps = Math.min(slot - newest, counts.length);
        for (long step = 1; step <= steps; step++) {
            int at = index(slot - steps + step);
            total -= counts[at];
            counts[at] = 0;
        }
        newest = Math.max(newest, slot);
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) counts.length);
    }
}
