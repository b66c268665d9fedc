package ai.recruit.matching;

import ai.recruit.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Scores of one candidate and one job, when they are asked for. */
@RestController
@Tag(name = "Matching")
class ScoreController {

    private final CandidateScoring scoring;

    ScoreController(CandidateScoring scoring) {
        this.scoring = scoring;
    }

    @PostMapping("/api/v1/candidates/{candidate_id}/score")
    @Operation(
            summary = "Score a candidate against a position, criteria, or both",
            description = "Criteria replace the same demands of the position. With a position the score stays with the"
                    + " candidate. Weights of the profile recruiter.")
    @ApiResponse(responseCode = "200", description = "The score and what it is made of")
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate among the caller's own, or no such job")
    Mono<ScoreResponse> score(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody ScoreRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return scoring.score(caller, candidateId, request, headers);
    }

    @PostMapping("/api/v1/Mismatch/match")
    @Operation(
            summary = "How a candidate and a job go together, with the weights of the marketplace",
            description = "Skills, experience, salary and location. Nothing is stored.")
    @ApiResponse(responseCode = "200", description = "The match")
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate among the caller's own, or no such job")
    Mono<MarketplaceMatch> match(
            @RequestBody MarketplaceMatch.Request request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return scoring.match(caller, request, headers);
    }
}
