package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.NewEvent;
import ai.recruit.events.Work;
import ai.recruit.events.WorkHandler;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for others like a candidate who is new or has changed, on whatever way in. Doing it again changes nothing. Of two who
 * come at once, the one whose keys are committed later finds the other.
 */
@Component
class Duplicates implements WorkHandler {

    static final String QUEUE = "candidate-duplicates";

    private static final String WANTED = "candidate.duplicates_wanted";
    private static final String FOUND = "duplicate.found";
    private static final String CHANGED = "duplicate.changed";
    private static final String REMOVED = "duplicate.removed";
    private static final int AT_ONCE = 2;
    private static final int MOST_ALIKE = 50;
    private static final Tenant ALL = Tenant.system();

    private static final RowList PAIRS = new RowList(
                    "duplicates",
                    IdKind.DUPLICATE,
                    """
                    d.id, d.confidence, d.reasons, d.dismissed_at, d.created_at, a.id as first_id,
                    a.first_name as first_first_name, a.last_name as first_last_name, a.email as first_email,
                    b.id as second_id, b.first_name as second_first_name, b.last_name as second_last_name,
                    b.email as second_email""",
                    """
                    candidate_duplicates d
                    join candidates a on a.id = d.first_id and a.merged_into is null
                    join candidates b on b.id = d.second_id and b.merged_into is null""",
                    """
                    public_id('dup', r.id) as id, (r.confidence / 10000.0)::numeric(5, 4) as confidence,
                    case when r.confidence >= 9500 then 'automatic' else 'suggested' end as level, r.reasons,
                    jsonb_build_array(
                        jsonb_build_object('id', public_id('cand', r.first_id), 'first_name', r.first_first_name,
                            'last_name', r.first_last_name, 'email', r.first_email),
                        jsonb_build_object('id', public_id('cand', r.second_id), 'first_name', r.second_first_name,
                            'last_name', r.second_last_name, 'email', r.second_email)) as candidates,
                    r.dismissed_at is not null as dismissed, public_time(r.created_at) as created_at""",
                    List.of(
                            new RowList.Key("d.confidence", RowList.KeyType.NUMBER),
                            new RowList.Key("d.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("level", "dismissed"),
                    RowList.Tail.of(Set.of(FOUND), Set.of(CHANGED, REMOVED)))
            .where("(:all or d.owner_id = :owner)");

    private final CandidateRepository candidates;
    private final DuplicateRepository duplicates;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final Inbox inbox;
    private final JsonMapper json;
    private final Clock clock;
    private final ShortNames shortNames = ShortNames.load();

    Duplicates(
            CandidateRepository candidates,
            DuplicateRepository duplicates,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            Inbox inbox,
            JsonMapper json,
            Clock clock) {
        this.candidates = candidates;
        this.duplicates = duplicates;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.inbox = inbox;
        this.json = json;
        this.clock = clock;
    }

    /** Asks for a candidate to be compared with the others. */
    static NewEvent wanted(UUID candidateId) {
        return NewEvent.internal(WANTED, IdKind.CANDIDATE.format(candidateId), Map.of())
                .queuedTo(QUEUE);
    }

    static RowList pairs() {
        return PAIRS;
    }

    /** The pairs that a candidate is one of. */
    static RowList of(UUID candidateId) {
        return PAIRS.where(":candidate in (d.first_id, d.second_id)", "candidate", candidateId);
    }

    @Override
    public String queue() {
        return QUEUE;
    }

    @Override
    public int concurrency() {
        return AT_ONCE;
    }

    @Override
    public Mono<Void> handle(Work work) {
        return Mono.justOrEmpty(IdKind.CANDIDATE.parse(work.subject()))
                .flatMap(id -> transactions
                        .mono(ALL, () -> candidates.find(ALL, id))
                        .flatMap(candidate -> candidate.id().equals(id)
                                ? compare(candidate)
                                // Merged into another one, who stands for both.
                                : forget(candidate.ownerId(), id)))
                .then(Mono.defer(() -> transactions.mono(ALL, () -> inbox.record(work))))
                .then();
    }

    private Mono<Void> compare(Candidate candidate) {
        UUID owner = candidate.ownerId();
        Tenant tenant = Tenant.account(owner);
        return Mono.fromCallable(() -> Traits.of(candidate, json))
                .subscribeOn(Schedulers.parallel())
                .flatMap(traits -> {
                    Set<String> keys = traits.keys(shortNames);
                    return transactions
                            .mono(tenant, () -> duplicates.remember(owner, candidate.id(), keys))
                            .then(Mono.defer(() -> transactions.mono(
                                    tenant,
                                    () -> duplicates
                                            .alike(owner, candidate.id(), keys, MOST_ALIKE)
                                            .flatMap(ids ->
                                                    candidates.list(tenant, ids).collectList()))))
                            .publishOn(Schedulers.parallel())
                            .map(others -> pairs(candidate, traits, others))
                            .flatMap(pairs -> transactions.mono(tenant, () -> store(owner, candidate.id(), pairs)));
                });
    }

    private List<DuplicateRepository.Pair> pairs(Candidate candidate, Traits traits, List<Candidate> others) {
        List<DuplicateRepository.Pair> pairs = new ArrayList<>();
        for (Candidate other : others) {
            Likeness likeness = Likeness.of(traits, Traits.of(other, json), shortNames);
            if (likeness.basisPoints() >= Likeness.SUGGESTED) {
                boolean first = ProfileMerge.isBefore(candidate.id(), other.id());
                pairs.add(new DuplicateRepository.Pair(
                        UuidV7.next(clock),
                        first ? candidate.id() : other.id(),
                        first ? other.id() : candidate.id(),
                        likeness.basisPoints(),
                        likeness.reasons()));
            }
        }
        return pairs;
    }

    private Mono<Void> store(UUID owner, UUID candidateId, List<DuplicateRepository.Pair> pairs) {
        List<UUID> kept = pairs.stream()
                .map(pair -> pair.firstId().equals(candidateId) ? pair.secondId() : pair.firstId())
                .toList();
        return duplicates
                .save(owner, pairs)
                .zipWhen(saved -> duplicates.remove(owner, candidateId, kept))
                .flatMap(both -> {
                    List<NewEvent> told = new ArrayList<>();
                    both.getT1().forEach(pair -> told.add(event(pair.created() ? FOUND : CHANGED, owner, pair.id())));
                    both.getT2().forEach(pair -> told.add(event(REMOVED, owner, pair.id())));
                    return events.append(told);
                });
    }

    private Mono<Void> forget(UUID owner, UUID candidateId) {
        return transactions.mono(
                Tenant.account(owner),
                () -> duplicates
                        .remember(owner, candidateId, List.of())
                        .then(Mono.defer(() -> store(owner, candidateId, List.of()))));
    }

    /** Two people, whatever they have in common: the pair is not suggested again. */
    Mono<Void> dismiss(Caller caller, String duplicateId) {
        return Mono.defer(() -> {
            UUID id = IdKind.DUPLICATE.get(duplicateId);
            return transactions.mono(
                    caller.tenant(),
                    () -> duplicates
                            .dismiss(caller.tenant(), id, caller.accountId())
                            .switchIfEmpty(Mono.error(() -> IdKind.DUPLICATE.notFound(duplicateId)))
                            .flatMap(owner -> events.append(event(CHANGED, owner, id))
                                    .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                            caller, "duplicate.dismissed", IdKind.DUPLICATE.format(id), owner))))));
        });
    }

    private static NewEvent event(String type, UUID owner, UUID id) {
        String subject = IdKind.DUPLICATE.format(id);
        return NewEvent.owned(owner, type, subject, Map.of("duplicate_id", subject));
    }
}
