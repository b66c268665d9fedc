package ai.recruit.events;

import java.time.Instant;
import java.util.List;

/**
 * One read of the log.
 *
 * @param rows what was found, in order
 * @param upTo everything that was asked for up to here has been read
 * @param pending whether there are rows of transactions that were still running or just ended
 * @param end the first transaction id that had not been given out yet
 * @param horizon the last place that has been removed
 * @param horizonAt when the event at the horizon was appended
 */
record LogPage(List<Row> rows, Cursor upTo, boolean pending, long end, Cursor horizon, Instant horizonAt) {

    /** A row and the queue that it goes to; empty for none. */
    record Row(Event event, String queue) {}
}
