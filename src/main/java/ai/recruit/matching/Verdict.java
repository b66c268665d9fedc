package ai.recruit.matching;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What came of one requirement. */
enum Verdict {
    MATCHED,
    PARTIAL,
    MISSING,
    /** There is nothing to compare: one side or both say nothing. What it counts is the same for everybody. */
    NOT_ASSESSED;

    static Verdict of(int credit) {
        return credit >= 10_000 ? MATCHED : credit > 0 ? PARTIAL : MISSING;
    }

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
