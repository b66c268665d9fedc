package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.audit.Audits;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.web.Lists;
import ai.recruit.web.Preconditions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The recruiter's database of the resume import API (requirements R043 to R047, R078, R080, R081). */
@RestController
@RequestMapping("/api/resumes")
@Tag(name = "Recruiter's database")
class RecruiterDatabaseController {

    private static final Paging NEWEST_NOTES = new Paging(0, Paging.MAX_LIMIT, null);

    private final Candidates candidates;
    private final Editing editing;
    private final Views views;
    private final Tags tags;
    private final Audits audits;
    private final Lists lists;
    private final JsonMapper json;

    RecruiterDatabaseController(
            Candidates candidates,
            Editing editing,
            Views views,
            Tags tags,
            Audits audits,
            Lists lists,
            JsonMapper json) {
        this.candidates = candidates;
        this.editing = editing;
        this.views = views;
        this.tags = tags;
        this.audits = audits;
        this.lists = lists;
        this.json = json;
    }

    @GetMapping(
            path = "/candidates",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE,
                CsvRecords.MEDIA_TYPE
            })
    @Operation(
            summary = "The recruiter's candidates and those shared with them, the newest first",
            description = "As a page, as NDJSON, as CSV, or as a live stream, as the Accept header says.")
    @ApiResponse(responseCode = "200", description = "The candidates", content = @Content)
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> list(
            @Parameter(description = "Beginnings or forms of words of name, e-mail address, title and skills")
                    @RequestParam(required = false)
                    @Nullable String search,
            @Parameter(description = "Where they come from") @RequestParam(required = false) @Nullable String source,
            @Parameter(description = "Tags, separated by commas, all of which they must have")
                    @RequestParam(required = false)
                    @Nullable String tags,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "position_id", required = false) @Nullable String positionId,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String order,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> lists.answer(
                exchange,
                caller,
                paging,
                CandidateRows.of(new CandidateRows.Wanted(search, source, tags, status, positionId, sort, order))));
    }

    @GetMapping(
            path = "/admin/candidates",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE,
                CsvRecords.MEDIA_TYPE
            })
    @Operation(
            summary = "The master database: the candidates of all recruiters, the newest first",
            description =
                    "For administrators. As a page, as NDJSON, as CSV, or as a live stream, as the Accept header says.")
    @ApiResponse(responseCode = "200", description = "The candidates", content = @Content)
    @ApiResponse(responseCode = "400", description = "A parameter is unknown or wrong", content = @Content)
    Mono<Void> master(
            @Parameter(description = "Beginnings or forms of words of name, e-mail address, title and skills")
                    @RequestParam(required = false)
                    @Nullable String search,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String tags,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "position_id", required = false) @Nullable String positionId,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String order,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return list(search, source, tags, status, positionId, sort, order, caller, paging, exchange);
    }

    @GetMapping("/candidates/{candidate_id}")
    @Operation(
            summary = "A candidate in full: work history, education, skills with levels, notes and tags",
            description = "Sets last_viewed_at.")
    @ApiResponse(responseCode = "200", description = "The candidate")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    Mono<ObjectNode> get(@PathVariable("candidate_id") String candidateId, Caller caller) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            return candidates
                    .get(caller.tenant(), id)
                    .delayUntil(candidate -> views.opened(caller, candidate))
                    .flatMap(candidate -> Mono.zip(
                                    lists.find(caller, CandidateRows.all(), candidate.id()),
                                    lists.rows(caller, Notes.of(candidate.id()), NEWEST_NOTES))
                            .map(both -> CandidateDetail.of(candidate, both.getT1(), both.getT2(), json)))
                    .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)));
        });
    }

    /** The body of a status change. */
    record StatusForm(
            @Schema(example = "phone_screen") @Nullable String status) {}

    @PutMapping("/candidates/{candidate_id}/status")
    @Operation(
            summary = "Move a candidate on",
            description = "The same as PATCH /api/v1/candidates/{id} with a status.")
    @ApiResponse(responseCode = "200", description = "The candidate's status")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    Mono<Map<String, @Nullable Object>> move(
            @PathVariable("candidate_id") String candidateId,
            @RequestBody StatusForm form,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            Caller caller) {
        return Mono.defer(() -> {
            ObjectNode body = json.createObjectNode().put("status", form.status());
            return editing.change(caller, candidateId, (JsonNode) body, Preconditions.of(headers))
                    .map(changed -> {
                        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
                        answer.put(
                                "id",
                                IdKind.CANDIDATE.format(changed.candidate().id()));
                        answer.put("status", changed.candidate().status());
                        answer.put(
                                "updated_at",
                                CandidateResponse.time(changed.candidate().updatedAt()));
                        return answer;
                    });
        });
    }

    @GetMapping(
            path = "/candidates/{candidate_id}/activity",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(summary = "What has been done with a candidate, by whom and when, the newest first")
    @ApiResponse(responseCode = "200", description = "The activity", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such candidate", content = @Content)
    Mono<Void> activity(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(description = "Only this, for example candidate.viewed")
                    @RequestParam(required = false)
                    @Nullable String action,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            return candidates
                    .get(caller.tenant(), IdKind.CANDIDATE.get(candidateId))
                    .flatMap(candidate -> lists.answer(
                            exchange,
                            caller,
                            paging,
                            audits.activity(IdKind.CANDIDATE.format(candidate.id()), action)));
        });
    }

    /** The body of new tags. */
    record TagForm(
            @Schema(example = "[\"Senior\", \"Relocation\"]") @Nullable List<@Nullable String> tags) {}

    /**
     * The tags of a candidate.
     *
     * @param tags all of them
     */
    record TagAnswer(String candidateId, List<String> tags) {}

    @PostMapping("/candidates/{candidate_id}/tags")
    @Operation(summary = "Add tags", description = "Those that are there already stay as they are.")
    @ApiResponse(responseCode = "200", description = "All tags of the candidate")
    @ApiResponse(responseCode = "404", description = "There is no such candidate that the caller may see")
    Mono<TagAnswer> tag(@PathVariable("candidate_id") String candidateId, @RequestBody TagForm form, Caller caller) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            List<String> wanted = checks.texts("tags", form.tags(), Tags.MOST, Tags.LONGEST);
            if (form.tags() == null || form.tags().isEmpty()) {
                checks.reject("tags", "must hold at least one tag");
            }
            wanted.stream()
                    .filter(tag -> tag.contains(","))
                    .findFirst()
                    .ifPresent(comma -> checks.reject("tags", "must not contain commas"));
            checks.verify();
            UUID id = IdKind.CANDIDATE.get(candidateId);
            return tags.add(caller, id, wanted).map(all -> new TagAnswer(IdKind.CANDIDATE.format(id), all));
        });
    }

    @DeleteMapping("/candidates/{candidate_id}/tags/{tag}")
    @Operation(summary = "Take a tag away")
    @ApiResponse(responseCode = "200", description = "The tags that are left")
    @ApiResponse(responseCode = "404", description = "There is no such candidate or tag")
    Mono<TagAnswer> untag(
            @PathVariable("candidate_id") String candidateId, @PathVariable("tag") String tag, Caller caller) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            return tags.remove(caller, id, tag).map(all -> new TagAnswer(IdKind.CANDIDATE.format(id), all));
        });
    }
}
