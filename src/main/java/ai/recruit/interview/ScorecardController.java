package ai.recruit.interview;

import ai.recruit.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/v1/interviews/{interview_id}/scorecards")
@Tag(name = "Interviews")
class ScorecardController {

    private static final String NONE = "There is no such interview that the caller may see";

    private final Scorecards scorecards;

    ScorecardController(Scorecards scorecards) {
        this.scorecards = scorecards;
    }

    @GetMapping
    @Operation(
            summary = "The scorecards of an interview, as far as you may read them",
            description = "`blind` is true as long as the others' are kept back: from an interviewer until their own is"
                    + " submitted, from the owner who is no interviewer until all are submitted or the interview is"
                    + " over. Who has submitted is told always; what, and how much, is not.")
    @ApiResponse(
            responseCode = "200",
            description = "What you may know",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = ScorecardsResponse.class),
                            examples = @ExampleObject(Examples.CARDS)))
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<ScorecardsResponse> list(
            @PathVariable("interview_id") String interviewId, @Parameter(hidden = true) Caller caller) {
        return scorecards.list(caller, interviewId);
    }

    @GetMapping("/mine")
    @Operation(summary = "Your own scorecard of an interview")
    @ApiResponse(
            responseCode = "200",
            description = "The scorecard",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Scorecard.class),
                            examples = @ExampleObject(Examples.SUBMITTED)))
    @ApiResponse(responseCode = "403", description = "The caller is no interviewer of it", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE + ", or no scorecard yet", content = @Content)
    Mono<Scorecard> mine(@PathVariable("interview_id") String interviewId, @Parameter(hidden = true) Caller caller) {
        return scorecards.mine(caller, interviewId);
    }

    @PutMapping("/mine")
    @Operation(
            summary = "Write your own scorecard of an interview",
            description = "A draft, which nobody else reads and which this replaces, or with `status` `submitted` for"
                    + " good.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = ScorecardRequest.class),
                                            examples = @ExampleObject(Examples.CARD))))
    @ApiResponse(
            responseCode = "200",
            description = "The scorecard as it is now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Scorecard.class),
                            examples = @ExampleObject(Examples.SUBMITTED)))
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "403", description = "The caller is no interviewer of it", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(
            responseCode = "409",
            description = "It is submitted already, or the interview is cancelled",
            content = @Content)
    Mono<Scorecard> put(
            @PathVariable("interview_id") String interviewId,
            @RequestBody ScorecardRequest request,
            @Parameter(hidden = true) Caller caller) {
        return scorecards.put(caller, interviewId, request);
    }
}
