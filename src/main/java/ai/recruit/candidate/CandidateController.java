package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/v1/candidates")
@Tag(name = "Candidates")
class CandidateController {

    private final Candidates candidates;

    CandidateController(Candidates candidates) {
        this.candidates = candidates;
    }

    @GetMapping("/{candidate_id}")
    @Operation(summary = "One candidate: profile, score, and the parsed data of the newest resume")
    @ApiResponse(responseCode = "200", description = "The candidate")
    @ApiResponse(responseCode = "404", description = "There is no such candidate among the caller's own")
    Mono<CandidateResponse> get(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return Mono.defer(() -> candidates.get(caller.tenant(), IdKind.CANDIDATE.get(candidateId)))
                .map(CandidateResponse::of);
    }
}
