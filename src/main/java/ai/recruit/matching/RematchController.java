package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.web.LiveStreams;
import ai.recruit.web.Prefer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/api/matching", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Matching")
class RematchController {

    private final Rematches rematches;
    private final LiveStreams streams;

    RematchController(Rematches rematches, LiveStreams streams) {
        this.rematches = rematches;
        this.streams = streams;
    }

    /** @param force whether recent matches are made anew too; false when it is left out */
    record RematchRequest(
            @Schema(example = "true") @Nullable Boolean force) {

        static boolean force(@Nullable RematchRequest request) {
            return request != null && Boolean.TRUE.equals(request.force());
        }
    }

    @PostMapping("/candidates/{candidate_id}/rematch")
    @Operation(
            summary = "Match a candidate anew with all jobs",
            description =
                    "In the background. Matches that were made or changed within the last day (a setting) are left"
                            + " as they are, unless force is true. Who asks again before it is done gets the same task.")
    @ApiResponse(
            responseCode = "200",
            description = "Queued",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RematchResponse.class),
                            examples = @ExampleObject(RematchResponse.EXAMPLE)))
    @ApiResponse(responseCode = "202", description = "The same, when asked with Prefer: respond-async")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate among the caller's own",
            content = @Content)
    Mono<ResponseEntity<RematchResponse>> candidate(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody(required = false) @Nullable RematchRequest request,
            @RequestHeader(name = Prefer.HEADER, required = false) @Nullable String prefer,
            @Parameter(hidden = true) Caller caller) {
        return rematches
                .candidate(caller, candidateId, RematchRequest.force(request))
                .map(rematch -> accepted(rematch, prefer));
    }

    @PostMapping("/jobs/{job_id}/rematch")
    @Operation(
            summary = "Match a job anew with the caller's candidates; for administrators with everybody's",
            description =
                    "In the background. Matches that were made or changed within the last day (a setting) are left"
                            + " as they are, unless force is true. Who asks again before it is done gets the same task.")
    @ApiResponse(
            responseCode = "200",
            description = "Queued; estimated_matches is the size of the pool",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RematchResponse.class),
                            examples = @ExampleObject(RematchResponse.EXAMPLE)))
    @ApiResponse(responseCode = "202", description = "The same, when asked with Prefer: respond-async")
    @ApiResponse(responseCode = "404", description = "There is no such job", content = @Content)
    Mono<ResponseEntity<RematchResponse>> job(
            @PathVariable("job_id") String jobId,
            @RequestBody(required = false) @Nullable RematchRequest request,
            @RequestHeader(name = Prefer.HEADER, required = false) @Nullable String prefer,
            @Parameter(hidden = true) Caller caller) {
        return rematches.job(caller, jobId, RematchRequest.force(request)).map(rematch -> accepted(rematch, prefer));
    }

    @GetMapping("/rematches/{task_id}")
    @Operation(summary = "How a rematch stands")
    @ApiResponse(
            responseCode = "200",
            description = "The state",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = RematchResponse.class),
                            examples = @ExampleObject(RematchResponse.EXAMPLE)))
    @ApiResponse(responseCode = "404", description = "The caller has asked for no such one", content = @Content)
    Mono<RematchResponse> get(@PathVariable("task_id") String taskId, @Parameter(hidden = true) Caller caller) {
        return rematches.get(caller, taskId).map(RematchResponse::of);
    }

    @GetMapping(path = "/rematches/{task_id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "A rematch, live, from its beginning or from Last-Event-ID, until its end",
            description = "Also the WebSocket topic rematch:{task_id}.")
    @ApiResponse(
            responseCode = "200",
            description = "Server-sent events: rematch.progress, then rematch.completed or failed")
    @ApiResponse(responseCode = "204", description = "The stream has ended and the client has seen its end")
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(
            @PathVariable("task_id") String taskId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return rematches.open(caller, taskId).flatMap(topic -> streams.sse(caller, topic, exchange));
    }

    private static ResponseEntity<RematchResponse> accepted(Rematch rematch, @Nullable String prefer) {
        return Prefer.answer(
                RematchResponse.of(rematch), URI.create("/api/matching/rematches/" + rematch.id()), prefer);
    }
}
