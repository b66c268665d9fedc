package ai.recruit.matching;

import ai.recruit.candidate.Candidates;
import ai.recruit.events.Inbox;
import ai.recruit.events.Work;
import ai.recruit.events.WorkHandler;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Matches a candidate anew who has changed otherwise than by a resume, or for whom it was asked. Doing it again changes nothing. */
@Component
class CandidateRematching implements WorkHandler {

    private static final Tenant ALL = Tenant.system();

    private final Candidates candidates;
    private final MatchRepository repository;
    private final MatchWriter writer;
    private final CandidateMatching matches;
    private final Rematches rematches;
    private final TenantTransactions transactions;
    private final Inbox inbox;
    private final int concurrency;

    CandidateRematching(
            Candidates candidates,
            MatchRepository repository,
            MatchWriter writer,
            CandidateMatching matches,
            Rematches rematches,
            TenantTransactions transactions,
            Inbox inbox,
            MatchingProperties properties) {
        this.candidates = candidates;
        this.matches = matches;
        this.repository = repository;
        this.writer = writer;
        this.rematches = rematches;
        this.transactions = transactions;
        this.inbox = inbox;
        this.concurrency = properties.concurrency();
    }

    @Override
    public String queue() {
        return Candidates.MATCHING_QUEUE;
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
        return rematches.run(
                work,
                task,
                started -> candidates
                        .get(ALL, Objects.requireNonNull(started.rematch().candidateId()))
                        .flatMap(candidate ->
                                matches.matchCandidate(candidate.ownerId(), candidate.id(), started.pass()))
                        .map(Integer::longValue));
    }

    private Mono<Void> changed(Work work) {
        return Mono.justOrEmpty(IdKind.CANDIDATE.parse(work.subject()))
                .flatMap(id -> candidates
                        .get(ALL, id)
                        .flatMap(candidate -> (candidate.id().equals(id) ? Mono.<Void>empty() : merged(id))
                                .then(Mono.defer(() -> matches.matchCandidate(candidate.ownerId(), candidate.id())))))
                .onErrorResume(
                        error -> error instanceof Problem problem && problem.code() == ProblemCode.RESOURCE_NOT_FOUND,
                        gone -> Mono.empty())
                .then(Mono.defer(() -> transactions.mono(ALL, () -> inbox.record(work))))
                .then();
    }

    /** A candidate who is another one now has no matches of their own. */
    private Mono<Void> merged(UUID candidateId) {
        return transactions.mono(ALL, () -> writer.removed(repository.removeAllOfCandidate(ALL, candidateId)));
    }
}
