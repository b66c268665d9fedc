package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Ids;
import ai.recruit.bench.yardstick.Reader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CandidateController {

    private final Door door;
    private final Answers answers;
    private final CandidateRepository candidates;

    CandidateController(Door door, Answers answers, CandidateRepository candidates) {
        this.door = door;
        this.answers = answers;
        this.candidates = candidates;
    }

    @GetMapping("/api/v1/candidates/{id}")
    ResponseEntity<?> get(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        return answer(id, request, response, true);
    }

    @GetMapping("/api/v1/candidates/{id}/wishes")
    ResponseEntity<?> wishes(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        return answer(id, request, response, false);
    }

    private ResponseEntity<?> answer(
            String id, HttpServletRequest request, HttpServletResponse response, boolean viewed) {
        String requestId = Answers.requestId();
        Answers.fixed(requestId, response::setHeader);
        Reader reader = door.enter(request.getHeader("Authorization"));
        if (reader == null) {
            return ResponseEntity.status(401).build();
        }
        if (!answers.admit(response::setHeader)) {
            return ResponseEntity.status(429).build();
        }
        UUID key = Ids.parse("cand", id);
        Profile profile =
                key == null ? null : candidates.find(reader, key, viewed ? requestId : null, request.getRemoteAddr());
        if (profile == null) {
            return ResponseEntity.notFound().build();
        }
        return viewed
                ? ResponseEntity.ok()
                        .eTag(Answers.tag(profile.key(), profile.version(), !profile.shared(), true, true, true))
                        .body(profile)
                : ResponseEntity.ok(profile.wishes());
    }
}
