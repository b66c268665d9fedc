package ai.recruit.matching;

import org.jspecify.annotations.Nullable;

/**
 * A spoken language.
 *
 * @param name in English
 * @param level null when it is not told
 */
record Language(String name, @Nullable Level level) {

    /** The levels of the Common European Framework, and above. */
    enum Level {
        A1,
        A2,
        B1,
        B2,
        C1,
        C2,
        NATIVE
    }
}
