package ai.recruit.parsing;

import org.jspecify.annotations.Nullable;

/**
 * One line of a document in reading order.
 *
 * @param page page number from 1; formats without pages have page 1 only
 * @param start index of the line's first character in {@link DocumentText#text()}
 * @param text the line without its line end; cells of a table row or columns of a tabbed line are separated by a tab
 * @param part where in the document it stands
 * @param style how it looks, null where the format does not say
 */
public record TextLine(
        int page,
        int start,
        String text,
        Part part,
        @Nullable Style style) {

    /** Where a line stands. */
    public enum Part {
        BODY,
        HEADER,
        FOOTER,
        TABLE,
        TEXT_BOX
    }

    /**
     * How a line looks. Lengths are tenths of a point from the page's top left corner.
     *
     * @param x left edge, 0 when unknown
     * @param y baseline, 0 when unknown
     * @param width width, 0 when unknown
     * @param size size of most of its letters, 0 when unknown
     * @param bold whether most letters are bold
     * @param heading level of the heading style (1 to 9), 0 for running text
     * @param block number of the column or block on the page, from 0
     */
    public record Style(int x, int y, int width, int size, boolean bold, int heading, int block) {}

    /** Index after the line's last character in {@link DocumentText#text()}. */
    public int end() {
        return start + text.length();
    }

    boolean blank() {
        return text.isBlank();
    }
}
