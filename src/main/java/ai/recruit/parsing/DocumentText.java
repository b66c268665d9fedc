package ai.recruit.parsing;

import java.util.List;

/**
 * The text of a document in reading order. A span of the text is a pair of character indexes of {@link #text()}; the
 * line that holds it names the page.
 *
 * @param type what the document is, by its content
 * @param pages number of pages, 1 for formats without pages
 * @param lines all lines in reading order; an empty line stands where the document leaves a visible gap
 * @param links targets of hyperlinks in document order, each once; they need not be printed in the text
 * @param text the lines joined by line feeds
 * @param flags what a reader would not see and what speaks to machines; none of it stands in the text
 */
public record DocumentText(
        DocumentType type, int pages, List<TextLine> lines, List<String> links, String text, List<Flag> flags) {

    public DocumentText {
        lines = List.copyOf(lines);
        links = List.copyOf(links);
        flags = List.copyOf(flags);
    }
}
