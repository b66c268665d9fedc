package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.kernel.YesNo;
import ai.recruit.web.LiveStreams;
import ai.recruit.web.Prefer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/resumes")
@Tag(name = "Resumes")
class ResumeController {

    private final ResumeIntake intake;
    private final Resumes resumes;
    private final Download download;
    private final ResumeTopics.ResumeTopic topic;
    private final LiveStreams streams;

    ResumeController(
            ResumeIntake intake,
            Resumes resumes,
            Download download,
            ResumeTopics.ResumeTopic topic,
            LiveStreams streams) {
        this.intake = intake;
        this.resumes = resumes;
        this.download = download;
        this.topic = topic;
        this.streams = streams;
    }

    /** The parts of the form, for the API description. */
    record UploadForm(
            @Schema(type = "string", format = "binary") String file,
            @Nullable String candidateId,
            @Nullable Boolean force) {}

    @PostMapping(path = "/upload", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Upload a resume: PDF, DOCX, DOC, RTF, ODT, TXT or HTML",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = UploadForm.class))))
    @ApiResponse(responseCode = "200", description = "Taken in; processing goes on in the background")
    @ApiResponse(responseCode = "202", description = "The same, when asked with Prefer: respond-async")
    @ApiResponse(responseCode = "400", description = "TOO_LARGE, UNSUPPORTED_TYPE or INVALID_REQUEST")
    Mono<ResponseEntity<ResumeAnswers.Uploaded>> upload(
            @Parameter(hidden = true) @RequestBody Flux<PartEvent> parts,
            @RequestParam(required = false) @Nullable String force,
            @RequestHeader(name = Prefer.HEADER, required = false) @Nullable String prefer,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, defaultValue = "-1")
                    long length,
            Caller caller) {
        return Mono.defer(() -> intake.take(caller, parts, length, YesNo.isYes("force", force)))
                .map(taken -> accepted(taken.resume(), taken.duplicate(), prefer));
    }

    @GetMapping("/{id}/status")
    @Operation(summary = "Where the processing of a resume stands")
    @ApiResponse(responseCode = "200", description = "The state, the last step, and the reason if it failed")
    Mono<ResumeAnswers.Status> status(@PathVariable String id, Caller caller) {
        return Mono.defer(() -> resumes.get(caller.tenant(), id)).map(ResumeAnswers.Status::of);
    }

    @GetMapping("/{id}/data")
    @Operation(summary = "What was read out of a resume; nulls with the status until it is completed")
    @ApiResponse(responseCode = "200", description = "The parsed data")
    Mono<ResumeAnswers.Data> data(
            @PathVariable String id,
            @Parameter(description = "true for where each value stands, the rule that found it and its confidence")
                    @RequestParam(required = false)
                    @Nullable String explain,
            Caller caller) {
        return Mono.defer(() -> resumes.data(caller, id, YesNo.isYes("explain", explain)));
    }

    @GetMapping("/{id}/download")
    @Operation(summary = "The original file")
    @ApiResponse(responseCode = "200", description = "The bytes as they were uploaded")
    @ApiResponse(responseCode = "206", description = "The range that was asked for")
    Mono<ResponseEntity<Flux<DataBuffer>>> download(
            @PathVariable String id, @Parameter(hidden = true) @RequestHeader HttpHeaders headers, Caller caller) {
        return Mono.defer(() -> resumes.get(caller.tenant(), id))
                .flatMap(resume -> resumes.downloaded(caller, resume).thenReturn(download.of(resume, headers)));
    }

    @PostMapping("/{id}/retry")
    @Operation(summary = "Process a failed resume again")
    @ApiResponse(responseCode = "200", description = "Queued again")
    @ApiResponse(responseCode = "409", description = "It has not failed")
    Mono<ResponseEntity<ResumeAnswers.Uploaded>> retry(
            @PathVariable String id,
            @RequestHeader(name = Prefer.HEADER, required = false) @Nullable String prefer,
            Caller caller) {
        return Mono.defer(() -> resumes.retry(caller.tenant(), id)).map(resume -> accepted(resume, false, prefer));
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "The processing of a resume, live, from its beginning or from Last-Event-ID, until its end")
    @ApiResponse(
            responseCode = "200",
            description = "Server-sent events: resume.progress, then resume.completed or failed")
    @ApiResponse(responseCode = "204", description = "The stream has ended and the client has seen its end")
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(
            @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return Mono.defer(() -> topic.open(caller, id)).flatMap(opened -> streams.sse(caller, opened, exchange));
    }

    private static ResponseEntity<ResumeAnswers.Uploaded> accepted(
            Resume resume, boolean duplicate, @Nullable String prefer) {
        return Prefer.answer(
                ResumeAnswers.Uploaded.of(resume, duplicate),
                URI.create(ResumeAnswers.url(resume.id(), "status")),
                prefer);
    }
}
