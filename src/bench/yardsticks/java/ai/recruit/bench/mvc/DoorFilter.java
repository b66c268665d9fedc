package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Reader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody in with tricks in path or headers, nobody without a token, and nobody too often. */
@Component
final class DoorFilter extends OncePerRequestFilter {

    static final String READER = "reader";
    static final String REQUEST_ID = "request_id";

    private final HttpFirewall firewall = new StrictHttpFirewall();
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
        Answers.fixed(requestId, response::setHeader);
        HttpServletRequest plain = firewall.getFirewalledRequest(request);
        Reader reader = door.enter(plain.getHeader("Authorization"));
        if (reader == null) {
            response.setStatus(401);
        } else if (!answers.admit(response::setHeader)) {
            response.setStatus(429);
        } else {
            plain.setAttribute(READER, reader);
            plain.setAttribute(REQUEST_ID, requestId);
            chain.doFilter(plain, response);
        }
    }
}
