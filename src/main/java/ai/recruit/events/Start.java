package ai.recruit.events;

import java.time.Instant;

/** Where a reader begins. */
public sealed interface Start {

    /** With what is appended from now on. */
    record Now() implements Start {}

    /**
     * With the whole history of a subject; when part of it has left the log, a {@link LogSignal.Resync} comes first.
     *
     * @param since when the subject came into being
     */
    record Beginning(Instant since) implements Start {}

    /** Right after a cursor. */
    record After(Cursor cursor) implements Start {}

    static Start now() {
        return new Now();
    }

    static Start beginning(Instant since) {
        return new Beginning(since);
    }

    static Start after(Cursor cursor) {
        return new After(cursor);
    }
}
