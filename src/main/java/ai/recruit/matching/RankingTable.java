package ai.recruit.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Rows in segments, by id. One thread writes and publishes; whoever takes a {@link Snapshot} sees the rows as they were
 * then, for as long as they hold it.
 *
 * @param <S> the columns
 */
final class RankingTable<S extends Segment> {

    /**
     * The rows at one moment.
     *
     * @param rows in all segments, dead ones included
     * @param number of the snapshot, by which a row knows whether it is alive in it
     * @param live how many rows are
     */
    record Snapshot<S extends Segment>(List<S> segments, int rows, int number, int live) {

        /** How many rows of a segment there are. */
        int rowsOf(int segment) {
            return Math.min(Segment.SIZE, rows - segment * Segment.SIZE);
        }
    }

    /** Writes the columns of a row. */
    interface Row<S> {
        void write(S segment, int row);
    }

    private final Supplier<S> newSegment;
    private volatile Snapshot<S> snapshot = new Snapshot<>(List.of(), 0, 0, 0);

    // The writer's own.
    private List<S> segments = new ArrayList<>();
    private int rows;
    private int live;
    /** Rows by the hashes of their ids, each raised by 1; 0 where there is none. */
    private int[] slots = new int[1 << 10];

    private int used;

    RankingTable(Supplier<S> newSegment) {
        this.newSegment = newSegment;
    }

    Snapshot<S> snapshot() {
        return snapshot;
    }

    /** Writes a row in the place of the one with this id, if there is one. Seen from the next {@link #publish} on. */
    void put(UUID id, Row<S> row) {
        if (used * 2 >= slots.length) {
            grow();
        }
        int slot = slot(id);
        if (slots[slot] == 0) {
            used++;
        } else {
            kill(slots[slot] - 1);
        }
        row.write(room(), rows % Segment.SIZE);
        slots[slot] = ++rows;
        live++;
    }

    /** Takes the row out, if there is one. Seen from the next {@link #publish} on. */
    void remove(UUID id) {
        int row = slots[slot(id)] - 1;
        if (row >= 0) {
            kill(row);
        }
    }

    /** Lets readers see what was done. When dead rows are many, the others move together first. */
    void publish() {
        int next = snapshot.number() + 1;
        if (rows - live > live / 2 + Segment.SIZE) {
            compact(next);
        }
        snapshot = new Snapshot<>(List.copyOf(segments), rows, next, live);
    }

    long bytes() {
        long bytes = (long) slots.length * Integer.BYTES;
        for (S segment : snapshot.segments()) {
            bytes += segment.bytes();
        }
        return bytes;
    }

    private void kill(int row) {
        S segment = segments.get(row / Segment.SIZE);
        int next = snapshot.number() + 1;
        if (segment.alive(row % Segment.SIZE, next)) {
            segment.die(row % Segment.SIZE, next);
            live--;
        }
    }

    /** The segment that the next row goes to. */
    private S room() {
        if (rows == segments.size() * Segment.SIZE) {
            if (rows > 0) {
                segments.get(segments.size() - 1).close(Segment.SIZE);
            }
            segments.add(newSegment.get());
        }
        return segments.get(segments.size() - 1);
    }

    private void compact(int next) {
        List<S> before = segments;
        int end = rows;
        segments = new ArrayList<>();
        rows = 0;
        for (int row = 0; row < end; row++) {
            S from = before.get(row / Segment.SIZE);
            if (from.alive(row % Segment.SIZE, next)) {
                room().copy(from, row % Segment.SIZE, rows % Segment.SIZE);
                rows++;
            }
        }
        live = rows;
        index(slots.length);
    }

    private void grow() {
        index(slots.length * 2);
    }

    private void index(int capacity) {
        slots = new int[capacity];
        used = 0;
        int next = snapshot.number() + 1;
        for (int row = 0; row < rows; row++) {
            S segment = segments.get(row / Segment.SIZE);
            if (segment.alive(row % Segment.SIZE, next)) {
                slots[slot(segment.id(row % Segment.SIZE))] = row + 1;
                used++;
            }
        }
    }

    /** Where the id stands, or would stand. */
    private int slot(UUID id) {
        long hash = id.getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ id.getLeastSignificantBits();
        hash *= 0xBF58476D1CE4E5B9L;
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != 0) {
            int row = slots[slot] - 1;
            if (segments.get(row / Segment.SIZE).hasId(row % Segment.SIZE, id)) {
                return slot;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
