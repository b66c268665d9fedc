package ai.recruit.parsing;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where one value of a {@link ParsedResume} comes from. A value is what stands in its spans, or the declared form of it;
 * what cannot be shown in the text is no value.
 *
 * @param path the value as a JSON Pointer (RFC 6901) into the document, for example {@code /experience/0/company}
 * @param rule the rule that found it, for example {@code company.legal_form}; rules and their figures stand in
 *     {@code docs/benchmarks.md}
 * @param confidence share of the values of this rule that are right, in basis points 0 to 10000
 * @param form what was done to the printed words
 * @param printed the words as printed, where the form changes them; null where the value has them itself
 * @param spans where they stand, in reading order; several where the value was broken up in the text
 */
public record Evidence(
        String path,
        String rule,
        int confidence,
        Form form,
        @Nullable String printed,
        List<Span> spans) {

    public Evidence {
        spans = List.copyOf(spans);
    }

    /**
     * A piece of the text, or of what stands beside it.
     *
     * @param page the page from 1, for formats with pages
     * @param part the part of the document for the others, for example {@code table}; {@code hyperlink} for the target
     *     of a link, which is not printed
     * @param from index of its first character in {@link DocumentText#text()}; null for a hyperlink
     * @param to index after its last character; null for a hyperlink
     */
    public record Span(
            @Nullable Integer page,
            @Nullable String part,
            @Nullable Integer from,
            @Nullable Integer to) {}

    /** What makes a value of printed words. */
    public enum Form {
        /** Nothing but blanks, bullets and line ends. */
        PRINTED,
        /** Lower case, for addresses. */
        LOWER_CASE,
        /** E.164, for telephone numbers. */
        E164,
        /** {@code YYYY-MM}, {@code YYYY} or {@code present}. */
        DATE,
        /** The name that the skill lexicon has for it. */
        LEXICON_NAME,
        /** The English name of a language. */
        LANGUAGE_NAME,
        /** A number, or an amount of money. */
        NUMBER,
        /** A word of a fixed list, for example {@code full_time} or {@code true}. */
        WORD;

        /** As clients read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
