package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldChecks;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/v1/candidates/{candidate_id}")
@Tag(name = "Privacy")
class RightsController {

    private final People people;
    private final Takeout takeout;
    private final Holds holds;
    private final Links links;

    RightsController(People people, Takeout takeout, Holds holds, Links links) {
        this.people = people;
        this.takeout = takeout;
        this.holds = holds;
        this.links = links;
    }

    /**
     * Why a candidate is kept.
     *
     * @param reason for whoever asks later
     */
    @Schema(example = "{\"reason\": \"Case 17/2026\"}")
    record NewHold(@Nullable String reason) {}

    @GetMapping(
            path = "/personal-data",
            produces = {"application/zip", MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            summary = "All that is held about a candidate",
            description =
                    "A ZIP archive of data.json and the original files, or, with Accept: application/json, that JSON"
                            + " alone: profiles (merged ones too), resumes with what was parsed and from where, scores with their"
                            + " explanations, notes, tags, shares, interviews, submitted scorecards, consents, disputes, and who"
                            + " has seen them. Recorded in the audit.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive or the JSON, written while it is read",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        examples = @ExampleObject(PrivacyExamples.PERSONAL_DATA)),
                @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary"))
            })
    @ApiResponse(responseCode = "403", description = "The candidate is only shared", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> personalData(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return people.person(caller, candidateId).flatMap(person -> takeout.answer(exchange, caller, person, false));
    }

    @PutMapping(path = "/legal-hold", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Keep a candidate from being erased",
            description = "As long as there is a legal hold, neither a request nor a rule of retention erases them.")
    @ApiResponse(
            responseCode = "200",
            description = "The hold",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.HOLD)))
    @ApiResponse(responseCode = "400", description = "The reason is missing", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<String> placeHold(@PathVariable("candidate_id") String candidateId, @RequestBody NewHold hold, Caller caller) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            String reason = checks.required("reason", hold.reason(), 1_000);
            checks.verify();
            return people.own(caller, candidateId).flatMap(candidate -> holds.place(caller, candidate, reason));
        });
    }

    @GetMapping(path = "/legal-hold", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "The legal hold on a candidate")
    @ApiResponse(
            responseCode = "200",
            description = "The hold",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject(PrivacyExamples.HOLD)))
    @ApiResponse(responseCode = "404", description = "There is no such candidate, or no hold", content = @Content)
    Mono<String> hold(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return people.own(caller, candidateId).flatMap(holds::get);
    }

    @DeleteMapping("/legal-hold")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Lift the legal hold on a candidate")
    @ApiResponse(responseCode = "204", description = "It is lifted")
    @ApiResponse(responseCode = "404", description = "There is no such candidate, or no hold", content = @Content)
    Mono<Void> lift(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return people.own(caller, candidateId).flatMap(candidate -> holds.lift(caller, candidate));
    }

    @PostMapping(path = "/invitation", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a code with which the person links their account",
            description = "Hand it to the person on a way that surely reaches them: whoever logs in and sends it to"
                    + " /api/v1/self/profiles sees this candidate as themself from then on. It works once.")
    @ApiResponse(
            responseCode = "201",
            description = "The code; it is not shown again",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Links.Invitation.class),
                            examples = @ExampleObject(PrivacyExamples.INVITATION)))
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Links.Invitation> invite(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return people.own(caller, candidateId).flatMap(candidate -> links.invite(caller, candidate));
    }

    @DeleteMapping("/invitation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "End the link between a candidate and an account",
            description = "Codes that have not been used end too.")
    @ApiResponse(responseCode = "204", description = "No account is linked")
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> unlink(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return people.own(caller, candidateId).flatMap(candidate -> links.end(caller, candidate));
    }
}
