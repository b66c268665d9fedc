package ai.recruit.events;

/** What a reader that follows the log receives. */
public sealed interface LogSignal permits Event, LogSignal.CaughtUp, LogSignal.Resync {

    /** The reader's place after this signal. */
    Cursor cursor();

    /** Everything that was in the log when the reader came has been delivered; what follows is live. Sent once. */
    record CaughtUp(Cursor cursor) implements LogSignal {}

    /**
     * Part of what the reader asked for has already been removed from the log. The reader must load the present state
     * anew; events after the cursor follow.
     */
    record Resync(Cursor cursor) implements LogSignal {}
}
