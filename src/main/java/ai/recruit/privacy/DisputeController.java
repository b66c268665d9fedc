package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.web.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/v1/disputes")
@Tag(name = "Privacy")
class DisputeController {

    private final Disputes disputes;
    private final Lists lists;

    DisputeController(Disputes disputes, Lists lists) {
        this.disputes = disputes;
        this.lists = lists;
    }

    /**
     * An answer to a dispute.
     *
     * @param decision {@code accepted} or {@code rejected}
     * @param answer what the person is told
     */
    @Schema(example = "{\"decision\": \"accepted\", \"answer\": \"The skill has been added\"}")
    record AnswerRequest(
            @Nullable String decision, @Nullable String answer) {}

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "What people dispute in the caller's database, the newest first")
    @ApiResponse(
            responseCode = "200",
            description = "The disputes",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.DISPUTES)))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "open, accepted or rejected") @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "candidate_id", required = false) @Nullable String candidateId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            if (status != null && !Set.of("open", "accepted", "rejected").contains(status)) {
                throw Problem.invalid("status", "must be open, accepted or rejected");
            }
            UUID candidate = candidateId == null
                    ? null
                    : IdKind.CANDIDATE
                            .parse(candidateId)
                            .orElseThrow(
                                    () -> Problem.invalid("candidate_id", "must be the id of a candidate, cand_..."));
            return lists.answer(
                    exchange,
                    caller,
                    paging,
                    Disputes.DISPUTES
                            .whereGiven("d.status = :status", "status", status)
                            .whereGiven("d.candidate_id = :candidate", "candidate", candidate));
        });
    }

    @PostMapping(path = "/{dispute_id}/answer", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Answer a dispute",
            description = "To accept one changes no value by itself: correct the candidate, or score anew.")
    @ApiResponse(
            responseCode = "200",
            description = "The dispute",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.DISPUTE)))
    @ApiResponse(responseCode = "400", description = "A field is wrong", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such dispute", content = @Content)
    @ApiResponse(responseCode = "409", description = "It has been answered already", content = @Content)
    Mono<String> answer(
            @PathVariable("dispute_id") String disputeId, @RequestBody AnswerRequest request, Caller caller) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            String decision = checks.required("decision", request.decision(), 20);
            if (!decision.isEmpty() && !Set.of("accepted", "rejected").contains(decision)) {
                checks.reject("decision", "must be accepted or rejected");
            }
            String words = checks.text("answer", request.answer(), 10_000);
            checks.verify();
            UUID id = IdKind.DISPUTE.get(disputeId);
            return lists.find(caller, Disputes.DISPUTES, id)
                    .hasElement()
                    .flatMap(there -> disputes.answer(caller, there, id, disputeId, decision.equals("accepted"), words))
                    .then(Mono.defer(() -> lists.find(caller, Disputes.DISPUTES, id)));
        });
    }
}
