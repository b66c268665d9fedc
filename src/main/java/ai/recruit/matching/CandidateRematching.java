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
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Matches a candidate anew who has changed otherwise than by a resume. Doing it again changes nothing. */
@Component
class CandidateRematching implements WorkHandler {

    private static final Tenant ALL = Tenant.system();

    private final Candidates candidates;
    private final Matches matches;
    private final MatchRepository repository;
    private final MatchWriter writer;
    private final TenantTransactions transactions;
    private final Inbox inbox;
    private final int concurrency;

    CandidateRematching(
            Candidates candidates,
            Matches matches,
            MatchRepository repository,
            MatchWriter writer,
            TenantTransactions transactions,
            Inbox inbox,
            MatchingProperties properties) {
        this.candidates = candidates;
        this.matches = matches;
        this.repository = repository;
        this.writer = writer;
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
