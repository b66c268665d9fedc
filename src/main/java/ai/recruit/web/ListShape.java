package ai.recruit.web;

import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MimeTypeUtils;

/** The three shapes of a list, and how rows are joined in each. */
enum ListShape {
    PAGE(MediaType.APPLICATION_JSON, "", ",", ""),
    LINES(MediaType.APPLICATION_NDJSON, "", "\n", "\n"),
    LIVE(MediaType.TEXT_EVENT_STREAM, "event: item\ndata: ", "\n\nevent: item\ndata: ", "\n\n");

    private final MediaType mediaType;
    private final String before;
    private final String between;
    private final String after;

    ListShape(MediaType mediaType, String before, String between, String after) {
        this.mediaType = mediaType;
        this.before = before;
        this.between = between;
        this.after = after;
    }

    MediaType mediaType() {
        return mediaType;
    }

    String between() {
        return between;
    }

    /** A whole chunk out of its joined rows. */
    String frame(String rows) {
        return before + rows + after;
    }

    /** The shape that the client likes best; a page when it does not say. */
    static ListShape of(ServerHttpRequest request) {
        List<MediaType> wanted = new ArrayList<>(request.getHeaders().getAccept());
        if (wanted.isEmpty()) {
            return PAGE;
        }
        MimeTypeUtils.sortBySpecificity(wanted);
        wanted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
        for (MediaType type : wanted) {
            for (ListShape shape : values()) {
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
                ProblemCode.NOT_ACCEPTABLE, "Accept one of application/json, application/x-ndjson, text/event-stream");
    }
}
