package ai.recruit.candidate;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final CandidateData data;

    StoredCandidates(
            CandidateRepository candidates,
            TenantTransactions transactions,
            Events events,
            CandidateData data,
            Clock clock) {
        this.candidates = candidates;
        this.data = data;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Mono<Candidate> get(Tenant tenant, UUID id) {
        return candidates
                .find(tenant, id)
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(IdKind.CANDIDATE.format(id))));
    }

    @Override
    public Mono<Wishes> wanted(Tenant tenant, UUID id) {
        return candidates
                .wanted(tenant, id)
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(IdKind.CANDIDATE.format(id))));
    }

    @Override
    public Mono<List<Candidate>> list(Tenant tenant, Collection<UUID> ids) {
        return transactions.mono(tenant, () -> candidates.list(tenant, ids).collectList());
    }

    @Override
    public Mono<Set<UUID>> visible(Tenant tenant, Collection<UUID> ids) {
        return transactions.mono(tenant, () -> candidates.visible(tenant, ids).collect(Collectors.toSet()));
    }

    @Override
    public Mono<List<Candidate>> chunk(Tenant tenant, @Nullable UUID afterId, int size) {
        return transactions.mono(
                tenant, () -> candidates.chunk(tenant, afterId, size).collectList());
    }

    @Override
    public Mono<Long> count(Tenant tenant) {
        return transactions.mono(tenant, () -> candidates.count(tenant));
    }

    @Override
    public Mono<List<StoredCandidate>> store(UUID ownerId, List<ParsedProfile> profiles) {
        Set<Identity> identities = new LinkedHashSet<>();
        profiles.forEach(profile -> identities.addAll(Identity.of(profile)));
        // Every transaction takes its locks in the same order, so two of them never wait for each other.
        long[] keys = identities.stream()
                .mapToLong(identity -> identity.lockKey(ownerId))
                .sorted()
                .toArray();
        return (keys.length == 0 ? Mono.<Void>empty() : candidates.lock(keys))
                .then(Mono.defer(() -> identities.isEmpty()
                        ? Mono.just(Map.<Identity, UUID>of())
                        : candidates.findByIdentities(ownerId, identities)))
                .zipWith(Mono.defer(() -> named(profiles)))
                .flatMap(both -> {
                    Map<Identity, UUID> known = both.getT1();
                    Map<UUID, UUID> named = both.getT2();
                    Set<UUID> ids = new HashSet<>(known.values());
                    ids.addAll(named.values());
                    return (ids.isEmpty() ? Flux.<Candidate>empty() : candidates.findForUpdate(ownerId, ids))
                            .collectList()
                            .flatMap(rows -> save(ownerId, profiles, new People(ownerId, known, named, rows)));
                });
    }

    /** Whom the ids that uploaders have named lead to now. */
    private Mono<Map<UUID, UUID>> named(List<ParsedProfile> profiles) {
        Set<UUID> ids = profiles.stream()
                .flatMap(profile -> Stream.ofNullable(profile.namedCandidateId()))
                .collect(Collectors.toSet());
        return ids.isEmpty() ? Mono.just(Map.of()) : candidates.roots(ids);
    }

    @Override
    public Mono<Candidate> want(Tenant tenant, UUID id, Wishes wishes, Consumer<Wishes> check) {
        return transactions
                .mono(
                        tenant,
                        () -> candidates.find(tenant, id).flatMap(seen -> {
                            seen.requireOwn();
                            return candidates
                                    .findForUpdate(seen.ownerId(), Set.of(seen.id()))
                                    .doOnNext(locked -> check.accept(locked.wanted()))
                                    .then(Mono.defer(() -> candidates.want(tenant, seen.id(), wishes)))
                                    .flatMap(owner -> tell(
                                            Set.of(seen.id()),
                                            List.of(CandidateEvents.updated(owner, seen.id(), List.of("wishes"))
                                                    .queuedTo(MATCHING_QUEUE))))
                                    .then(Mono.defer(() -> candidates.find(tenant, id)));
                        }))
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(IdKind.CANDIDATE.format(id))));
    }

    @Override
    public Mono<String> wantedResume(UUID ownerId, UUID id) {
        return transactions.mono(Tenant.account(ownerId), () -> candidates.wished(ownerId, id));
    }

    @Override
    public Mono<Void> resumeFetched(UUID ownerId, UUID id) {
        return candidates.fulfilled(ownerId, id);
    }

    @Override
    public Mono<Person> person(Tenant tenant, UUID id) {
        return data.person(tenant, id);
    }

    @Override
    public Mono<List<Inactive>> inactive(
            Tenant tenant,
            @Nullable UUID owner,
            Collection<UUID> others,
            Instant since,
            @Nullable Inactive after,
            int most) {
        return transactions.mono(
                tenant,
                () -> data.inactive(tenant, owner, others, since, after, most).collectList());
    }

    @Override
    public Mono<Void> scored(Tenant tenant, Candidate candidate, UUID jobId, int score) {
        Map<String, Object> data =
                Map.of("position_id", IdKind.position(jobId), "overall_score", CandidateResponse.points(score));
        UUID account = candidate.access().own() ? candidate.ownerId() : tenant.accountId();
        NewEvent scored = CandidateEvents.of(
                CandidateEvents.SCORED, account == null ? candidate.ownerId() : account, candidate.id(), data);
        return transactions.mono(
                tenant,
                () -> candidate.access().own()
                        ? candidates
                                .score(tenant, candidate.id(), score)
                                .then(Mono.defer(() -> tell(Set.of(candidate.id()), List.of(scored))))
                        // The score of a shared candidate is an answer: the row stays as its owner has it.
                        : events.append(scored));
    }

    /** Appends events, also for those with whom the candidates are shared. */
    private Mono<Void> tell(Set<UUID> changed, List<NewEvent> told) {
        return changed.isEmpty()
                ? events.append(told)
                : candidates
                        .recipients(changed)
                        .collectList()
                        .flatMap(recipients -> events.append(CandidateEvents.told(told, recipients)));
    }

    private Mono<List<StoredCandidate>> save(UUID ownerId, List<ParsedProfile> profiles, People people) {
        List<StoredCandidate> stored = new ArrayList<>(profiles.size());
        List<NewEvent> appended = new ArrayList<>(profiles.size());
        for (ParsedProfile profile : profiles) {
            StoredCandidate candidate = people.take(profile, clock);
            stored.add(candidate);
            appended.add(event(ownerId, candidate, profile.resumeId()));
            appended.add(Duplicates.wanted(candidate.id()));
        }
        return candidates
                .save(ownerId, people.changed.values())
                .then(Mono.defer(() ->
                        people.learned.isEmpty() ? Mono.<Void>empty() : candidates.identify(ownerId, people.learned)))
                .then(Mono.defer(() -> candidates.map(ownerId, people.sources())))
                .then(Mono.defer(() -> tell(
                        stored.stream()
                                .filter(candidate -> !candidate.created())
                                .map(StoredCandidate::id)
                                .collect(Collectors.toSet()),
                        appended)))
                .thenReturn(stored);
    }

    /** The people whom one transaction is about. */
    private static final class People {

        private final UUID ownerId;
        private final Map<Identity, UUID> identities;
        private final Map<UUID, UUID> named;
        private final Map<UUID, Candidate> byId = new HashMap<>();
        private final Map<UUID, Candidate> changed = new LinkedHashMap<>();
        private final Map<Identity, UUID> learned = new LinkedHashMap<>();

        People(UUID ownerId, Map<Identity, UUID> identities, Map<UUID, UUID> named, List<Candidate> rows) {
            this.ownerId = ownerId;
            this.named = named;
            this.identities = new HashMap<>(identities);
            rows.forEach(row -> byId.put(row.id(), row));
        }

        StoredCandidate take(ParsedProfile profile, Clock clock) {
            Candidate known = find(profile);
            Candidate candidate = known == null
                    ? ProfileMerge.begin(UuidV7.next(clock), ownerId, profile, clock.instant())
                    : ProfileMerge.merge(known, profile);
            byId.put(candidate.id(), candidate);
            changed.put(candidate.id(), candidate);
            for (Identity identity : Identity.of(profile)) {
                if (identities.putIfAbsent(identity, candidate.id()) == null) {
                    learned.put(identity, candidate.id());
                }
            }
            return new StoredCandidate(candidate.id(), known == null);
        }

        private @Nullable Candidate find(ParsedProfile profile) {
            UUID sent = profile.namedCandidateId();
            Candidate meant = sent == null ? null : byId.get(named.getOrDefault(sent, sent));
            if (meant != null) {
                return meant;
            }
            for (Identity identity : Identity.of(profile)) {
                UUID id = identities.get(identity);
                Candidate known = id == null ? null : byId.get(id);
                if (known != null
                        && (!identity.isPhone() || ProfileMerge.maySharePhone(known, profile.email(), profile))) {
                    return known;
                }
            }
            return null;
        }

        Map<UUID, String> sources() {
            Map<UUID, String> sources = new LinkedHashMap<>();
            changed.forEach((id, candidate) -> sources.put(id, candidate.source() == null ? "" : candidate.source()));
            return sources;
        }
    }

    private static NewEvent event(UUID ownerId, StoredCandidate stored, UUID resumeId) {
        return CandidateEvents.of(
                stored.created() ? CandidateEvents.CREATED : CandidateEvents.UPDATED,
                ownerId,
                stored.id(),
                Map.of("resume_id", IdKind.RESUME.format(resumeId)));
    }
}
