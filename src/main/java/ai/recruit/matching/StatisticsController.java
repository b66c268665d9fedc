package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.TenantTransactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping(path = "/api/matching/stats", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Matching")
class StatisticsController {

    private final MatchRepository repository;
    private final Candidates candidates;
    private final Jobs jobs;
    private final TenantTransactions transactions;
    private final Grading grading;
    private final int threshold;

    StatisticsController(
            MatchRepository repository,
            Candidates candidates,
            Jobs jobs,
            TenantTransactions transactions,
            MatchingProperties properties) {
        this.repository = repository;
        this.candidates = candidates;
        this.jobs = jobs;
        this.transactions = transactions;
        this.grading = properties.grading();
        this.threshold = properties.thresholdBasisPoints();
    }

    @GetMapping("/candidate/{candidate_id}")
    @Operation(
            summary = "The matches of a candidate in numbers",
            description = "match_rate is the part of all active jobs, in percent, whose match is at or above the"
                    + " threshold.")
    @ApiResponse(
            responseCode = "200",
            description = "The numbers",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = StatisticsResponse.class),
                            examples = @ExampleObject("""
                                    {"success": true, "candidate_id": "cand_0192f0c1a2b37c4d8e5f60718293a4b5",
                                     "total_matches": 12, "high_matches": 3, "medium_matches": 5, "low_matches": 4,
                                     "best_score": 0.9120, "evaluated": 48, "good_matches": 6, "match_rate": 12.50}""")))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate among the caller's own",
            content = @Content)
    Mono<StatisticsResponse> ofCandidate(
            @PathVariable("candidate_id") String candidateId, @Parameter(hidden = true) Caller caller) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            return candidates
                    .get(caller.tenant(), id)
                    .then(Mono.defer(() -> transactions.mono(
                            caller.tenant(),
                            () -> repository.statisticsOfCandidate(caller.tenant(), id, grading, threshold))))
                    .zipWhen(
                            found -> jobs.count(List.of()),
                            (found, evaluated) ->
                                    StatisticsResponse.ofCandidate(IdKind.CANDIDATE.format(id), found, evaluated));
        });
    }

    @GetMapping("/job/{job_id}")
    @Operation(
            summary = "The matches of a job with the caller's candidates in numbers; for administrators with all",
            description = "view_rate is the part of them, in percent, that somebody has looked at.")
    @ApiResponse(
            responseCode = "200",
            description = "The numbers",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = StatisticsResponse.class),
                            examples = @ExampleObject("""
                                    {"success": true, "job_id": "job_0192f0c1a2b37c4d8e5f60718293a4b5",
                                     "total_matches": 40, "high_matches": 6, "medium_matches": 14, "low_matches": 20,
                                     "best_score": 0.9544, "viewed_matches": 10, "view_rate": 25.00}""")))
    @ApiResponse(responseCode = "404", description = "There is no such job", content = @Content)
    Mono<StatisticsResponse> ofJob(@PathVariable("job_id") String jobId, @Parameter(hidden = true) Caller caller) {
        return Mono.defer(() -> {
            UUID id = IdKind.JOB.get(jobId);
            return jobs.findProfile(id)
                    .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(jobId)))
                    .then(Mono.defer(() -> transactions.mono(
                            caller.tenant(),
                            () -> repository.statisticsOfJob(caller.tenant(), id, grading, threshold))))
                    .map(found -> StatisticsResponse.ofJob(IdKind.JOB.format(id), found));
        });
    }
}
