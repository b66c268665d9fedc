package ai.recruit.audit;

import ai.recruit.audit.ChainReport.Break;
import ai.recruit.kernel.IdKind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goes along the chain of one day, link by link, and keeps no more than the last two. A link is looked at when the one
 * behind it is known, because that tells what has happened: where the next entry is older than this one, they were
 * swapped, and where the next fits to the one before, this one was put between.
 */
final class DayCheck {

    /** An entry may be chained in a later day than its own by what a transaction takes, but not by more. */
    private static final long LATEST_MICROS = 3_600_000_000L;

    private final LocalDate day;

    private byte[] before;
    private byte[] beforeThat;
    private long looked;
    private long lastTxid;
    private UUID lastId;

    private @Nullable Link pending;
    private byte @Nullable [] head;
    private long sealed;
    private long lastSeq;
    private long present;
    private long erased;
    private @Nullable Break broken;

    /**
     * @param before the hash before the first link of the day
     * @param lastTxid the transaction of the entry before it
     * @param lastId that entry
     */
    DayCheck(LocalDate day, byte[] before, long lastTxid, UUID lastId) {
        this.day = day;
        this.before = before;
        this.beforeThat = before;
        this.lastTxid = lastTxid;
        this.lastId = lastId;
    }

    /**
     * One link of the chain and what it refers to.
     *
     * @param entry null when it is gone
     * @param detailsFit whether the details are those that were hashed, or erased
     */
    record Link(
            long seq, byte[] hash, UUID entryId, @Nullable ChainedEntry entry, boolean detailsFit, boolean erased) {}

    void accept(Link link) {
        look(link);
        pending = link;
        head = link.hash();
        sealed++;
        lastSeq = link.seq();
        present += link.entry() == null ? 0 : 1;
        erased += link.erased() ? 1 : 0;
    }

    /** The last link has no other behind it. */
    void end() {
        look(null);
        pending = null;
    }

    private void look(@Nullable Link next) {
        Link link = pending;
        if (link == null) {
            return;
        }
        looked++;
        if (broken == null) {
            broken = problem(link, next);
        }
        beforeThat = before;
        before = link.hash();
        ChainedEntry entry = link.entry();
        if (entry != null) {
            lastTxid = entry.txid();
            lastId = entry.id();
        }
    }

    private @Nullable Break problem(Link link, @Nullable Link next) {
        if (link.seq() != looked) {
            return new Break(
                    looked, null, "missing", "The links from " + looked + " to " + (link.seq() - 1) + " are gone");
        }
        ChainedEntry entry = link.entry();
        if (entry == null) {
            return at(link, "missing", "The entry is gone");
        }
        boolean fits = Arrays.equals(link.hash(), entry.hash(before, day, link.seq()));
        if (!fits && next != null && next.entry() != null) {
            if (!next.entry().isAfter(entry.txid(), entry.id())) {
                return at(link, "reordered", "The entry behind it was recorded before it");
            }
            if (Arrays.equals(next.hash(), next.entry().hash(before, day, link.seq()))) {
                return at(link, "inserted", "The link behind it continues the one before it");
            }
        }
        if (!entry.isAfter(lastTxid, lastId)) {
            return at(link, "reordered", "The entry before it was recorded after it");
        }
        if (!fits && Arrays.equals(link.hash(), entry.hash(beforeThat, day, link.seq() - 1))) {
            return new Break(
                    link.seq() - 1,
                    IdKind.AUDIT_ENTRY.format(lastId),
                    "inserted",
                    "The link behind it continues the one before it");
        }
        if (!fits) {
            return at(link, "changed", "The entry, or a link before it, is not what was sealed");
        }
        if (!link.detailsFit()) {
            return at(link, "changed", "The details are not what was sealed");
        }
        if (entry.microsBefore(day) > LATEST_MICROS || entry.day().isAfter(day)) {
            return at(link, "inserted", "The time of the entry is not of this day");
        }
        return null;
    }

    /** Notes something that is seen elsewhere, unless the chain breaks before that. */
    void note(Break other) {
        Break present = broken;
        if (present == null || (other.seq() != null && present.seq() != null && other.seq() < present.seq())) {
            broken = other;
        }
    }

    private static Break at(Link link, String how, String message) {
        return new Break(link.seq(), IdKind.AUDIT_ENTRY.format(link.entryId()), how, message);
    }

    long lastSeq() {
        return lastSeq;
    }

    byte @Nullable [] lastHash() {
        return head;
    }

    ChainReport.Day report(long unsealed) {
        return new ChainReport.Day(
                day,
                present + unsealed,
                sealed,
                unsealed,
                erased,
                head == null ? null : HexFormat.of().formatHex(head),
                broken == null,
                broken);
    }
}
