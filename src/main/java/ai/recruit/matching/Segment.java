package ai.recruit.matching;

import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;

/**
 * A block of rows as columns of plain numbers. A row is written once and never changed: a newer state of the same thing is
 * a new row, and the old one only learns when it died. So whoever holds a snapshot reads it without a lock, while one
 * thread writes behind its end.
 */
abstract class Segment {

    /** Rows of a segment: few enough for a scan to be cancelled soon. */
    static final int SIZE = 1 << 14;

    static final int ALIVE = Integer.MAX_VALUE;

    private static final int USUAL_SKILLS = 12;

    private final long[] high = new long[SIZE];
    private final long[] low = new long[SIZE];
    /** The snapshot from which on the row is gone. */
    private final int[] died = new int[SIZE];
    /** Where the numbers of a row's skills begin; the next row's begin where they end. */
    private final int[] begin = new int[SIZE + 1];

    private volatile int[] skills = new int[SIZE * USUAL_SKILLS];

    Segment() {
        Arrays.fill(died, ALIVE);
    }

    abstract int bytesPerRow();

    /** Copies the columns of a kind of rows. */
    abstract void copyColumns(Segment from, int row, int at);

    final UUID id(int row) {
        return new UUID(high[row], low[row]);
    }

    final boolean hasId(int row, UUID id) {
        return high[row] == id.getMostSignificantBits() && low[row] == id.getLeastSignificantBits();
    }

    final boolean alive(int row, int snapshot) {
        return died[row] > snapshot;
    }

    final void die(int row, int snapshot) {
        died[row] = snapshot;
    }

    /** A reader takes this once for many rows. */
    final int[] skills() {
        return skills;
    }

    final int begin(int row) {
        return begin[row];
    }

    final int end(int row) {
        return begin[row + 1];
    }

    final void write(int row, UUID id, Collection<String> names, RankingWords words) {
        int[] room = begin(row, id, names.size());
        int at = begin[row];
        for (String name : names) {
            room[at++] = words.skills.number(name);
        }
        skills = room;
    }

    final void copy(Segment from, int row, int at) {
        int count = from.end(row) - from.begin(row);
        int[] room = begin(at, from.id(row), count);
        System.arraycopy(from.skills, from.begin(row), room, begin[at], count);
        skills = room;
        copyColumns(from, row, at);
    }

    /** Gives back the skills with room for more, to be stored again once they are written. */
    private int[] begin(int row, UUID id, int count) {
        high[row] = id.getMostSignificantBits();
        low[row] = id.getLeastSignificantBits();
        int end = begin[row] + count;
        begin[row + 1] = end;
        return end > skills.length ? Arrays.copyOf(skills, Math.max(end, skills.length * 2)) : skills;
    }

    /** No more rows come. */
    final void close(int rows) {
        skills = Arrays.copyOf(skills, begin[rows]);
    }

    final long bytes() {
        return (long) SIZE * (2 * Long.BYTES + 2 * Integer.BYTES + bytesPerRow())
                + (long) skills.length * Integer.BYTES;
    }
}
