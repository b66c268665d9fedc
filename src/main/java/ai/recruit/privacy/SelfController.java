package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What people see of themselves, and what they do about it. */
@RestController
@RequestMapping("/api/v1/self")
@Tag(name = "Own data")
class SelfController {

    private static final String NONE = "The caller's account is not linked with such a candidate";

    private final Links links;
    private final Takeout takeout;
    private final Selves selves;
    private final Erasures erasures;

    SelfController(Links links, Takeout takeout, Selves selves, Erasures erasures) {
        this.links = links;
        this.takeout = takeout;
        this.selves = selves;
        this.erasures = erasures;
    }

    /** @param code as the recruiter has handed it on */
    @Schema(example = "{\"code\": \"rci_3q2-7wEjRWeJq83v_h2kZXhhbXBsZS1jb2RlLTMyYnk\"}")
    record CodeRequest(@Nullable String code) {}

    /** @param erase whether everything is erased too; false without it */
    @Schema(example = "{\"erase\": true}")
    record WithdrawalRequest(@Nullable Boolean erase) {}

    record Corrected(String candidateId, List<String> corrected) {}

    @GetMapping(path = "/profiles", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "The profiles that are linked with the caller's account")
    @ApiResponse(
            responseCode = "200",
            description = "The profiles",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.PROFILES)))
    Mono<String> profiles(Caller caller) {
        return links.mine(caller).map(SelfController::data);
    }

    static String data(String array) {
        return "{\"data\": " + array + "}";
    }

    @PostMapping(path = "/profiles", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Link the caller's account with a candidate",
            description = "By a code that the recruiter has made and handed to the person. It works once.")
    @ApiResponse(
            responseCode = "200",
            description = "The profiles that are linked now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.PROFILES)))
    @ApiResponse(responseCode = "400", description = "The code is unknown, used or too old", content = @Content)
    Mono<String> link(@RequestBody CodeRequest request, Caller caller) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            String code = checks.required("code", request.code(), 200);
            checks.verify();
            return links.redeem(caller, code)
                    .then(Mono.defer(() -> links.mine(caller)))
                    .map(SelfController::data);
        });
    }

    @GetMapping(
            path = "/profiles/{candidate_id}",
            produces = {MediaType.APPLICATION_JSON_VALUE, "application/zip"})
    @Operation(
            summary = "What is held about oneself",
            description = "The profile, what was parsed from which file and where it stands there, every score with its"
                    + " explanation, with whom by category it was shared, who by role has looked, consents, corrections and"
                    + " disputes. With Accept: application/zip an archive of that JSON and the original files. Notes and"
                    + " scorecards are others' judgements and not among it; ask the recruiter.")
    @ApiResponse(
            responseCode = "200",
            description = "The data",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        examples = @ExampleObject(PrivacyExamples.PERSONAL_DATA)),
                @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<Void> profile(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return links.require(caller, candidateId).flatMap(person -> takeout.answer(exchange, caller, person, true));
    }

    @PatchMapping(path = "/profiles/{candidate_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Set values of one's profile right",
            description = "first_name, last_name, email, phone, location, title, summary, skills, experience_years. No"
                    + " resume overwrites what a person has set. What it was before is written down.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = @ExampleObject("{\"title\": \"Senior Engineer\"}"))))
    @ApiResponse(
            responseCode = "200",
            description = "The fields that were set",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Corrected.class),
                            examples = @ExampleObject(PrivacyExamples.CORRECTION)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<Corrected> correct(
            @PathVariable("candidate_id") String candidateId, @RequestBody JsonNode body, Caller caller) {
        return links.require(caller, candidateId)
                .flatMap(person -> selves.correct(caller, person, body)
                        .map(fields -> new Corrected(IdKind.CANDIDATE.format(person.candidateId()), fields)));
    }

    @PostMapping(path = "/profiles/{candidate_id}/withdrawal", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Withdraw",
            description = "Withdraws all consents. The status becomes `withdrawn`; with `erase` everything is erased"
                    + " instead, which cannot be undone.")
    @ApiResponse(
            responseCode = "200",
            description = "What was done",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Selves.Withdrawn.class),
                            examples = @ExampleObject(PrivacyExamples.WITHDRAWAL)))
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(responseCode = "409", description = "A legal hold keeps the candidate", content = @Content)
    Mono<Selves.Withdrawn> withdraw(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody(required = false) @Nullable WithdrawalRequest request,
            Caller caller) {
        boolean erase = request != null && Boolean.TRUE.equals(request.erase());
        return links.require(caller, candidateId).flatMap(person -> selves.withdraw(caller, person, erase));
    }

    @GetMapping(path = "/erasures/{erasure_id}/certificate", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "The certificate of an erasure that the caller has asked for")
    @ApiResponse(
            responseCode = "200",
            description = "The certificate, byte for byte as it was made; its SHA-256 is the ETag",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Map.class),
                            examples = @ExampleObject(PrivacyExamples.CERTIFICATE)))
    @ApiResponse(responseCode = "404", description = "The caller has asked for no such erasure", content = @Content)
    @ApiResponse(responseCode = "409", description = "The erasure is still going on", content = @Content)
    Mono<ResponseEntity<byte[]>> certificate(@PathVariable("erasure_id") String erasureId, Caller caller) {
        return Mono.defer(() -> erasures.certificateOfRequest(caller, erasureId))
                .map(ErasureController::answer);
    }
}
