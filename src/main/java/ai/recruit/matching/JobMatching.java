package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Inbox;
import ai.recruit.events.Work;
import ai.recruit.events.WorkHandler;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Matches a job that is new or has changed with the candidates of all owners, chunk by chunk. Doing it again changes
 * nothing, so a piece of work that is delivered twice has one effect.
 */
@Component
class JobMatching implements WorkHandler {

    private static final Tenant ALL = Tenant.system();

    private final Candidates candidates;
    private final Jobs jobs;
    private final MatchRepository repository;
    private final MatchWriter writer;
    private final Scoring scoring;
    private final TenantTransactions transactions;
    private final Inbox inbox;
    private final int concurrency;

    JobMatching(
            Candidates candidates,
            Jobs jobs,
            MatchRepository repository,
            MatchWriter writer,
            Scoring scoring,
            TenantTransactions transactions,
            Inbox inbox,
            MatchingProperties properties) {
        this.candidates = candidates;
        this.jobs = jobs;
        this.repository = repository;
        this.writer = writer;
        this.scoring = scoring;
        this.transactions = transactions;
        this.inbox = inbox;
        this.concurrency = properties.concurrency();
    }

    @Override
    public String queue() {
        return Jobs.MATCHING_QUEUE;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public Mono<Void> handle(Work work) {
        return Mono.justOrEmpty(IdKind.JOB.parse(work.subject()))
                .flatMap(jobs::findProfile)
                .flatMap(this::match)
                .then(Mono.defer(() -> transactions.mono(ALL, () -> inbox.record(work))))
                .then();
    }

    private Mono<Void> match(JobProfile job) {
        int size = CandidateMatching.CHUNK;
        ScoringEngine.Position position = scoring.position(job);
        return candidates
                .chunk(ALL, null, size)
                .expand(chunk -> chunk.size() < size
                        ? Mono.empty()
                        : candidates.chunk(ALL, chunk.get(chunk.size() - 1).id(), size))
                .publishOn(Schedulers.parallel(), 1)
                .concatMap(chunk -> match(job, position, chunk))
                .then();
    }

    private Mono<Void> match(JobProfile job, ScoringEngine.Position position, List<Candidate> chunk) {
        List<MatchRepository.Row> rows = new ArrayList<>();
        List<UUID> others = new ArrayList<>();
        for (Candidate candidate : chunk) {
            writer.match(candidate, scoring.person(candidate), job, position)
                    .ifPresentOrElse(rows::add, () -> others.add(candidate.id()));
        }
        return transactions.mono(
                ALL,
                () -> writer.store(rows)
                        .then(Mono.defer(() -> writer.removed(repository.removeOfJob(ALL, job.id(), others)))));
    }
}
