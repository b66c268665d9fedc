package ai.recruit.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a yes or no of a form or a query, as clients spell it. */
public final class YesNo {

    private YesNo() {}

    /**
     * Whether a text says yes; null when there is none.
     *
     * @param name of the field, for the answer
     * @throws Problem {@link ProblemCode#INVALID_REQUEST} for any other text than true, 1, yes, false, 0 and no
     */
    public static @Nullable Boolean read(String name, @Nullable String text) {
        return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            case "" -> null;
            default -> throw Problem.invalid(name, "must be true or false");
        };
    }

    /** Whether a text says yes; one that is absent says no. */
    public static boolean isYes(String name, @Nullable String text) {
        return Boolean.TRUE.equals(read(name, text));
    }
}
