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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Matches a job that is new or has changed with the candidates of all owners, or one for which it was asked, chunk by chunk. Doing it again changes
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
    private final Rematches rematches;
    private final Inbox inbox;
    private final int concurrency;

    JobMatching(
            Candidates candidates,
            Jobs jobs,
            MatchRepository repository,
            MatchWriter writer,
            Scoring scoring,
            TenantTransactions transactions,
            Rematches rematches,
            Inbox inbox,
            MatchingProperties properties) {
        this.candidates = candidates;
        this.jobs = jobs;
        this.repository = repository;
        this.writer = writer;
        this.scoring = scoring;
        this.transactions = transactions;
        this.rematches = rematches;
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
        return Mono.defer(
                () -> rematches.taskOf(work).map(task -> asked(work, task)).orElseGet(() -> changed(work)));
    }

    private Mono<Void> asked(Work work, UUID task) {
        return rematches.run(work, task, started -> {
            UUID id = Objects.requireNonNull(started.rematch().jobId());
            Tenant tenant = started.tenant();
            return jobs.findProfile(id)
                    .flatMap(job -> match(job, tenant, started.pass()))
                    .then(Mono.defer(() -> transactions.mono(tenant, () -> repository.countOfJob(tenant, id))));
        });
    }

    private Mono<Void> changed(Work work) {
        return Mono.justOrEmpty(IdKind.JOB.parse(work.subject()))
                .flatMap(jobs::findProfile)
                .flatMap(job -> match(job, ALL, Pass.WHOLE))
                .then(Mono.defer(() -> transactions.mono(ALL, () -> inbox.record(work))))
                .then();
    }

    private Mono<Void> match(JobProfile job, Tenant tenant, Pass pass) {
        int size = CandidateMatching.CHUNK;
        ScoringEngine.Position position = scoring.position(job);
        return candidates
                .chunk(tenant, null, size)
                .expand(chunk -> chunk.size() < size
                        ? Mono.empty()
                        : candidates.chunk(tenant, chunk.get(chunk.size() - 1).id(), size))
                .publishOn(Schedulers.parallel(), 1)
                .concatMap(chunk -> recent(job, tenant, chunk, pass)
                        .publishOn(Schedulers.parallel())
                        .flatMap(recent -> match(job, position, tenant, chunk, recent))
                        .then(pass.step().apply(chunk.size())))
                .then();
    }

    /** The candidates whose match is so new that it is left as it is. */
    private Mono<Set<UUID>> recent(JobProfile job, Tenant tenant, List<Candidate> chunk, Pass pass) {
        Instant since = pass.since();
        return since == null || chunk.isEmpty()
                ? Mono.just(Set.of())
                : transactions.mono(
                        tenant,
                        () -> repository.recentOfJob(
                                tenant,
                                job.id(),
                                chunk.stream().map(Candidate::id).toList(),
                                since));
    }

    private Mono<Void> match(
            JobProfile job, ScoringEngine.Position position, Tenant tenant, List<Candidate> chunk, Set<UUID> recent) {
        List<MatchRepository.Row> rows = new ArrayList<>();
        List<UUID> others = new ArrayList<>();
        for (Candidate candidate : chunk) {
            // What is only shared with somebody is its owner's to match.
            boolean own = tenant.seesAll() || candidate.ownerId().equals(tenant.accountId());
            if (own && !recent.contains(candidate.id())) {
                writer.match(candidate, scoring.person(candidate), job, position)
                        .ifPresentOrElse(rows::add, () -> others.add(candidate.id()));
            }
        }
        return transactions.mono(
                tenant,
                () -> writer.store(rows)
                        .then(Mono.defer(() -> writer.removed(repository.removeOfJob(tenant, job.id(), others)))));
    }
}
