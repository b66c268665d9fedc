package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.web.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "Privacy")
class ErasureController {

    private static final Set<String> STATES = Set.of("removing_files", "clearing_traces", "completed");
    private static final String WHAT =
            "The candidate, everybody merged into them, and all that hangs on them is gone when"
                    + " this answers. Files and traces in logs follow within seconds: the answer's `state` tells, and a certificate"
                    + " is there in the end. It cannot be undone.";

    private static final String CAUSES =
            "request_of_person (without it), consent_withdrawn, no_longer_needed, unlawful or mistake";

    private final People people;
    private final Erasures erasures;
    private final Lists lists;

    ErasureController(People people, Erasures erasures, Lists lists) {
        this.people = people;
        this.erasures = erasures;
        this.lists = lists;
    }

    @DeleteMapping(path = "/api/v1/candidates/{candidate_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Erase a candidate for good", description = WHAT)
    @ApiResponse(
            responseCode = "202",
            description = "The erasure; Location names it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.ERASURE)))
    @ApiResponse(responseCode = "403", description = "The candidate is only shared", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    @ApiResponse(responseCode = "409", description = "A legal hold keeps the candidate", content = @Content)
    Mono<ResponseEntity<String>> delete(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(description = CAUSES) @RequestParam(required = false) @Nullable String cause,
            Caller caller) {
        return begin(candidateId, cause, caller);
    }

    @PostMapping(path = "/api/v1/candidates/{candidate_id}/erasure", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Erase a candidate for good", description = "As DELETE does. " + WHAT)
    @ApiResponse(
            responseCode = "202",
            description = "The erasure; Location names it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.ERASURE)))
    @ApiResponse(responseCode = "400", description = "The cause is unknown", content = @Content)
    @ApiResponse(responseCode = "403", description = "The candidate is only shared", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    @ApiResponse(responseCode = "409", description = "A legal hold keeps the candidate", content = @Content)
    Mono<ResponseEntity<String>> erase(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody(required = false) @Nullable NewErasure erasure,
            Caller caller) {
        return begin(candidateId, erasure == null ? null : erasure.cause(), caller);
    }

    @DeleteMapping(path = "/api/resumes/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Erase a resume that belongs to nobody",
            description =
                    "One that could not be read and was sent for no candidate: row, file and traces. The resume of a"
                            + " candidate goes with the candidate.")
    @ApiResponse(
            responseCode = "202",
            description = "The erasure; Location names it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.ERASURE_OF_RESUME)))
    @ApiResponse(responseCode = "400", description = "The cause is unknown", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such resume", content = @Content)
    @ApiResponse(
            responseCode = "409",
            description = "It belongs to a candidate, or it is being processed",
            content = @Content)
    Mono<ResponseEntity<String>> deleteStray(
            @PathVariable("id") String resumeId,
            @Parameter(description = CAUSES) @RequestParam(required = false) @Nullable String cause,
            Caller caller) {
        return Mono.defer(() -> {
            Cause why = Cause.of(cause);
            return erasures.beginStray(caller, caller.tenant(), resumeId, why)
                    .switchIfEmpty(Mono.error(() -> IdKind.RESUME.notFound(resumeId)))
                    .flatMap(id -> answer(caller, id));
        });
    }

    private Mono<ResponseEntity<String>> answer(Caller caller, UUID id) {
        return lists.find(caller, Erasures.ERASURES, id)
                .map(body -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/erasures/" + IdKind.ERASURE.format(id)))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body));
    }

    private Mono<ResponseEntity<String>> begin(String candidateId, @Nullable String why, Caller caller) {
        return Mono.defer(() -> {
            Cause cause = Cause.of(why);
            return people.own(caller, candidateId)
                    .flatMap(candidate -> erasures.begin(caller, candidate.id(), cause))
                    .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)))
                    .flatMap(id -> answer(caller, id));
        });
    }

    @GetMapping(
            path = "/api/v1/erasures",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "Erasures in the caller's database, for administrators all; the newest first")
    @ApiResponse(
            responseCode = "200",
            description = "The erasures",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.ERASURES)))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "Of this candidate: erasures hold a hash of the id alone")
                    @RequestParam(name = "candidate_id", required = false)
                    @Nullable String candidateId,
            @Parameter(description = "removing_files, clearing_traces or completed")
                    @RequestParam(required = false)
                    @Nullable String state,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            if (state != null && !STATES.contains(state)) {
                throw Problem.invalid("state", "must be removing_files, clearing_traces or completed");
            }
            String hash = candidateId == null
                    ? null
                    : Erasures.hash(IdKind.CANDIDATE
                            .parse(candidateId)
                            .orElseThrow(
                                    () -> Problem.invalid("candidate_id", "must be the id of a candidate, cand_...")));
            return lists.answer(
                    exchange,
                    caller,
                    paging,
                    Erasures.ERASURES
                            .whereGiven("e.subject_hash = :hash", "hash", hash)
                            .whereGiven("e.state = :state", "state", state));
        });
    }

    @GetMapping(path = "/api/v1/erasures/{erasure_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "How far an erasure is")
    @ApiResponse(
            responseCode = "200",
            description = "The erasure",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.ERASURE)))
    @ApiResponse(responseCode = "404", description = "There is no such erasure", content = @Content)
    Mono<String> get(@PathVariable("erasure_id") String erasureId, Caller caller) {
        return Mono.defer(() -> lists.find(caller, Erasures.ERASURES, IdKind.ERASURE.get(erasureId)))
                .switchIfEmpty(Mono.error(() -> IdKind.ERASURE.notFound(erasureId)));
    }

    @GetMapping(path = "/api/v1/erasures/{erasure_id}/certificate", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "The certificate of an erasure",
            description =
                    "Byte for byte as it was made: its SHA-256 is the ETag, the erasure's `certificate_sha256`, and"
                            + " stands in the audit entry `erasure.completed` of this erasure, which is in the chain. It names the"
                            + " person by the SHA-256 of the candidate's id alone.")
    @ApiResponse(
            responseCode = "200",
            description = "The certificate",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.CERTIFICATE)))
    @ApiResponse(responseCode = "404", description = "There is no such erasure", content = @Content)
    @ApiResponse(responseCode = "409", description = "The erasure is still going on", content = @Content)
    Mono<ResponseEntity<byte[]>> certificate(@PathVariable("erasure_id") String erasureId, Caller caller) {
        return Mono.defer(() -> erasures.certificate(caller.tenant(), erasureId))
                .map(ErasureController::answer);
    }

    static ResponseEntity<byte[]> answer(ErasureRepository.Certificate certificate) {
        return ResponseEntity.ok()
                .eTag("\"" + certificate.digest() + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(String.valueOf(certificate.text()).getBytes(StandardCharsets.UTF_8));
    }
}
