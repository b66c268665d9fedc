package ai.recruit.bench.mvc;

import ai.recruit.bench.yardstick.Answers;
import ai.recruit.bench.yardstick.Ids;
import ai.recruit.bench.yardstick.Reader;
import ai.recruit.bench.yardstick.Wishes;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CandidateController {

    private final CandidateRepository candidates;

    CandidateController(CandidateRepository candidates) {
        this.candidates = candidates;
    }

    @GetMapping("/api/v1/candidates/{id}")
    ResponseEntity<Profile> get(
            @PathVariable String id,
            @RequestAttribute Reader reader,
            @RequestAttribute("request_id") String requestId,
            HttpServletRequest request) {
        UUID key = Ids.parse("cand", id);
        Profile profile = key == null ? null : candidates.find(reader, key, requestId, request.getRemoteAddr());
        return profile == null
                ? ResponseEntity.notFound().build()
                : ResponseEntity.ok()
                        .eTag(Answers.tag(profile.key(), profile.version(), !profile.shared(), true, true, true))
                        .body(profile);
    }

    @GetMapping("/api/v1/candidates/{id}/wishes")
    ResponseEntity<Wishes> wishes(@PathVariable String id, @RequestAttribute Reader reader) {
        UUID key = Ids.parse("cand", id);
        Wishes wishes = key == null ? null : candidates.wishes(reader, key);
        return wishes == null
                ? ResponseEntity.notFound().build()
                : ResponseEntity.ok()
                        .eTag(Answers.tag(wishes.toString().getBytes(StandardCharsets.UTF_8)))
                        .body(wishes);
    }
}
