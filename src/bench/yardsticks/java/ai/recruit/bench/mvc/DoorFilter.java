package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Reader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody in without a token, and nobody too often. */
final class DoorFilter extends OncePerRequestFilter {

    static final String READER = "reader";
    static final String REQUEST_ID = "request_id";

    private final Door door;
    private final Answers answers;

    DoorFilter(Door door, Answers answers) {
        this.door = door;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String requestId = Answers.requestId();
        response.setHeader("X-Request-Id", requestId);
        Reader reader = door.enter(request.getHeader("Authorization"));
        if (reader == null) {
            response.setStatus(401);
        } else if (!answers.admit(response::setHeader)) {
            response.setStatus(429);
        } else {
            request.setAttribute(READER, reader);
            request.setAttribute(REQUEST_ID, requestId);
            chain.doFilter(request, response);
        }
    }
}
