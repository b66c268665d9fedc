package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
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

    @GetMapping("/{candidate_id}/wishes")
    @Operation(summary = "What a candidate wants of work: declared, and else as their resumes say")
    @ApiResponse(responseCode = "200", description = "The wishes")
    @ApiResponse(responseCode = "404", description = "There is no such candidate among the caller's own")
    Mono<WishesResponse> wishes(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return Mono.defer(() -> candidates.get(caller.tenant(), IdKind.CANDIDATE.get(candidateId)))
                .map(candidate -> WishesResponse.of(candidate.wanted()));
    }

    @PutMapping("/{candidate_id}/wishes")
    @Operation(
            summary = "Declare what a candidate wants of work",
            description = "Replaces what was declared before; what is left out is what their resumes say. The candidate"
                    + " is matched anew.")
    @ApiResponse(responseCode = "200", description = "The wishes")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    @ApiResponse(responseCode = "404", description = "There is no such candidate among the caller's own")
    Mono<WishesResponse> want(
            @PathVariable("candidate_id") String candidateId, @RequestBody NewWishes wishes, Caller caller) {
        return Mono.defer(() -> {
                    FieldChecks checks = new FieldChecks();
                    Wishes wanted = wishes.checked(checks);
                    checks.verify();
                    return candidates.want(caller.tenant(), IdKind.CANDIDATE.get(candidateId), wanted);
                })
                .map(candidate -> WishesResponse.of(candidate.wanted()));
    }
}
