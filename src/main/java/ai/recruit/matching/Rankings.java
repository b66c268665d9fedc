package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Ranks all candidates for a job, and all jobs for a candidate. What is ranked for comes out of the database, what is
 * ranked out of {@link RankingIndex}; all of it is scored, stored matches play no part.
 */
@Component
class Rankings {

    private final RankingIndex index;
    private final Candidates candidates;
    private final Jobs jobs;
    private final Scoring scoring;
    private final Timer time;

    Rankings(RankingIndex index, Candidates candidates, Jobs jobs, Scoring scoring, MeterRegistry meters) {
        this.index = index;
        this.candidates = candidates;
        this.jobs = jobs;
        this.scoring = scoring;
        this.time = Timer.builder("recruit.ranking")
                .description("Rankings, without what is read before and after")
                .register(meters);
    }

    /**
     * The candidates that the tenant sees, best first; none for a job that is not active.
     *
     * @param limit how many at most
     * @param least basis points
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND}, {@code SERVICE_UNAVAILABLE}
     */
    Mono<List<Ranking>> ofJob(Tenant tenant, String jobId, int limit, int least) {
        return Mono.defer(() -> jobs.findProfile(IdKind.JOB.get(jobId)))
                .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(jobId)))
                .filter(JobProfile::active)
                .flatMap(job -> index.rows()
                        .publishOn(Schedulers.parallel())
                        .flatMap(rows -> candidates(rows, tenant, job, limit, least)))
                .defaultIfEmpty(List.of());
    }

    private Mono<List<Ranking>> candidates(RankingRows rows, Tenant tenant, JobProfile job, int limit, int least) {
        // The snapshot comes first: the scorer then knows all words of its rows.
        RankingTable.Snapshot<CandidateSegment> snapshot = rows.candidates();
        ScoringEngine.Position position = scoring.position(job);
        CandidateScorer scorer = rows.scorer(scoring.standard(), position);
        UUID accountId = tenant.accountId();
        int owner = accountId == null ? PartScores.NONE : rows.owner(accountId);
        boolean all = tenant.seesAll();
        RankingScan<CandidateSegment> scan =
                new RankingScan<>(snapshot, scorer, (segment, row) -> all || segment.owner(row) == owner, limit, least);
        return timed(scan.run())
                // The database has the last word on who sees whom.
                .flatMap(hits -> candidates
                        .visible(tenant, hits.stream().map(RankingScan.Hit::id).toList())
                        .publishOn(Schedulers.parallel())
                        .map(visible -> {
                            PairNumbers numbers = new PairNumbers();
                            List<Ranking> rankings = new ArrayList<>(hits.size());
                            for (RankingScan.Hit<CandidateSegment> hit : hits) {
                                if (visible.contains(hit.id())) {
                                    scorer.score(hit.segment(), hit.row(), numbers);
                                    rankings.add(Ranking.of(
                                            rankings.size() + 1, hit.id(), job.id(), numbers, position.skills()));
                                }
                            }
                            return rankings;
                        }));
    }

    /**
     * The active jobs, best first.
     *
     * @param limit how many at most
     * @param least basis points
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND}, {@code SERVICE_UNAVAILABLE}
     */
    Mono<List<Ranking>> ofCandidate(Tenant tenant, String candidateId, int limit, int least) {
        return Mono.defer(() -> candidates.get(tenant, IdKind.CANDIDATE.get(candidateId)))
                .doOnNext(Candidate::requireSubmit)
                .flatMap(candidate -> index.rows()
                        .publishOn(Schedulers.parallel())
                        .flatMap(rows -> jobs(rows, candidate, limit, least)));
    }

    private Mono<List<Ranking>> jobs(RankingRows rows, Candidate candidate, int limit, int least) {
        RankingTable.Snapshot<JobSegment> snapshot = rows.jobs();
        JobScorer scorer = rows.scorer(scoring.standard(), scoring.person(candidate));
        return timed(new RankingScan<>(snapshot, scorer, (segment, row) -> true, limit, least).run())
                .map(hits -> {
                    PairNumbers numbers = new PairNumbers();
                    List<Ranking> rankings = new ArrayList<>(hits.size());
                    for (RankingScan.Hit<JobSegment> hit : hits) {
                        scorer.score(hit.segment(), hit.row(), numbers);
                        rankings.add(Ranking.of(
                                rankings.size() + 1,
                                candidate.id(),
                                hit.id(),
                                numbers,
                                scorer.asked(hit.segment(), hit.row())));
                    }
                    return rankings;
                });
    }

    private <T> Mono<T> timed(Mono<T> scan) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return scan.doOnSuccess(done -> time.record(Duration.ofNanos(System.nanoTime() - began)));
        });
    }
}
