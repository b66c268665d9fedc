package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.web.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/v1/candidates/{candidate_id}/consents")
@Tag(name = "Privacy")
class ConsentController {

    private final People people;
    private final Consents consents;
    private final Lists lists;
    private final Clock clock;

    ConsentController(People people, Consents consents, Lists lists, Clock clock) {
        this.people = people;
        this.consents = consents;
        this.lists = lists;
        this.clock = clock;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Write a consent down",
            description = "For one of the caller's own candidates: what for, on which ground, and how it came.")
    @ApiResponse(
            responseCode = "201",
            description = "The consent",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.CONSENT)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "403", description = "The candidate is only shared", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<String> add(@PathVariable("candidate_id") String candidateId, @RequestBody NewConsent consent, Caller caller) {
        return Mono.defer(() -> {
            NewConsent.Checked checked = consent.checked(clock.instant(), false);
            return people.own(caller, candidateId)
                    .flatMap(candidate -> consents.add(caller, candidate.ownerId(), candidate.id(), checked))
                    .flatMap(id -> lists.find(caller, Consents.CONSENTS, id));
        });
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "All consents of a candidate, withdrawn ones too, the newest first")
    @ApiResponse(
            responseCode = "200",
            description = "The consents",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.CONSENTS)))
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> list(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(description = "processing, matching, sharing, contact or enrichment")
                    @RequestParam(required = false)
                    @Nullable String purpose,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return people.own(caller, candidateId)
                .flatMap(candidate -> lists.answer(exchange, caller, paging, Consents.of(candidate.id(), purpose)));
    }

    @PostMapping(path = "/{consent_id}/withdraw", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Write down that a consent was withdrawn", description = "It stays in the history.")
    @ApiResponse(
            responseCode = "200",
            description = "The consent",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.CONSENT)))
    @ApiResponse(responseCode = "404", description = "There is no such candidate or consent", content = @Content)
    @ApiResponse(responseCode = "409", description = "It has been withdrawn already", content = @Content)
    Mono<String> withdraw(
            @PathVariable("candidate_id") String candidateId,
            @PathVariable("consent_id") String consentId,
            Caller caller) {
        return people.own(caller, candidateId)
                .flatMap(candidate -> consents.withdraw(caller, candidate.ownerId(), candidate.id(), consentId)
                        .then(Mono.defer(() -> lists.find(caller, Consents.CONSENTS, IdKind.CONSENT.get(consentId)))));
    }
}
