package ai.recruit.events;

/** Who may see an event. */
public enum Audience {
    /** The account that owns the row, and administrators. */
    OWNER,
    /** Everybody who is logged in. */
    EVERYONE,
    /** The service itself alone. */
    INTERNAL
}
