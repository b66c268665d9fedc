package ai.recruit.access;

import java.util.Locale;

/** The roles of people, each of which includes those before it, and the role of service keys. */
public enum Role {
    CANDIDATE,
    RECRUITER,
    ADMIN;

    /** Whether this role may do what the other may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The word on the wire, for example {@code recruiter}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
