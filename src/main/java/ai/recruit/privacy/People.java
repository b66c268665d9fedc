package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.kernel.IdKind;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whom an endpoint of a recruiter is about. Rights are exercised where the candidate belongs, not through a share. */
@Component
class People {

    private final Candidates candidates;
    private final TenantTransactions transactions;

    People(Candidates candidates, TenantTransactions transactions) {
        this.candidates = candidates;
        this.transactions = transactions;
    }

    /**
     * One of the caller's own candidates, or any for an administrator.
     *
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND}, or {@code PERMISSION_DENIED} when it is only shared
     */
    Mono<Candidate> own(Caller caller, String candidateId) {
        return Mono.defer(() -> candidates.get(caller.tenant(), IdKind.CANDIDATE.get(candidateId)))
                .doOnNext(Candidate::requireOwn);
    }

    /** The person that one of the caller's own candidates is. */
    Mono<Person> person(Caller caller, String candidateId) {
        return own(caller, candidateId)
                .flatMap(candidate ->
                        transactions.mono(Tenant.system(), () -> candidates.person(Tenant.system(), candidate.id())))
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)));
    }
}
