package ai.recruit.candidate;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Service
class StoredCandidates implements Candidates {

    private final CandidateRepository candidates;
    private final TenantTransactions transactions;
    private final Events events;
    private final Clock clock;

    StoredCandidates(CandidateRepository candidates, TenantTransactions transactions, Events events, Clock clock) {
        this.candidates = candidates;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Mono<Candidate> get(Tenant tenant, UUID id) {
        return transactions
                .mono(tenant, () -> candidates.find(tenant, id))
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(IdKind.CANDIDATE.format(id))));
    }

    @Override
    public Mono<List<Candidate>> chunk(Tenant tenant, @Nullable UUID afterId, int size) {
        return transactions.mono(
                tenant, () -> candidates.chunk(tenant, afterId, size).collectList());
    }

    @Override
    public Mono<StoredCandidate> store(UUID ownerId, @Nullable UUID candidateId, ParsedProfile profile) {
        List<Identity> identities = Identity.of(profile);
        // Every transaction takes its locks in the same order, so two of them never wait for each other.
        return Flux.fromStream(() -> identities.stream()
                        .map(identity -> identity.lockKey(ownerId))
                        .sorted())
                .concatMap(candidates::lock)
                .then(Mono.defer(() -> findPerson(ownerId, candidateId, identities, profile)))
                .flatMap(known -> update(ownerId, known, profile))
                .switchIfEmpty(Mono.defer(() -> create(ownerId, profile)))
                .flatMap(stored -> Flux.fromIterable(identities)
                        .concatMap(identity -> candidates.identify(ownerId, stored.id(), identity))
                        .then(Mono.defer(() -> candidates.map(ownerId, stored.id(), profile.source())))
                        .then(Mono.defer(() -> events.append(event(ownerId, stored, profile.resumeId()))))
                        .thenReturn(stored));
    }

    private Mono<Candidate> findPerson(
            UUID ownerId, @Nullable UUID candidateId, List<Identity> identities, ParsedProfile profile) {
        Mono<Candidate> named = candidateId == null ? Mono.empty() : candidates.findForUpdate(ownerId, candidateId);
        return named.switchIfEmpty(Flux.fromIterable(identities)
                .concatMap(identity -> candidates
                        .findByIdentity(ownerId, identity)
                        .flatMap(id -> candidates.findForUpdate(ownerId, id))
                        .filter(known ->
                                !identity.isPhone() || ProfileMerge.maySharePhone(known, profile.email(), profile)))
                .next());
    }

    private Mono<StoredCandidate> update(UUID ownerId, Candidate known, ParsedProfile profile) {
        return candidates
                .update(known.id(), ownerId, ProfileMerge.merge(known, profile))
                .thenReturn(new StoredCandidate(known.id(), false));
    }

    private Mono<StoredCandidate> create(UUID ownerId, ParsedProfile profile) {
        UUID id = UuidV7.next(clock);
        return candidates.insert(id, ownerId, profile).thenReturn(new StoredCandidate(id, true));
    }

    private static NewEvent event(UUID ownerId, StoredCandidate stored, UUID resumeId) {
        String id = IdKind.CANDIDATE.format(stored.id());
        return NewEvent.owned(
                ownerId,
                stored.created() ? "candidate.created" : "candidate.updated",
                id,
                Map.of("candidate_id", id, "resume_id", IdKind.RESUME.format(resumeId)));
    }
}
