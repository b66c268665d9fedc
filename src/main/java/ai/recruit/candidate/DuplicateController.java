package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.YesNo;
import ai.recruit.web.Lists;
import ai.recruit.web.RowList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Candidates who may be one person. */
@RestController
@RequestMapping("/api/v1/candidates")
@Tag(name = "Duplicates")
class DuplicateController {

    private final Candidates candidates;
    private final Duplicates duplicates;
    private final Lists lists;

    DuplicateController(Candidates candidates, Duplicates duplicates, Lists lists) {
        this.candidates = candidates;
        this.duplicates = duplicates;
        this.lists = lists;
    }

    @GetMapping(
            path = "/duplicates",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "Pairs of candidates who may be one person, the surest first",
            description = "Each with its reasons. They are found on every way in; POST"
                    + " /api/v1/candidates/{id}/merge makes them one.")
    @ApiResponse(responseCode = "200", description = "The pairs", content = @Content)
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> all(
            @Parameter(description = "automatic for those that are as good as certain, suggested for the others")
                    @RequestParam(required = false)
                    @Nullable String level,
            @Parameter(description = "true for those that somebody has dismissed; false without it")
                    @RequestParam(required = false)
                    @Nullable String dismissed,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> lists.answer(exchange, caller, paging, filtered(Duplicates.pairs(), level, dismissed)));
    }

    @GetMapping(
            path = "/{candidate_id}/duplicates",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "Who may be the same person as a candidate, the surest first")
    @ApiResponse(responseCode = "200", description = "The pairs", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> ofCandidate(
            @PathVariable("candidate_id") String candidateId,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable String dismissed,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> candidates
                .get(caller.tenant(), IdKind.CANDIDATE.get(candidateId))
                .flatMap(candidate -> lists.answer(
                        exchange, caller, paging, filtered(Duplicates.of(candidate.id()), level, dismissed))));
    }

    private static RowList filtered(RowList pairs, @Nullable String level, @Nullable String dismissed) {
        RowList wanted = pairs;
        if (level != null && !level.isBlank()) {
            wanted = switch (level) {
                case "automatic" -> pairs.where("d.confidence >= :automatic", "automatic", Likeness.AUTOMATIC);
                case "suggested" -> pairs.where("d.confidence < :automatic", "automatic", Likeness.AUTOMATIC);
                default -> throw Problem.invalid("level", "must be automatic or suggested");
            };
        }
        return wanted.where("d.dismissed_at is " + (YesNo.isYes("dismissed", dismissed) ? "not null" : "null"));
    }

    @PostMapping("/duplicates/{duplicate_id}/dismiss")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say that a pair is two people", description = "It is not suggested again.")
    @ApiResponse(responseCode = "204", description = "Noted")
    @ApiResponse(responseCode = "404", description = "There is no such pair")
    Mono<Void> dismiss(@PathVariable("duplicate_id") String duplicateId, Caller caller) {
        return duplicates.dismiss(caller, duplicateId);
    }
}
