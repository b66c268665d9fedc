package ai.recruit.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of the log in memory, written by the process's one tail and read by all of its followers without a
 * lock. It holds everything after {@link #floor} and up to {@link #head}.
 */
final class Ring {

    private static final int CHARACTERS = 32 * 1024 * 1024;

    private final ConcurrentSkipListMap<Cursor, Event> events = new ConcurrentSkipListMap<>();
    private final int capacity;
    private int size;
    private long characters;
    private volatile @Nullable Cursor floor;
    private volatile @Nullable Cursor head;

    Ring(int capacity) {
        this.capacity = capacity;
    }

    /** Where the tail begins, before anything has been added. */
    void begin(Cursor cursor) {
        if (floor == null) {
            head = cursor;
            floor = cursor;
        }
    }

    /** Adds what comes after the head. Called by the tail alone. */
    void add(List<Event> added, Cursor newHead) {
        for (Event event : added) {
            events.put(event.cursor(), event);
            size++;
            characters += event.data().length();
        }
        head = newHead;
        while (size > capacity || characters > CHARACTERS) {
            // The floor rises before the event goes, so that a reader that misses it also sees the floor above it.
            Cursor oldest = events.firstKey();
            floor = oldest;
            Event gone = events.remove(oldest);
            size--;
            characters -= gone == null ? 0 : gone.data().length();
        }
    }

    /** Puts other events in the place of those that this changes. Called by the tail alone. */
    void change(UnaryOperator<Event> change) {
        for (Map.Entry<Cursor, Event> entry : events.entrySet()) {
            Event before = entry.getValue();
            Event after = change.apply(before);
            if (after != before) {
                events.put(entry.getKey(), after);
                characters += after.data().length() - before.data().length();
            }
        }
    }

    @Nullable Cursor head() {
        return head;
    }

    /** What was read: null events when the ring does not reach back to the place that was asked for. */
    record Reading(@Nullable List<Event> events, Cursor upTo) {}

    /** Reads what matches after the cursor, at most {@code limit} events. */
    Reading read(Cursor after, Predicate<Event> wanted, int limit) {
        Cursor end = head;
        if (end == null || !covers(after)) {
            return new Reading(null, after);
        }
        if (after.compareTo(end) >= 0) {
            return new Reading(List.of(), after);
        }
        List<Event> found = new ArrayList<>();
        Cursor upTo = end;
        for (Event event : events.subMap(after, false, end, true).values()) {
            if (wanted.test(event)) {
                found.add(event);
                if (found.size() == limit) {
                    upTo = event.cursor();
                    break;
                }
            }
        }
        return covers(after) ? new Reading(found, upTo) : new Reading(null, after);
    }

    private boolean covers(Cursor after) {
        Cursor lowest = floor;
        return lowest != null && lowest.compareTo(after) <= 0;
    }
}
