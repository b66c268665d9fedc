package ai.recruit.access;

import java.util.Locale;

/** How much somebody may ask: the requests a minute of each plan are in {@link RateProperties}. */
enum Plan {
    FREE,
    PRO,
    ENTERPRISE;

    /** As it is spelled outside. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Plan ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The plan of people for whom none is set. */
    static Plan usual(Role role) {
        return role == Role.CANDIDATE ? FREE : ENTERPRISE;
    }
}
