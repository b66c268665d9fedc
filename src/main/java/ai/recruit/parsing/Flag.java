package ai.recruit.parsing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in a document that was made for machines and not for its reader. What a flag is about was kept out of the
 * fields; it is shown so that a person can judge.
 *
 * @param code what was found
 * @param reason how it was done, one word of {@link Reason} in lower case; null where the code says all
 * @param count how much of it: words of hidden text, words of mixed letters, single invisible characters, instructions,
 *     repetitions or listed keywords, words of a property
 * @param excerpt its beginning, at most 80 characters; it may hold personal data and is not for logs
 * @param page page from 1; null for formats without pages and for properties
 * @param part {@code body}, {@code header}, {@code footer}, {@code table}, {@code text_box}, or {@code properties} with
 *     the name of the property
 */
public record Flag(
        Code code,
        @Nullable String reason,
        int count,
        String excerpt,
        @Nullable Integer page,
        @Nullable String part) {

    /** Longest excerpt, in characters. */
    public static final int EXCERPT = 80;

    /** What can be found. */
    public enum Code {
        /** Text that is in the file and not to be seen on the page. */
        HIDDEN_TEXT,
        /** Zero-width characters inside words, characters that turn the direction, smuggled tag characters. */
        INVISIBLE_CHARACTERS,
        /** Words of letters of two scripts that look alike. */
        MIXED_SCRIPTS,
        /** Sentences that tell a program what to do with the candidate. */
        MACHINE_INSTRUCTIONS,
        /** Keywords repeated, or listed beyond all measure. */
        KEYWORD_STUFFING,
        /** Long lists of keywords in the document's properties. */
        METADATA_STUFFING;

        /** The word that clients see, for example {@code hidden_text}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How text can be hidden. */
    enum Reason {
        /** In the colour of what lies under it. */
        COLOR,
        /** Smaller than anybody can read. */
        SIZE,
        /** Outside of the page. */
        OFF_PAGE,
        /** Under something that was painted over it. */
        COVERED,
        /** Cut away by a clipping path. */
        CLIPPED,
        /** Next to no opacity. */
        TRANSPARENT,
        /** Marked as hidden, or painted without ink. */
        INVISIBLE,
        /** On a layer that is switched off. */
        LAYER;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
