package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.UuidV7;
import ai.recruit.kernel.YesNo;
import ai.recruit.web.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Candidates out of files of comma-separated values. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Candidates")
class ImportController {

    private static final String EXAMPLE = """
            first_name,last_name,email,phone,title,skills,experience_years,tags
            Jane,Roe,jane.roe@example.com,+1-555-0100,Engineer,Java; SQL,7,Senior; Relocation
            """;

    private static final String LINE = """
            {"row":2,"status":"created","candidate_id":"cand_0192f0c1a2b37c4d8e5f60718293a4b5","details":[]}
            """;

    private static final String RESULT = """
            {"id": "imp_0192f0c1a2b37c4d8e5f60718293a4b5", "status": "completed", "dry_run": false,
             "charset": "utf-8", "delimiter": ",", "rows": 1, "created": 1, "existing": 0, "valid": 0, "rejected": 0,
             "started_at": "2026-01-12T09:30:00Z", "finished_at": "2026-01-12T09:30:01Z"}
            """;

    private final Imports imports;
    private final Lists lists;
    private final JsonMapper json;
    private final Clock clock;

    ImportController(Imports imports, Lists lists, JsonMapper json, Clock clock) {
        this.imports = imports;
        this.lists = lists;
        this.json = json;
        this.clock = clock;
    }

    /** The parts of the form, for the API description. */
    record ImportForm(
            @Schema(type = "string", format = "binary") String file) {}

    @PostMapping(
            path = "/candidates/import",
            consumes = {CsvRecords.MEDIA_TYPE, MediaType.TEXT_PLAIN_VALUE},
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    @Operation(
            summary = "Make candidates out of a file of comma-separated values",
            description =
                    "The first line names the columns, in English or Russian; an export of candidates does. UTF-8 and"
                            + " windows-1251 are told apart, and so are comma, semicolon and tab. A row whose e-mail address, or"
                            + " number when it has no address, is that of a candidate makes nothing. The answer is the import when"
                            + " all is read, or, asked for as NDJSON, a line for each row as it is read; the lines are kept.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = {
                                @Content(
                                        mediaType = CsvRecords.MEDIA_TYPE,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(EXAMPLE)),
                                @Content(
                                        mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                                        schema = @Schema(implementation = ImportForm.class))
                            }))
    @ApiResponse(
            responseCode = "200",
            description = "The import, or its rows",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(RESULT)),
                @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, examples = @ExampleObject(LINE))
            })
    @ApiResponse(responseCode = "400", description = "The first line does not do; details says why")
    Mono<Void> read(
            @Parameter(description = "true to check the rows and to make nothing")
                    @RequestParam(name = "dry_run", required = false)
                    @Nullable String dryRun,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        return answer(
                exchange,
                caller,
                dryRun,
                type == null ? null : type.getCharset(),
                exchange.getRequest().getBody());
    }

    @PostMapping(
            path = "/candidates/import",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Mono<Void> readForm(
            @Parameter(hidden = true) @RequestBody Flux<PartEvent> parts,
            @RequestParam(name = "dry_run", required = false) @Nullable String dryRun,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Flux<DataBuffer> file = parts.handle((part, sink) -> {
            if (part instanceof FilePartEvent && part.name().equals("file")) {
                sink.next(part.content());
            } else {
                DataBufferUtils.release(part.content());
            }
        });
        return answer(exchange, caller, dryRun, null, file);
    }

    private Mono<Void> answer(
            ServerWebExchange exchange,
            Caller caller,
            @Nullable String dryRun,
            @Nullable Charset charset,
            Flux<DataBuffer> body) {
        return Mono.defer(() -> {
            UUID id = UuidV7.next(clock);
            Flux<Imports.Outcome> rows = imports.read(caller, id, charset, YesNo.isYes("dry_run", dryRun), body);
            ServerHttpResponse response = exchange.getResponse();
            if (exchange.getRequest().getHeaders().getAccept().stream()
                    .anyMatch(MediaType.APPLICATION_NDJSON::equalsTypeAndSubtype)) {
                response.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
                response.getHeaders().setCacheControl("no-store");
                response.getHeaders().set(HttpHeaders.LOCATION, address(id));
                return response.writeAndFlushWith(rows.map(row -> Mono.just(response.bufferFactory()
                        .wrap((json.writeValueAsString(line(row)) + "\n").getBytes(StandardCharsets.UTF_8)))));
            }
            return rows.then(Mono.defer(() -> lists.find(caller, Imports.all(), id)))
                    .flatMap(made -> {
                        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
                        response.getHeaders().set(HttpHeaders.LOCATION, address(id));
                        return response.writeWith(
                                Mono.just(response.bufferFactory().wrap(made.getBytes(StandardCharsets.UTF_8))));
                    });
        });
    }

    private static Map<String, @Nullable Object> line(Imports.Outcome outcome) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("row", outcome.row());
        line.put("status", outcome.status());
        line.put("candidate_id", outcome.candidateId() == null ? null : IdKind.CANDIDATE.format(outcome.candidateId()));
        line.put("details", outcome.details());
        return line;
    }

    private static String address(UUID id) {
        return "/api/v1/candidate-imports/" + IdKind.IMPORT.format(id);
    }

    @GetMapping(
            path = "/candidate-imports",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "The files that have been imported, the newest first")
    @ApiResponse(responseCode = "200", description = "The imports", content = @Content)
    Mono<Void> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return lists.answer(exchange, caller, paging, Imports.all());
    }

    @GetMapping(path = "/candidate-imports/{import_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "An import: how many rows became what")
    @ApiResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(examples = @ExampleObject(RESULT)))
    @ApiResponse(responseCode = "404", description = "There is no such import")
    Mono<String> get(
            @Parameter(description = "The import, imp_...") @PathVariable("import_id") String importId, Caller caller) {
        return Mono.defer(() -> lists.find(caller, Imports.all(), IdKind.IMPORT.get(importId)))
                .switchIfEmpty(Mono.error(() -> IdKind.IMPORT.notFound(importId)));
    }

    @GetMapping(
            path = "/candidate-imports/{import_id}/rows",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "What became of each row of an import, in the order of the file")
    @ApiResponse(responseCode = "200", description = "The rows", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such import", content = @Content)
    Mono<Void> rows(
            @Parameter(description = "The import, imp_...") @PathVariable("import_id") String importId,
            @Parameter(description = "created, existing, valid or rejected") @RequestParam(required = false) @Nullable String status,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            String outcome = status == null || status.isBlank() ? null : status;
            if (outcome != null && !Imports.OUTCOMES.contains(outcome)) {
                throw Problem.invalid("status", "must be one of " + String.join(", ", Imports.OUTCOMES));
            }
            UUID id = IdKind.IMPORT.get(importId);
            return lists.find(caller, Imports.all(), id)
                    .switchIfEmpty(Mono.error(() -> IdKind.IMPORT.notFound(importId)))
                    .flatMap(there -> lists.answer(exchange, caller, paging, Imports.rows(id, outcome)));
        });
    }
}
