package ai.recruit.privacy;

import ai.recruit.kernel.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why somebody is erased. Words of the service alone: a certificate holds nothing that a person has written. */
enum Cause {
    REQUEST_OF_PERSON,
    CONSENT_WITHDRAWN,
    NO_LONGER_NEEDED,
    UNLAWFUL,
    MISTAKE,
    RETENTION;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param text null for the request of the person */
    static Cause of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return REQUEST_OF_PERSON;
        }
        for (Cause cause : values()) {
            if (cause != RETENTION && cause.word().equals(text.strip())) {
                return cause;
            }
        }
        throw Problem.invalid(
                "cause", "must be request_of_person, consent_withdrawn, no_longer_needed, unlawful or mistake");
    }
}
