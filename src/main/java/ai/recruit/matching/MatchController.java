package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/matching/matches")
@Tag(name = "Matching")
class MatchController {

    private final MatchReader matches;

    MatchController(MatchReader matches) {
        this.matches = matches;
    }

    @GetMapping("/{match_id}")
    @Operation(
            summary = "One match, and what its score is made of",
            description = "The points of all contributions add up to the score. With another profile the breakdown is"
                    + " computed anew from the same facts; what is stored stays.")
    @ApiResponse(responseCode = "200", description = "The match")
    @ApiResponse(responseCode = "404", description = "There is no such match among the caller's own")
    Mono<MatchResponse> get(
            @PathVariable("match_id") String matchId,
            @Parameter(description = "matching, recruiter or marketplace")
                    @RequestParam(name = "profile", required = false)
                    @Nullable String profile,
            @Parameter(hidden = true) Caller caller) {
        return matches.get(caller.tenant(), matchId, profile);
    }

    @PostMapping("/{match_id}/replay")
    @Operation(
            summary = "Compute a match again",
            description = "From the facts that it was made from, which must give the same score and hash, and from"
                    + " what candidate and job say today. Nothing is stored.")
    @ApiResponse(responseCode = "200", description = "What came out, and whether it agrees")
    @ApiResponse(responseCode = "404", description = "There is no such match among the caller's own")
    Mono<ReplayResponse> replay(@PathVariable("match_id") String matchId, @Parameter(hidden = true) Caller caller) {
        return matches.replay(caller.tenant(), matchId);
    }

    @GetMapping("/{match_id}/counterfactuals")
    @Operation(
            summary = "The smallest changes that bring a match across a threshold",
            description =
                    "Upwards for a match below it, downwards for one above. Each has been computed by the engine.")
    @ApiResponse(responseCode = "200", description = "The changes")
    @ApiResponse(responseCode = "404", description = "There is no such match among the caller's own")
    Mono<CounterfactualsResponse> counterfactuals(
            @PathVariable("match_id") String matchId,
            @Parameter(description = "0 to 1; without it, the threshold that is configured")
                    @RequestParam(name = "threshold", required = false)
                    @Nullable String threshold,
            @Parameter(description = "matching, recruiter or marketplace")
                    @RequestParam(name = "profile", required = false)
                    @Nullable String profile,
            @Parameter(hidden = true) Caller caller) {
        return Mono.defer(() -> matches.counterfactuals(
                caller.tenant(), matchId, MatchingController.basisPoints("threshold", threshold), profile));
    }

    /** @param viewedAt when it was looked at first */
    record Viewed(boolean success, String matchId, @Nullable String viewedAt) {}

    @PutMapping("/{match_id}/viewed")
    @Operation(
            summary = "Note that a match was looked at",
            description = "The first time counts; again changes nothing.")
    @ApiResponse(
            responseCode = "200",
            description = "Since when it counts as viewed",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Viewed.class),
                            examples = @ExampleObject("""
                                    {"success": true, "match_id": "match_0192f0c1a2b37c4d8e5f60718293a4b5",
                                     "viewed_at": "2026-01-15T10:30:00.000Z"}""")))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such match among the caller's own",
            content = @Content)
    Mono<Viewed> viewed(@PathVariable("match_id") String matchId, @Parameter(hidden = true) Caller caller) {
        return matches.viewed(caller, matchId)
                .map(match -> new Viewed(true, IdKind.MATCH.format(match.id()), match.viewedAt()));
    }

    @DeleteMapping("/{match_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Take a match away",
            description = "For administrators. It is kept as history, and matching does not bring it back until an"
                    + " administrator asks for a rematch with force.")
    @ApiResponse(responseCode = "204", description = "It is gone from all lists")
    @ApiResponse(responseCode = "404", description = "There is no such match", content = @Content)
    Mono<Void> delete(@PathVariable("match_id") String matchId, @Parameter(hidden = true) Caller caller) {
        return matches.delete(caller, matchId);
    }
}
