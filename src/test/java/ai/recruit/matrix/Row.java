package ai.recruit.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of {@code access-matrix.tsv}: an operation, a request to it, and the status that each kind of caller is to get.
 * It is written by hand, from the documents and decisions, and says nothing of how the service comes to its answer.
 *
 * @param path as the description of the API has it
 * @param request a path and query with placeholders such as {@code {candidate}}; see {@link Fixtures}
 * @param body JSON with placeholders; empty for the description's own example
 * @param scope what a service key needs; empty when none will do
 * @param open what callers get who cannot say who they are
 * @param others the statuses of {@link #COLUMNS}, in their order
 */
record Row(String method, String path, String request, String body, String scope, int open, List<Integer> others) {

    private static final String FILE = "access-matrix.tsv";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

    /** The kinds of callers that a row says something of, but for those who cannot say who they are. */
    static final List<String> COLUMNS = List.of(
            "candidate", "foreign", "linked", "interviewer", "none", "contact", "download", "submit", "owner", "admin");

    String operation() {
        return method + " " + path;
    }

    /** Whether it is a topic of the WebSocket. */
    boolean isTopic() {
        return method.equals("WS");
    }

    int of(String column) {
        return others.get(COLUMNS.indexOf(column));
    }

    /** Whether anybody may use it. */
    boolean isOpen() {
        return open < 400;
    }

    Stream<String> placeholders() {
        return PLACEHOLDER
                .matcher(request + body)
                .results()
                .map(found -> found.group())
                .distinct();
    }

    static List<Row> all() {
        try (InputStream in = Row.class.getClassLoader().getResourceAsStream(FILE)) {
            String text = new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::parsed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row parsed(String line) {
        List<String> cells = new ArrayList<>(Arrays.asList(line.split("\t", -1)));
        if (cells.size() != 6 + COLUMNS.size()) {
            throw new IllegalStateException(FILE + ": " + cells.size() + " cells in: " + line);
        }
        return new Row(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                Integer.parseInt(cells.get(5)),
                cells.subList(6, cells.size()).stream().map(Integer::valueOf).toList());
    }
}
