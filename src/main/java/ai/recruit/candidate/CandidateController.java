package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.web.ETags;
import ai.recruit.web.Lists;
import ai.recruit.web.Preconditions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The candidates of the recruiter API. */
@RestController
@RequestMapping("/api/v1/candidates")
@Tag(name = "Candidates")
class CandidateController {

    private static final String RETURN_ALL = "return=representation";

    private final Candidates candidates;
    private final Editing editing;
    private final Views views;
    private final Lists lists;

    CandidateController(Candidates candidates, Editing editing, Views views, Lists lists) {
        this.candidates = candidates;
        this.editing = editing;
        this.views = views;
        this.lists = lists;
    }

    @PostMapping
    @Operation(
            summary = "Make a candidate",
            description = "A name is required, and an e-mail address or a phone number. The resume at resume_url is"
                    + " fetched and read after the answer. What a request sets is not overwritten by resumes.")
    @ApiResponse(responseCode = "201", description = "The candidate")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    Mono<ResponseEntity<CandidateResponse>> create(@RequestBody NewCandidate candidate, Caller caller) {
        return editing.create(caller, candidate)
                .map(made -> ResponseEntity.created(
                                URI.create("/api/v1/candidates/" + IdKind.CANDIDATE.format(made.id())))
                        .eTag(Editing.tag(made))
                        .body(CandidateResponse.of(made)));
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE,
                CsvRecords.MEDIA_TYPE
            })
    @Operation(
            summary = "The caller's candidates and those shared with them; for administrators all",
            description = "As a page, as NDJSON, as CSV, or as a live stream, as the Accept header says.")
    @ApiResponse(responseCode = "200", description = "The candidates", content = @Content)
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "Applicants for this position")
                    @RequestParam(name = "position_id", required = false)
                    @Nullable String positionId,
            @Parameter(description = "initial_screening, phone_screen, interview, offer, rejected, hired or withdrawn")
                    @RequestParam(required = false)
                    @Nullable String status,
            @Parameter(description = "score, created_at or updated_at; created_at without it")
                    @RequestParam(required = false)
                    @Nullable String sort,
            @Parameter(description = "asc or desc; desc without it") @RequestParam(required = false) @Nullable String order,
            @Parameter(
                            description = "Beginnings or forms of words of name, e-mail address, title and skills, in"
                                    + " Latin or Cyrillic letters; all must be found")
                    @RequestParam(required = false)
                    @Nullable String search,
            @Parameter(description = "Where they come from, for example linkedin")
                    @RequestParam(required = false)
                    @Nullable String source,
            @Parameter(description = "Tags, separated by commas, all of which they must have")
                    @RequestParam(required = false)
                    @Nullable String tags,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> lists.answer(
                exchange,
                caller,
                paging,
                CandidateRows.of(new CandidateRows.Wanted(search, source, tags, status, positionId, sort, order))));
    }

    @GetMapping("/{candidate_id}")
    @Operation(summary = "One candidate: profile, score, and the parsed data of the newest resume")
    @ApiResponse(responseCode = "200", description = "The candidate")
    @ApiResponse(responseCode = "304", description = "The version named in If-None-Match is the present one")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    Mono<ResponseEntity<CandidateResponse>> get(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        return Mono.defer(() -> candidates.get(caller.tenant(), IdKind.CANDIDATE.get(candidateId)))
                .delayUntil(candidate -> views.viewed(caller, candidate))
                .map(candidate -> ETags.answer(headers, Editing.tag(candidate), CandidateResponse.of(candidate)));
    }

    @PatchMapping("/{candidate_id}")
    @Operation(
            summary = "Change a candidate",
            description = "What is not named stays. notes becomes a private note of the caller. The answer holds what"
                    + " was named; with Prefer: return=representation it is the whole candidate.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = CandidateChange.class))))
    @ApiResponse(responseCode = "200", description = "The fields that were named, as they are now")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    @ApiResponse(responseCode = "403", description = "The candidate is another recruiter's and only shared")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    @ApiResponse(responseCode = "412", description = "The version named in If-Match is not the present one")
    Mono<ResponseEntity<Object>> change(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody JsonNode body,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        boolean all = headers.getOrEmpty("Prefer").stream().anyMatch(prefer -> prefer.contains(RETURN_ALL));
        return editing.change(caller, candidateId, body, Preconditions.of(headers))
                .map(changed -> ResponseEntity.ok()
                        .eTag(Editing.tag(changed.candidate()))
                        .body(all ? CandidateResponse.of(changed.candidate()) : partial(changed)));
    }

    private static Map<String, @Nullable Object> partial(Editing.Changed changed) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", IdKind.CANDIDATE.format(changed.candidate().id()));
        answer.putAll(changed.fields());
        answer.put("updated_at", CandidateResponse.time(changed.candidate().updatedAt()));
        return answer;
    }

    @GetMapping(
            path = "/{candidate_id}/status-changes",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "The moves of a candidate's status, the newest first")
    @ApiResponse(responseCode = "200", description = "The moves", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> statusChanges(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            return candidates
                    .get(caller.tenant(), IdKind.CANDIDATE.get(candidateId))
                    .flatMap(candidate -> lists.answer(exchange, caller, paging, StatusChanges.of(candidate.id())));
        });
    }

    @PostMapping("/{candidate_id}/status-changes/{move_id}/undo")
    @Operation(summary = "Take a move of the status back", description = "The latest first.")
    @ApiResponse(responseCode = "200", description = "The candidate")
    @ApiResponse(responseCode = "404", description = "There is no such candidate or move")
    @ApiResponse(responseCode = "409", description = "It is taken back already, or a later move is not")
    Mono<CandidateResponse> undo(
            @PathVariable("candidate_id") String candidateId, @PathVariable("move_id") String moveId, Caller caller) {
        return editing.undo(caller, candidateId, moveId).map(CandidateResponse::of);
    }

    @GetMapping("/{candidate_id}/wishes")
    @Operation(summary = "What a candidate wants of work: declared, and else as their resumes say")
    @ApiResponse(responseCode = "200", description = "The wishes")
    @ApiResponse(responseCode = "304", description = "The version named in If-None-Match is the present one")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    Mono<ResponseEntity<WishesResponse>> wishes(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        return Mono.defer(() -> candidates.wanted(caller.tenant(), IdKind.CANDIDATE.get(candidateId)))
                .map(wanted -> ETags.answer(headers, Editing.tag(wanted), WishesResponse.of(wanted)));
    }

    @PutMapping("/{candidate_id}/wishes")
    @Operation(
            summary = "Declare what a candidate wants of work",
            description = "Replaces what was declared before; what is left out is what their resumes say. The candidate"
                    + " is matched anew.")
    @ApiResponse(responseCode = "200", description = "The wishes")
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    @ApiResponse(responseCode = "412", description = "The version named in If-Match is not the present one")
    Mono<ResponseEntity<WishesResponse>> want(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody NewWishes wishes,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        return Mono.defer(() -> {
                    FieldChecks checks = new FieldChecks();
                    Wishes wanted = wishes.checked(checks);
                    checks.verify();
                    return candidates.want(
                            caller.tenant(),
                            IdKind.CANDIDATE.get(candidateId),
                            wanted,
                            present -> Preconditions.check(headers, Editing.tag(present)));
                })
                .map(Candidate::wanted)
                .map(wanted -> ResponseEntity.ok().eTag(Editing.tag(wanted)).body(WishesResponse.of(wanted)));
    }
}
