package ai.recruit.interview;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.web.ETags;
import ai.recruit.web.Lists;
import ai.recruit.web.Preconditions;
import ai.recruit.web.RowList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/v1/interviews")
@Tag(name = "Interviews")
class InterviewController {

    private static final String NONE = "There is no such interview that the caller may see";

    private final QuestionGeneration generation;
    private final Interviews interviews;
    private final FollowUps followUps;
    private final Lists lists;
    private final Clock clock;

    InterviewController(
            QuestionGeneration generation, Interviews interviews, FollowUps followUps, Lists lists, Clock clock) {
        this.generation = generation;
        this.interviews = interviews;
        this.followUps = followUps;
        this.lists = lists;
        this.clock = clock;
    }

    @PostMapping("/generate-questions")
    @Operation(
            summary = "Make the questions of an interview",
            description = "Out of an own bank, in English or Russian, tied to what the candidate's profile says, leaves"
                    + " open, or lacks of what the position asks for; `evidence` says why each one is asked. The same"
                    + " seed, candidate and position give the same questions.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = GenerateRequest.class),
                                            examples = @ExampleObject(Examples.GENERATE))))
    @ApiResponse(
            responseCode = "200",
            description = "The interview with its questions",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = GeneratedInterview.class),
                            examples = @ExampleObject(Examples.GENERATED)))
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which", content = @Content)
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate that the caller may see, or no such active position",
            content = @Content)
    Mono<GeneratedInterview> generate(
            @RequestBody GenerateRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() -> generation.generate(caller, request.checked(headers)));
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The interviews that you own or are an interviewer of, newest first",
            description = "As a page, as NDJSON, or as a live stream, as the Accept header says. Each row is what the"
                    + " interview's own address answers.")
    @ApiResponse(
            responseCode = "200",
            description = "The interviews",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(Examples.LIST)))
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> list(
            @RequestParam(name = "candidate_id", required = false) @Nullable String candidateId,
            @RequestParam(name = "position_id", required = false) @Nullable String positionId,
            @Parameter(description = "generated, scheduled, completed or cancelled")
                    @RequestParam(name = "status", required = false)
                    @Nullable String status,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            RowList wanted = InterviewList.ROWS
                    .whereGiven(
                            "i.candidate_id = :candidate",
                            "candidate",
                            id("candidate_id", IdKind.CANDIDATE, candidateId))
                    .whereGiven("i.position_id = :position", "position", id("position_id", IdKind.JOB, positionId))
                    .whereGiven("i.status = :status", "status", status(status));
            return lists.answer(exchange, caller, paging, wanted);
        });
    }

    @GetMapping("/{interview_id}")
    @Operation(summary = "One interview, without its questions")
    @ApiResponse(
            responseCode = "200",
            description = "The interview; with `Accept: text/calendar` an entry for calendars",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = InterviewResponse.class),
                        examples = @ExampleObject(Examples.SCHEDULED)),
                @Content(mediaType = "text/calendar", schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<ResponseEntity<InterviewResponse>> get(
            @PathVariable("interview_id") String interviewId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return interviews.get(caller, interviewId).map(found -> ETags.answer(headers, found.tag(), found));
    }

    @GetMapping(path = "/{interview_id}", produces = "text/calendar")
    @Operation(hidden = true)
    Mono<ResponseEntity<String>> calendar(
            @PathVariable("interview_id") String interviewId, @Parameter(hidden = true) Caller caller) {
        return interviews
                .get(caller, interviewId)
                .map(found -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("text/calendar;charset=UTF-8;method=PUBLISH"))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"interview.ics\"")
                        .body(CalendarEntry.of(found)));
    }

    @GetMapping("/{interview_id}/questions")
    @Operation(summary = "The questions of an interview")
    @ApiResponse(
            responseCode = "200",
            description = "The questions, in their order",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = InterviewQuestions.class),
                            examples = @ExampleObject(Examples.ASKED)))
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    Mono<InterviewQuestions> questions(
            @PathVariable("interview_id") String interviewId, @Parameter(hidden = true) Caller caller) {
        return interviews.questions(caller, interviewId);
    }

    @PostMapping("/{interview_id}/follow-ups")
    @Operation(
            summary = "Let a language model write follow-ups to the questions",
            description =
                    "Only where the operator has configured one. Questions of the bank are sent, without a word of"
                            + " the candidate's; each question may get a `follow_up`, and nothing else changes.")
    @ApiResponse(
            responseCode = "200",
            description = "The questions with what was written",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = InterviewQuestions.class),
                            examples = @ExampleObject(Examples.ASKED)))
    @ApiResponse(responseCode = "403", description = "The caller is an interviewer, not its owner", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(responseCode = "409", description = "No language model is configured", content = @Content)
    @ApiResponse(responseCode = "503", description = "The language model does not answer", content = @Content)
    Mono<InterviewQuestions> followUps(
            @PathVariable("interview_id") String interviewId, @Parameter(hidden = true) Caller caller) {
        return followUps.write(caller, interviewId);
    }

    @PostMapping("/{interview_id}/schedule")
    @Operation(
            summary = "Set when, where and with whom an interview takes place",
            description =
                    "May be done again until it is completed or cancelled. Those who are named as interviewers see"
                            + " the interview and its questions, and nothing else of its owner's. `If-Match` is understood.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = ScheduleRequest.class),
                                            examples = @ExampleObject(Examples.SCHEDULE))))
    @ApiResponse(
            responseCode = "200",
            description = "The interview as it is now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = InterviewResponse.class),
                            examples = @ExampleObject(Examples.SCHEDULED)))
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "403", description = "The caller is an interviewer, not its owner", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(responseCode = "409", description = "It is completed or cancelled", content = @Content)
    Mono<InterviewResponse> schedule(
            @PathVariable("interview_id") String interviewId,
            @RequestBody ScheduleRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() ->
                interviews.schedule(caller, interviewId, request.checked(clock.instant()), Preconditions.of(headers)));
    }

    @PostMapping("/{interview_id}/complete")
    @Operation(
            summary = "Say how a scheduled interview ended",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = CompleteRequest.class),
                                            examples = @ExampleObject(Examples.COMPLETE))))
    @ApiResponse(
            responseCode = "200",
            description = "The interview as it is now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = InterviewResponse.class),
                            examples = @ExampleObject(Examples.COMPLETED)))
    @ApiResponse(responseCode = "400", description = "Fields are wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "403", description = "The caller is an interviewer, not its owner", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(responseCode = "409", description = "It is not scheduled", content = @Content)
    Mono<InterviewResponse> complete(
            @PathVariable("interview_id") String interviewId,
            @RequestBody CompleteRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() -> {
            CompleteRequest end = request.checked();
            return interviews.complete(
                    caller,
                    interviewId,
                    end.outcome() == null ? "" : end.outcome(),
                    end.summary(),
                    Preconditions.of(headers));
        });
    }

    @PostMapping("/{interview_id}/cancel")
    @Operation(
            summary = "Cancel an interview that has not been completed",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = CancelRequest.class),
                                            examples = @ExampleObject(Examples.CANCEL))))
    @ApiResponse(
            responseCode = "200",
            description = "The interview as it is now",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = InterviewResponse.class),
                            examples = @ExampleObject(Examples.CANCELLED)))
    @ApiResponse(responseCode = "403", description = "The caller is an interviewer, not its owner", content = @Content)
    @ApiResponse(responseCode = "404", description = NONE, content = @Content)
    @ApiResponse(responseCode = "409", description = "It is completed or cancelled", content = @Content)
    Mono<InterviewResponse> cancel(
            @PathVariable("interview_id") String interviewId,
            @RequestBody(required = false) @Nullable CancelRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() -> interviews.cancel(
                caller, interviewId, request == null ? null : request.checked().reason(), Preconditions.of(headers)));
    }

    private static @Nullable UUID id(String parameter, IdKind kind, @Nullable String text) {
        return text == null || text.isBlank()
                ? null
                : kind.parse(text)
                        .orElseThrow(
                                () -> Problem.invalid(parameter, "must be an id such as " + kind.prefix() + "_..."));
    }

    private static @Nullable String status(@Nullable String text) {
        return text == null || text.isBlank()
                ? null
                : InterviewStatus.parse(text)
                        .orElseThrow(() -> Problem.invalid(
                                "status",
                                "must be one of "
                                        + Arrays.stream(InterviewStatus.values())
                                                .map(InterviewStatus::word)
                                                .collect(Collectors.joining(", "))))
                        .word();
    }
}
