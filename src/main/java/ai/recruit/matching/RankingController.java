package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.kernel.Problem;
import ai.recruit.web.Lists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
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
class RankingController {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 10_000;
    private static final Set<String> PARAMETERS = Set.of("limit", "min_score");

    private final Rankings rankings;
    private final Lists lists;

    RankingController(Rankings rankings, Lists lists) {
        this.rankings = rankings;
        this.lists = lists;
    }

    /** Makes a ranking of so many rows with at least this score. */
    private interface Ranked {
        Mono<List<Ranking>> of(int limit, int least);
    }

    @GetMapping(
            path = "/candidates/{candidate_id}/ranking",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "All active jobs scored for a candidate, best first",
            description = "Computed anew, whether a match is stored or not. Of equal scores the smaller id comes first."
                    + " As one page, as NDJSON, or as a stream of events that ends, as the Accept header says.")
    @ApiResponse(
            responseCode = "200",
            description = "The best jobs",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = Ranking.class))))
    @ApiResponse(
            responseCode = "404",
            description = "There is no such candidate among the caller's own",
            content = @Content)
    @ApiResponse(responseCode = "503", description = "The index is still being loaded", content = @Content)
    Mono<Void> ofCandidate(
            @PathVariable("candidate_id") String candidateId,
            @Parameter(description = "How many at most, 1 to 10000")
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = "Only jobs of at least this score, 0 to 1")
                    @RequestParam(name = "min_score", required = false)
                    @Nullable String minScore,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return answer(
                exchange,
                limit,
                minScore,
                (most, least) -> rankings.ofCandidate(caller.tenant(), candidateId, most, least));
    }

    @GetMapping(
            path = "/jobs/{job_id}/ranking",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE
            })
    @Operation(
            summary = "The caller's candidates scored for a job, best first; for administrators all candidates",
            description = "Computed anew, whether a match is stored or not. Of equal scores the smaller id comes first."
                    + " As one page, as NDJSON, or as a stream of events that ends, as the Accept header says.")
    @ApiResponse(
            responseCode = "200",
            description = "The best candidates",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = Ranking.class))))
    @ApiResponse(responseCode = "404", description = "There is no such job", content = @Content)
    @ApiResponse(responseCode = "503", description = "The index is still being loaded", content = @Content)
    Mono<Void> ofJob(
            @PathVariable("job_id") String jobId,
            @Parameter(description = "How many at most, 1 to 10000")
                    @RequestParam(name = "limit", required = false)
                    @Nullable String limit,
            @Parameter(description = "Only candidates of at least this score, 0 to 1")
                    @RequestParam(name = "min_score", required = false)
                    @Nullable String minScore,
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        return answer(exchange, limit, minScore, (most, least) -> rankings.ofJob(caller.tenant(), jobId, most, least));
    }

    private Mono<Void> answer(
            ServerWebExchange exchange, @Nullable String limit, @Nullable String minScore, Ranked ranked) {
        return Mono.defer(() -> {
            int most = limit(limit);
            Integer least = MatchingController.basisPoints("min_score", minScore);
            return lists.answer(exchange, PARAMETERS, most, ranked.of(most, least == null ? 0 : least));
        });
    }

    /** As everywhere, a number above the maximum is lowered to it. */
    private static int limit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return DEFAULT_LIMIT;
        }
        try {
            long limit = Long.parseLong(text.strip());
            if (limit >= 1) {
                return (int) Math.min(limit, MAX_LIMIT);
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw Problem.invalid("limit", "must be a whole number of at least 1");
    }
}
