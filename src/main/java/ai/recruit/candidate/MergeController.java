package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.web.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Candidates who are one person. */
@RestController
@RequestMapping("/api/v1/candidates")
@Tag(name = "Duplicates")
class MergeController {

    private final Candidates candidates;
    private final Merges merges;
    private final Lists lists;

    MergeController(Candidates candidates, Merges merges, Lists lists) {
        this.candidates = candidates;
        this.merges = merges;
        this.lists = lists;
    }

    /** A merge, made or taken back. */
    record MergeAnswer(String mergeId, CandidateResponse candidate) {

        static MergeAnswer of(Merges.Merged merged) {
            return new MergeAnswer(IdKind.MERGE.format(merged.mergeId()), CandidateResponse.of(merged.survivor()));
        }
    }

    @PostMapping("/{candidate_id}/merge")
    @Operation(
            summary = "Make two candidates one",
            description = "The candidate of the address survives; the other's id leads to them from now on. Nothing is"
                    + " lost, and it can be taken back at any later time.")
    @ApiResponse(responseCode = "200", description = "The survivor")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    @ApiResponse(responseCode = "409", description = "They are one already")
    Mono<MergeAnswer> merge(
            @PathVariable("candidate_id") String candidateId, @RequestBody NewMerge merge, Caller caller) {
        return merges.merge(caller, candidateId, merge).map(MergeAnswer::of);
    }

    @GetMapping(
            path = "/{candidate_id}/merges",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "The merges that a candidate is made of, the newest first, also those that were taken back")
    @ApiResponse(responseCode = "200", description = "The merges", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> list(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> candidates
                .get(caller.tenant(), IdKind.CANDIDATE.get(candidateId))
                .flatMap(candidate -> lists.answer(exchange, caller, paging, Merges.of(candidate.id()))));
    }

    @PostMapping("/merges/{merge_id}/undo")
    @Operation(
            summary = "Make one candidate two again",
            description = "In whatever order merges were made. What has been changed since stays with the survivor.")
    @ApiResponse(responseCode = "200", description = "The survivor, as if the merge had never been")
    @ApiResponse(responseCode = "404", description = "There is no such merge")
    @ApiResponse(responseCode = "409", description = "It has been taken back already")
    Mono<MergeAnswer> undo(@PathVariable("merge_id") String mergeId, Caller caller) {
        return merges.undo(caller, mergeId).map(MergeAnswer::of);
    }
}
