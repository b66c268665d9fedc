package ai.recruit.matching;

/** Whole numbers alone, so that no machine rounds otherwise. */
final class Rounding {

    private Rounding() {}

    /** Half up; both not negative, {@code whole} above 0. */
    static long share(long part, long whole) {
        return (part * 2 + whole) / (2 * whole);
    }

    /** Cuts a whole in proportion to shares; the pieces add up to it exactly, and a share of 0 gets 0. */
    static int[] cut(int whole, long[] shares) {
        long sum = 0;
        for (long share : shares) {
            sum += share;
        }
        int[] pieces = new int[shares.length];
        if (sum == 0) {
            return pieces;
        }
        long before = 0;
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            before += shares[i];
            int until = (int) share(whole * before, sum);
            pieces[i] = until - given;
            given = until;
        }
        return pieces;
    }
}
