package ai.recruit.audit;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * How far the chain has come.
 *
 * @param txid the transaction of the last entry that is sealed
 * @param entryId that entry
 * @param day the last day of the chain; that of 1970 before the first entry
 * @param seq the number of the last entry in that day
 * @param hash its hash; zeros before the first entry
 * @param publishedDay where the chain was when its head was published last
 * @param publishedSeq the number there
 * @param publishedAt when that was
 */
record ChainPlace(
        long txid,
        UUID entryId,
        LocalDate day,
        long seq,
        byte[] hash,
        LocalDate publishedDay,
        long publishedSeq,
        Instant publishedAt) {

    static final String COLUMNS =
            "txid::text::bigint as txid, entry_id, day, seq, hash, published_day, published_seq, published_at";

    static ChainPlace of(Readable row) {
        return new ChainPlace(
                given(row, "txid", Long.class),
                given(row, "entry_id", UUID.class),
                given(row, "day", LocalDate.class),
                given(row, "seq", Long.class),
                given(row, "hash", byte[].class),
                given(row, "published_day", LocalDate.class),
                given(row, "published_seq", Long.class),
                given(row, "published_at", Instant.class));
    }

    boolean published() {
        return seq == publishedSeq && day.equals(publishedDay);
    }

    boolean publishedBefore(Instant now, Duration age) {
        return publishedAt.plus(age).isBefore(now);
    }

    /** The same place with the entry behind it. */
    ChainPlace with(ChainedEntry entry) {
        LocalDate its = entry.day();
        LocalDate next = its.isAfter(day) ? its : day;
        long number = next.equals(day) ? seq + 1 : 1;
        return new ChainPlace(
                entry.txid(),
                entry.id(),
                next,
                number,
                entry.hash(hash, next, number),
                publishedDay,
                publishedSeq,
                publishedAt);
    }

    /** The same place, after a head was published. */
    ChainPlace published(ChainPlace head, Instant now) {
        return new ChainPlace(txid, entryId, day, seq, hash, head.day(), head.seq(), now);
    }

    private static <T> T given(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
