package ai.recruit.parsing;

import java.time.Duration;

/**
 * What one document may cost. Every loop over the document counts against these, so that a hostile file stops at a
 * limit instead of at the end of the memory. Pictures are not limited because they are never decoded.
 *
 * @param inputBytes bytes of the document itself
 * @param expandedBytes bytes that come out of all its compressed parts together; one part of a zip may give a quarter
 * @param entries parts of a container (files of a zip, objects of a PDF counted in hundreds)
 * @param pages pages; a document with more is refused, not cut
 * @param depth nesting of XML elements, HTML elements, RTF groups or PDF form objects
 * @param characters characters of text taken out
 * @param time wall-clock time of text extraction, from its start
 */
public record ParsingLimits(
        int inputBytes, long expandedBytes, int entries, int pages, int depth, int characters, Duration time) {

    private static final ParsingLimits DEFAULTS =
            new ParsingLimits(10 * 1024 * 1024, 64L * 1024 * 1024, 5_000, 200, 256, 500_000, Duration.ofSeconds(8));

    /** 10 MiB in, 64 MiB expanded, 5,000 entries, 200 pages, depth 256, 500,000 characters, 8 seconds. */
    public static ParsingLimits defaults() {
        return DEFAULTS;
    }

    /** The same limits for documents of another size, for example the configured {@code MAX_FILE_SIZE}. */
    public ParsingLimits withInputBytes(int bytes) {
        return new ParsingLimits(bytes, expandedBytes, entries, pages, depth, characters, time);
    }

    /** The same limits with another wall-clock time. */
    public ParsingLimits withTime(Duration other) {
        return new ParsingLimits(inputBytes, expandedBytes, entries, pages, depth, characters, other);
    }
}
