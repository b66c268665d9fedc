package ai.recruit.job;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.web.ETags;
import ai.recruit.web.Lists;
import ai.recruit.web.RowList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Jobs")
class JobController {

    /** A thousand jobs with long texts. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private static final RowList JOBS = new RowList(
                    "jobs",
                    IdKind.JOB,
                    "j.*",
                    "jobs j",
                    """
            public_id('job', r.id) as id, r.external_id, r.source, r.title, r.company, r.location, r.description,
            r.apply_url, r.salary_min, r.salary_max, r.currency, r.raw_salary_text as salary_range,
            r.employment_type as type, r.skills, r.work_mode, r.languages, r.start_date, public_time(r.created_at) as created_at,
            public_time(r.updated_at) as updated_at""",
                    // Ids are in the order of time.
                    List.of(new RowList.Key("j.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("source", "type", "location", "q"),
                    RowList.Tail.of(Set.of("job.created"), Set.of("job.updated")))
            .where("j.active");

    private final JobIngestion ingestion;
    private final Lists lists;
    private final JsonMapper json;

    JobController(JobIngestion ingestion, Lists lists, JsonMapper json) {
        this.ingestion = ingestion;
        this.lists = lists;
        this.json = json;
    }

    @PostMapping(
            path = "/api/v1/ingestion/jobs",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Take jobs in",
            description =
                    "1 to 1000 jobs of one source. A job with a known source and external_id replaces it. Jobs that"
                            + " are wrong are named in rejected and do not keep the others out; when all are wrong the request"
                            + " fails. Matching goes on after the answer.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = IngestionRequest.class))))
    @ApiResponse(
            responseCode = "200",
            description = "Taken",
            content = @Content(schema = @Schema(implementation = IngestionResponse.class)))
    @ApiResponse(responseCode = "400", description = "The request, or every job in it, is wrong", content = @Content)
    Mono<IngestionResponse> ingest(@Parameter(hidden = true) ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), MAX_BODY)
                .onErrorMap(
                        DataBufferLimitException.class,
                        tooLarge -> new Problem(
                                ProblemCode.TOO_LARGE, "The body is too large; send fewer jobs in one request"))
                .map(this::read)
                .switchIfEmpty(Mono.error(() -> Problem.invalid("body", "is required")))
                .flatMap(ingestion::ingest);
    }

    private IngestionRequest read(DataBuffer body) {
        try {
            byte[] bytes = new byte[body.readableByteCount()];
            body.read(bytes);
            return json.readValue(bytes, IngestionRequest.class);
        } catch (JacksonException unreadable) {
            throw new ServerWebInputException("The body is no ingestion", null, unreadable);
        } finally {
            DataBufferUtils.release(body);
        }
    }

    @GetMapping(
            path = "/api/v1/jobs",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The active jobs, newest first",
            description = "As a page, as NDJSON, or as a live stream, as the Accept header says.")
    @ApiResponse(responseCode = "200", description = "The jobs", content = @Content)
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "Jobs of this source") @RequestParam(required = false) @Nullable String source,
            @Parameter(description = "Jobs of this type, for example full_time")
                    @RequestParam(required = false)
                    @Nullable String type,
            @Parameter(description = "Jobs whose location contains this text") @RequestParam(required = false) @Nullable String location,
            @Parameter(description = "Jobs whose title or company contains this text")
                    @RequestParam(required = false)
                    @Nullable String q,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        RowList wanted = JOBS.whereGiven("j.source = :source", "source", given(source))
                .whereGiven("j.employment_type = :type", "type", lower(given(type)))
                .whereGiven("strpos(lower(j.location), :location) > 0", "location", lower(given(location)))
                .whereGiven("strpos(lower(j.title || ' ' || coalesce(j.company, '')), :q) > 0", "q", lower(given(q)));
        return lists.answer(exchange, caller, paging, wanted);
    }

    @GetMapping(path = "/api/v1/jobs/{job_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "One active job")
    @ApiResponse(responseCode = "200", description = "The job", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such job", content = @Content)
    @ApiResponse(
            responseCode = "304",
            description = "The version named in If-None-Match is the present one",
            content = @Content)
    Mono<ResponseEntity<String>> get(
            @PathVariable("job_id") String jobId,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return Mono.defer(() -> {
            UUID id = IdKind.JOB.get(jobId);
            return lists.find(caller, JOBS, id)
                    .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(jobId)))
                    .map(job -> ETags.answer(headers, ETags.of(job), job));
        });
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip().replace("\0", "");
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
