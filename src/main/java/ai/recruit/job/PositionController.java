package ai.recruit.job;

import ai.recruit.access.Caller;
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
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Positions: a view on jobs (requirement R070; table 1.R, C24). */
@RestController
@RequestMapping("/api/v1/positions")
@Tag(name = "Positions")
class PositionController {

    private static final String POSITION = """
            {"id": "pos_0192f0c1a2b37c4d8e5f60718293a4b5", "external_id": "0192f0c1-a2b3-7c4d-8e5f-60718293a4b6",
             "source": "manual", "title": "Senior Python Developer", "company": "Example Ltd", "location": "Berlin",
             "description": "At least 5 years of experience.", "requirements": null, "apply_url": null,
             "salary_min": 100000, "salary_max": 150000, "currency": "USD", "salary_range": "$100k - $150k",
             "type": "full_time", "experience_level": "senior", "skills": ["Python"], "min_experience_months": 60,
             "education_requirement": null, "work_mode": "hybrid", "languages": [], "start_date": null,
             "status": "open", "created_by": "usr_0192f0c1a2b37c4d8e5f60718293a4b7",
             "created_at": "2026-01-15T10:30:00.000Z", "updated_at": "2026-01-15T10:30:00.000Z"}""";

    private static final String CHANGE = """
            {"title": "Lead Python Developer", "salary_range": "$120k - $170k", "status": "open"}""";

    private final Positions positions;
    private final Lists lists;
    private final JsonMapper json;

    PositionController(Positions positions, Lists lists, JsonMapper json) {
        this.positions = positions;
        this.lists = lists;
        this.json = json;
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The positions, newest first",
            description = "As a page, as NDJSON, or as a live stream, as the Accept header says.")
    @ApiResponse(
            responseCode = "200",
            description = "The positions",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = @ExampleObject("{\"success\": true, \"data\": [" + POSITION
                                            + "], \"pagination\": {\"total\": 1, \"skip\": 0,"
                                            + " \"limit\": 20, \"page\": 1, \"total_pages\": 1}}")))
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "open, closed or all; open when it is left out")
                    @RequestParam(required = false)
                    @Nullable String status,
            @Parameter(description = "Positions of this source; manual for those made here")
                    @RequestParam(required = false)
                    @Nullable String source,
            @Parameter(description = "Positions of this type, for example full_time")
                    @RequestParam(required = false)
                    @Nullable String type,
            @Parameter(description = "Positions whose location contains this text")
                    @RequestParam(required = false)
                    @Nullable String location,
            @Parameter(description = "Positions whose title or company contains this text")
                    @RequestParam(required = false)
                    @Nullable String q,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            String wanted = status == null || status.isBlank() ? "open" : status.strip();
            RowList ofStatus =
                    switch (wanted) {
                        case "open" -> Positions.ALL.where("j.active");
                        case "closed" -> Positions.ALL.where("not j.active");
                        case "all" -> Positions.ALL;
                        default -> throw Problem.invalid("status", "must be open, closed or all");
                    };
            return lists.answer(
                    exchange,
                    caller,
                    paging,
                    ofStatus.whereGiven("j.source = :source", "source", given(source))
                            .whereGiven("j.employment_type = :type", "type", lower(type))
                            .whereGiven("strpos(lower(j.location), :location) > 0", "location", lower(location))
                            .whereGiven(
                                    "strpos(lower(j.title || ' ' || coalesce(j.company, '')), :q) > 0", "q", lower(q)));
        });
    }

    @GetMapping(path = "/{position_id}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "One position, open or closed")
    @ApiResponse(
            responseCode = "200",
            description = "The position, with an ETag",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(POSITION)))
    @ApiResponse(responseCode = "304", description = "If-None-Match names this version", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such position", content = @Content)
    Mono<ResponseEntity<String>> get(
            @PathVariable("position_id") String positionId,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            @Parameter(hidden = true) Caller caller) {
        return positions.get(caller, positionId).map(row -> ETags.answer(headers, Positions.tag(row), row));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Make a position",
            description =
                    "What it asks for is read out of its texts; skills are added to those that are found. Matching"
                            + " goes on after the answer.")
    @ApiResponse(
            responseCode = "201",
            description = "The position",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(POSITION)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "409", description = "external_id is taken", content = @Content)
    Mono<ResponseEntity<String>> create(@RequestBody NewJob position, @Parameter(hidden = true) Caller caller) {
        return positions
                .create(caller, position)
                .map(row -> ResponseEntity.created(URI.create("/api/v1/positions/"
                                + json.readTree(row).path("id").asString()))
                        .eTag(Positions.tag(row))
                        .body(row));
    }

    @PatchMapping(
            path = "/{position_id}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change a position",
            description =
                    "What is named is changed, null removes it (RFC 7396); status opens and closes. For whoever made"
                            + " it, and administrators. The next ingestion of a job that came with one replaces it again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = NewJob.class),
                                            examples = @ExampleObject(CHANGE))))
    @ApiResponse(
            responseCode = "200",
            description = "The position",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(POSITION)))
    @ApiResponse(responseCode = "400", description = "A field is wrong; details says which", content = @Content)
    @ApiResponse(responseCode = "403", description = "It is somebody else's", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such position", content = @Content)
    @ApiResponse(responseCode = "412", description = "If-Match names another version", content = @Content)
    Mono<ResponseEntity<String>> change(
            @PathVariable("position_id") String positionId,
            @RequestBody JsonNode changes,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            @Parameter(hidden = true) Caller caller) {
        return positions
                .change(caller, positionId, changes, Preconditions.of(headers))
                .map(row -> ResponseEntity.ok().eTag(Positions.tag(row)).body(row));
    }

    @DeleteMapping("/{position_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Close a position",
            description =
                    "For whoever made it, and administrators. It is in no list of open ones and has no matches any"
                            + " more; PATCH with status open opens it again.")
    @ApiResponse(responseCode = "204", description = "It is closed")
    @ApiResponse(responseCode = "403", description = "It is somebody else's", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such position", content = @Content)
    Mono<Void> close(
            @PathVariable("position_id") String positionId,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            @Parameter(hidden = true) Caller caller) {
        return positions.close(caller, positionId, Preconditions.of(headers));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip().replace("\0", "");
    }

    private static @Nullable String lower(@Nullable String text) {
        String given = given(text);
        return given == null ? null : given.toLowerCase(Locale.ROOT);
    }
}
