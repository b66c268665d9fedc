package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.kernel.YesNo;
import ai.recruit.web.LiveStreams;
import ai.recruit.web.Prefer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
@Tag(name = "Resume batches")
class BatchController {

    private final BatchIntake intake;
    private final Resumes resumes;
    private final ResumeTopics.BatchTopic topic;
    private final LiveStreams streams;

    BatchController(BatchIntake intake, Resumes resumes, ResumeTopics.BatchTopic topic, LiveStreams streams) {
        this.intake = intake;
        this.resumes = resumes;
        this.topic = topic;
        this.streams = streams;
    }

    /** The parts of the form, for the API description. */
    record BulkUploadForm(
            @ArraySchema(schema = @Schema(type = "string", format = "binary"))
            List<String> files,

            @Nullable Boolean force) {}

    @PostMapping(path = "/bulk-upload", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Upload 1 to 1,000 resumes, also in ZIPs, as one batch",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                            schema = @Schema(implementation = BulkUploadForm.class))))
    @ApiResponse(responseCode = "200", description = "Taken in; files that were refused are listed with their reason")
    @ApiResponse(responseCode = "202", description = "The same, when asked with Prefer: respond-async")
    Mono<ResponseEntity<ResumeAnswers.BatchUploaded>> upload(
            @Parameter(hidden = true) @RequestBody Flux<PartEvent> parts,
            @RequestParam(required = false) @Nullable String force,
            @RequestHeader(name = Prefer.HEADER, required = false) @Nullable String prefer,
            Caller caller) {
        return Mono.defer(() -> intake.take(caller, parts, YesNo.isYes("force", force)))
                .map(taken -> Prefer.answer(
                        ResumeAnswers.BatchUploaded.of(taken), URI.create(ResumeAnswers.batchUrl(taken.id())), prefer));
    }

    @GetMapping("/batches/{id}")
    @Operation(summary = "Where a batch stands")
    @ApiResponse(responseCode = "200", description = "Counts, progress, files refused and taken in")
    Mono<ResumeAnswers.BatchStatus> batch(@PathVariable String id, Caller caller) {
        return Mono.defer(() -> resumes.batch(caller.tenant(), id));
    }

    @GetMapping(path = "/batches/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "A batch and all its resumes, live, from its beginning or from Last-Event-ID, until its end")
    @ApiResponse(responseCode = "200", description = "Server-sent events: resume.*, batch.progress, batch.completed")
    @ApiResponse(responseCode = "204", description = "The stream has ended and the client has seen its end")
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(
            @PathVariable String id, Caller caller, ServerWebExchange exchange) {
        return Mono.defer(() -> topic.open(caller, id)).flatMap(opened -> streams.sse(caller, opened, exchange));
    }
}
