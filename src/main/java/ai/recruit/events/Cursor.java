package ai.recruit.events;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the event log: everything up to and including it has been read. Clients hold it as {@code Last-Event-ID},
 * {@code since} or {@code cursor}, spelled {@code <transaction>-<id>}.
 *
 * <p>The transaction id comes first, because ids alone are handed out before transactions commit: a reader that asks for
 * {@code id > last} silently misses the rows of a transaction that commits late. Readers take only rows of transactions
 * older than the oldest one still running, so that this order never changes behind them.
 *
 * @param transactionId PostgreSQL's 64-bit transaction id
 * @param id the row's id
 */
public record Cursor(long transactionId, long id) implements Comparable<Cursor> {

    /** Before the first event. */
    public static final Cursor START = new Cursor(0, 0);

    private static final Comparator<Cursor> ORDER =
            Comparator.comparingLong(Cursor::transactionId).thenComparingLong(Cursor::id);
    private static final Pattern SPELLING = Pattern.compile("(\\d{1,18})-(\\d{1,19})");

    /** Reads a cursor as clients hold it; empty when the text is none. */
    public static Optional<Cursor> parse(String text) {
        Matcher matcher = SPELLING.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Cursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Cursor other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return transactionId + "-" + id;
    }
}
