package ai.recruit.web;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MimeTypeUtils;

/** The shapes of a list, and what stands before, between and after the rows in each. */
enum ListShape {
    PAGE(MediaType.APPLICATION_JSON, "", ",", ""),
    LINES(MediaType.APPLICATION_NDJSON, "", "\n", "\n"),
    LIVE(MediaType.TEXT_EVENT_STREAM, "event: item\ndata: ", "\n\nevent: item\ndata: ", "\n\n"),
    /** Comma-separated values (RFC 4180), which PostgreSQL writes; only of lists that have columns. */
    TABLE(new MediaType("text", "csv"), "", "\r\n", "\r\n");

    private static final List<ListShape> ALWAYS = List.of(PAGE, LINES, LIVE);

    private final MediaType mediaType;
    private final byte[] before;
    private final byte[] between;
    private final byte[] after;

    ListShape(MediaType mediaType, String before, String between, String after) {
        this.mediaType = mediaType;
        this.before = before.getBytes(StandardCharsets.US_ASCII);
        this.between = between.getBytes(StandardCharsets.US_ASCII);
        this.after = after.getBytes(StandardCharsets.US_ASCII);
    }

    MediaType mediaType() {
        return mediaType;
    }

    /**
     * Frames rows that PostgreSQL's {@code json_agg} has joined as <code>[{...}, \n {...}]</code>. A line break cannot
     * stand inside JSON text that row_to_json writes, so each one lies between two rows.
     */
    byte[] frame(byte[] array, int rows) {
        if (rows == 0) {
            return array;
        }
        if (this == TABLE) {
            byte[] framed = Arrays.copyOf(array, array.length + after.length);
            put(after, framed, array.length);
            return framed;
        }
        int end = array.length - 1;
        // Two brackets go, and ", \n " between each two rows.
        byte[] framed = new byte[before.length + array.length - 2 + (rows - 1) * (between.length - 4) + after.length];
        int to = put(before, framed, 0);
        int from = 1;
        for (int i = 1; i < end; i++) {
            if (array[i] == '\n') {
                System.arraycopy(array, from, framed, to, i - 2 - from);
                to = put(between, framed, to + i - 2 - from);
                from = i + 2;
            }
        }
        System.arraycopy(array, from, framed, to, end - from);
        put(after, framed, to + end - from);
        return framed;
    }

    /** Frames rows, each of them JSON text. */
    byte[] frame(List<byte[]> rows) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        for (int i = 0; i < rows.size(); i++) {
            framed.writeBytes(i == 0 ? before : between);
            framed.writeBytes(rows.get(i));
        }
        if (!rows.isEmpty()) {
            framed.writeBytes(after);
        }
        return framed.toByteArray();
    }

    private static int put(byte[] part, byte[] target, int at) {
        System.arraycopy(part, 0, target, at, part.length);
        return at + part.length;
    }

    /**
     * The shape that the client likes best; a page when it does not say.
     *
     * @param table whether the list is to be had as CSV too
     */
    static ListShape of(ServerHttpRequest request, boolean table) {
        List<MediaType> wanted = new ArrayList<>(request.getHeaders().getAccept());
        if (wanted.isEmpty()) {
            return PAGE;
        }
        MimeTypeUtils.sortBySpecificity(wanted);
        wanted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
        for (MediaType type : wanted) {
            for (ListShape shape : table ? List.of(values()) : ALWAYS) {
                if (type.getQualityValue() > 0 && type.includes(shape.mediaType)) {
                    return shape;
                }
            }
        }
        // Who asks for errors as problem+json alone still wants the page when nothing is wrong.
        if (wanted.stream().anyMatch(MediaType.APPLICATION_PROBLEM_JSON::equalsTypeAndSubtype)) {
            return PAGE;
        }
        throw new Problem(
                ProblemCode.NOT_ACCEPTABLE,
                table
                        ? "Accept one of application/json, application/x-ndjson, text/event-stream, text/csv"
                        : "Accept one of application/json, application/x-ndjson, text/event-stream");
    }
}
