package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import ai.recruit.web.Lists;
import ai.recruit.web.RowList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/matching")
@Tag(name = "Matching")
class MatchingController {

    private static final RowList MATCHES = new RowList(
                    "matches",
                    IdKind.MATCH,
                    "m.*",
                    "matches m",
                    """
                    public_id('match', r.id) as match_id, public_id('cand', r.candidate_id) as candidate_id,
                    public_id('job', r.job_id) as job_id, (r.score / 10000.0)::numeric(5, 4) as match_score,
                    (r.skill_score / 10000.0)::numeric(5, 4) as skill_match_score,
                    (r.experience_score / 10000.0)::numeric(5, 4) as experience_match_score,
                    (r.education_score / 10000.0)::numeric(5, 4) as education_match_score,
                    (r.location_score / 10000.0)::numeric(5, 4) as location_match_score,
                    r.matching_skills, r.missing_skills, r.explanation, public_time(r.viewed_at) as viewed_at,
                    public_time(r.created_at) as created_at""",
                    List.of(
                            new RowList.Key("m.score", RowList.KeyType.NUMBER),
                            new RowList.Key("m.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("min_score"),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("m.is_active")
            .where("(:all or m.owner_id = :owner)");

    private static final Set<String> APPEARING = Set.of(MatchWriter.FOUND);
    private static final Set<String> CHANGING = Set.of(MatchWriter.CHANGED, MatchWriter.REMOVED);

    private final Lists lists;
    private final Candidates candidates;
    private final Jobs jobs;

    MatchingController(Lists lists, Candidates candidates, Jobs jobs) {
        this.lists = lists;
        this.candidates = candidates;
        this.jobs = jobs;
    }

    @GetMapping(
            path = "/candidates/{candidate_id}/matches",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The jobs that fit a candidate, best first",
            description = "As a page, as NDJSON, or as a live stream, as the Accept header says.")
    @ApiResponse(responseCode = "200", description = "The matches", content = @Content)
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate among the caller's own",
            content = @Content)
    Mono<Void> ofCandidate(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(description = "Only matches of at least this score, 0 to 1")
                    @RequestParam(name = "min_score", required = false)
                    @Nullable String minScore,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            RowList wanted = MATCHES.where("m.candidate_id = :candidate", "candidate", id)
                    .whereGiven("m.score >= :min_score", "min_score", basisPoints("min_score", minScore))
                    .following(about(IdKind.CANDIDATE.format(id)))
                    .exportedAs("matches.exported", IdKind.CANDIDATE.format(id));
            return candidates
                    .get(caller.tenant(), id)
                    .then(Mono.defer(() -> lists.answer(exchange, caller, paging, wanted)));
        });
    }

    @GetMapping(
            path = "/jobs/{job_id}/matches",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The caller's candidates that fit a job, best first; for administrators all candidates",
            description = "As a page, as NDJSON, or as a live stream, as the Accept header says.")
    @ApiResponse(responseCode = "200", description = "The matches", content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such job", content = @Content)
    Mono<Void> ofJob(
            @PathVariable("job_id") String jobId,
            @Parameter(description = "Only matches of at least this score, 0 to 1")
                    @RequestParam(name = "min_score", required = false)
                    @Nullable String minScore,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) Paging paging,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return Mono.defer(() -> {
            UUID id = IdKind.JOB.get(jobId);
            RowList wanted = MATCHES.where("m.job_id = :job", "job", id)
                    .whereGiven("m.score >= :min_score", "min_score", basisPoints("min_score", minScore))
                    .following(about(IdKind.JOB.format(id)))
                    .exportedAs("matches.exported", IdKind.JOB.format(id));
            return jobs.findProfile(id)
                    .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(jobId)))
                    .then(Mono.defer(() -> lists.answer(exchange, caller, paging, wanted)));
        });
    }

    /** Events of matches of one candidate or job: its id stands in their data. */
    private static RowList.Tail about(String publicId) {
        return new RowList.Tail(APPEARING, CHANGING, event -> event.data().contains(publicId), true);
    }

    /** Reads a score of 0 to 1. */
    static @Nullable Integer basisPoints(String parameter, @Nullable String share) {
        if (share == null || share.isBlank()) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(share.strip());
            if (share.length() <= 20 && value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0) {
                return value.movePointRight(4).setScale(0, RoundingMode.CEILING).intValueExact();
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw Problem.invalid(parameter, "must be a number between 0 and 1");
    }
}
