package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.ETags;
import ai.recruit.web.Preconditions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Candidates as people write them: made, changed, moved on and moved back. */
@Component
class Editing implements Corrections {

    private static final String DEFAULT_SOURCE = "manual";
    private static final int MONTHS_A_YEAR = 12;

    /** Fields that matching does not look at. */
    private static final Set<String> NOT_MATCHED =
            Set.of("status", "notes", "email", "phone", "source", "summary", "first_name", "last_name", "position_id");

    /** Fields that people are told apart by. */
    private static final Set<String> COMPARED =
            Set.of("first_name", "last_name", "email", "phone", "location", "summary");

    private final CandidateRepository candidates;
    private final StatusChanges moves;
    private final Notes notes;
    private final Jobs jobs;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final JsonMapper json;
    private final Clock clock;

    Editing(
            CandidateRepository candidates,
            StatusChanges moves,
            Notes notes,
            Jobs jobs,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            JsonMapper json,
            Clock clock) {
        this.candidates = candidates;
        this.moves = moves;
        this.notes = notes;
        this.jobs = jobs;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.json = json;
        this.clock = clock;
    }

    /** Makes a candidate of the caller's own. */
    Mono<Candidate> create(Caller caller, NewCandidate request) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            NewCandidate wanted = request.checked(checks);
            checks.verify();
            return position(wanted.positionId())
                    .flatMap(position -> transactions.mono(
                            Tenant.account(caller.accountId()), () -> insert(caller, wanted, position.orElse(null))));
        });
    }

    private Mono<Candidate> insert(Caller caller, NewCandidate wanted, @Nullable UUID position) {
        UUID id = UuidV7.next(clock);
        return insert(caller, List.of(new Entry(id, wanted, position, CandidateStatus.INITIAL_SCREENING.word())))
                .then(Mono.defer(() -> candidates.find(Tenant.account(caller.accountId()), id)));
    }

    /** Somebody new, of whom everything has been checked. */
    record Entry(UUID id, NewCandidate wanted, @Nullable UUID position, String status) {}

    /** Writes candidates of the caller's own down, in the transaction that it is called in. */
    Mono<Void> insert(Caller caller, List<Entry> entries) {
        UUID owner = caller.accountId();
        List<Candidate> made = new ArrayList<>();
        Map<Identity, UUID> identities = new LinkedHashMap<>();
        Map<UUID, String> sources = new LinkedHashMap<>();
        Map<UUID, String> addresses = new LinkedHashMap<>();
        List<NewEvent> told = new ArrayList<>();
        List<AuditEntry> entered = new ArrayList<>();
        for (Entry entry : entries) {
            UUID id = entry.id();
            String person = IdKind.CANDIDATE.format(id);
            Candidate candidate = candidate(entry, owner, clock.instant());
            made.add(candidate);
            Identity.of(candidate.email(), candidate.phone()).forEach(identity -> identities.putIfAbsent(identity, id));
            sources.put(id, String.valueOf(candidate.source()));
            told.add(CandidateEvents.of(CandidateEvents.CREATED, owner, id, Map.of())
                    .queuedTo(Candidates.MATCHING_QUEUE));
            told.add(Duplicates.wanted(id));
            String resumeUrl = entry.wanted().resumeUrl();
            if (resumeUrl != null) {
                // The address may say who it is about, so it stays in the database.
                addresses.put(id, resumeUrl);
                told.add(NewEvent.internal(
                                Candidates.RESUME_WANTED, person, Map.of("account_id", IdKind.ACCOUNT.format(owner)))
                        .queuedTo(Candidates.RESUME_QUEUE));
            }
            entered.add(AuditEntry.by(caller, CandidateEvents.CREATED, person, owner));
        }
        return candidates
                .save(owner, made)
                .then(Mono.defer(() -> identities.isEmpty() ? Mono.empty() : candidates.identify(owner, identities)))
                .then(Mono.defer(() -> candidates.map(owner, sources)))
                .then(Mono.defer(() -> addresses.isEmpty() ? Mono.empty() : candidates.wish(owner, addresses)))
                .then(Mono.defer(() -> events.append(told)))
                .then(Mono.defer(() -> audits.record(entered)));
    }

    private static Candidate candidate(Entry entry, UUID owner, Instant now) {
        NewCandidate wanted = entry.wanted();
        Set<String> edited = new LinkedHashSet<>();
        keep(edited, "first_name", wanted.firstName());
        keep(edited, "last_name", wanted.lastName());
        keep(edited, "email", wanted.email());
        keep(edited, "phone", wanted.phone());
        keep(edited, "title", wanted.title());
        keep(edited, "location", wanted.location());
        keep(edited, "summary", wanted.summary());
        keep(edited, "experience_years", wanted.experienceYears());
        return new Candidate(
                entry.id(),
                owner,
                wanted.firstName(),
                wanted.lastName(),
                wanted.email(),
                wanted.phone(),
                wanted.location(),
                wanted.title(),
                wanted.summary(),
                wanted.skills() == null
                        ? List.of()
                        : wanted.skills().stream().map(String::valueOf).toList(),
                wanted.experienceYears() == null ? 0 : wanted.experienceYears() * MONTHS_A_YEAR,
                Education.NONE,
                entry.status(),
                0,
                wanted.source() == null ? DEFAULT_SOURCE : wanted.source(),
                entry.position(),
                "{}",
                null,
                now,
                now,
                0,
                Wishes.NONE,
                Wishes.NONE,
                edited,
                Access.OWN);
    }

    private static void keep(Set<String> edited, String field, @Nullable Object value) {
        if (value != null) {
            edited.add(field);
        }
    }

    /** The id of an active position that a request names, if it names one. */
    Mono<Optional<UUID>> position(@Nullable String positionId) {
        if (positionId == null) {
            return Mono.just(Optional.empty());
        }
        return Mono.justOrEmpty(IdKind.JOB.parse(positionId))
                .flatMap(jobs::findProfile)
                .filter(JobProfile::active)
                .map(job -> Optional.of(job.id()))
                .switchIfEmpty(Mono.error(() -> Problem.invalid("position_id", "does not exist")));
    }

    /**
     * What a change has done.
     *
     * @param fields those that the client has named, as they are now
     */
    record Changed(Candidate candidate, Map<String, @Nullable Object> fields) {}

    /** Changes a candidate; the status is moved on, and a note is the caller's private one. */
    Mono<Changed> change(Caller caller, String candidateId, JsonNode body, Preconditions preconditions) {
        return change(caller, caller.tenant(), candidateId, body, preconditions);
    }

    /** @param tenant in whose database the candidate is: for the candidate themself another one's than the caller's */
    Mono<Changed> change(Caller caller, Tenant tenant, String candidateId, JsonNode body, Preconditions preconditions) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            CandidateChange change = CandidateChange.read(body, new FieldChecks(), json);
            Set<String> given = CandidateChange.given(body);
            return position(change.positionId()).flatMap(position -> {
                CandidateChange.Checked checked = new CandidateChange.Checked(change, given, position.orElse(null));
                return transactions
                        .mono(tenant, () -> change(caller, tenant, id, checked, preconditions))
                        .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)))
                        .map(changed -> new Changed(changed, fields(changed, change, given)));
            });
        });
    }

    @Override
    public Mono<Candidate> correct(Caller by, UUID ownerId, UUID id, JsonNode fields) {
        return change(
                        by,
                        Tenant.account(ownerId),
                        IdKind.CANDIDATE.format(id),
                        fields,
                        Preconditions.of(new HttpHeaders()))
                .map(Changed::candidate);
    }

    private Mono<Candidate> change(
            Caller caller, Tenant tenant, UUID id, CandidateChange.Checked change, Preconditions preconditions) {
        return candidates.find(tenant, id).flatMap(seen -> {
            if (change.changesProfile()) {
                seen.requireOwn();
            }
            Mono<Void> written = change.changesProfile()
                    ? candidates
                            .findForUpdate(seen.ownerId(), List.of(seen.id()))
                            .next()
                            .flatMap(old -> {
                                preconditions.check(tag(old));
                                return write(caller, old, change.apply(old), change);
                            })
                    : Mono.empty();
            String note = change.change().notes();
            Mono<Void> noted = note == null
                    ? Mono.empty()
                    : Mono.defer(() -> notes.insert(caller, seen, new NewNote(note, true, false))
                            .then());
            return written.then(noted).then(Mono.defer(() -> candidates.find(tenant, id)));
        });
    }

    private Mono<Void> write(Caller caller, Candidate old, Candidate changed, CandidateChange.Checked change) {
        String person = IdKind.CANDIDATE.format(old.id());
        Set<String> fields = new LinkedHashSet<>(change.given());
        fields.remove("notes");
        boolean moved = !old.status().equals(changed.status());
        Map<Identity, UUID> identities = new LinkedHashMap<>();
        Identity.of(changed.email(), changed.phone()).forEach(identity -> identities.put(identity, old.id()));
        NewEvent updated = moved
                ? CandidateEvents.of(
                        CandidateEvents.UPDATED,
                        old.ownerId(),
                        old.id(),
                        Map.of(
                                "changed",
                                List.copyOf(fields),
                                "status",
                                changed.status(),
                                "previous_status",
                                old.status()))
                : CandidateEvents.updated(old.ownerId(), old.id(), fields);
        NewEvent event = NOT_MATCHED.containsAll(fields) ? updated : updated.queuedTo(Candidates.MATCHING_QUEUE);
        List<AuditEntry> entries = new ArrayList<>();
        if (moved) {
            entries.add(AuditEntry.by(caller, "candidate.status_changed", person, old.ownerId())
                    .with(Map.of("from", old.status(), "to", changed.status())));
        }
        if (!fields.equals(Set.of("status"))) {
            entries.add(AuditEntry.by(caller, CandidateEvents.UPDATED, person, old.ownerId())
                    .with(Map.of("fields", List.copyOf(fields))));
        }
        return candidates
                .save(old.ownerId(), List.of(changed))
                .then(Mono.defer(
                        () -> identities.isEmpty() ? Mono.empty() : candidates.identify(old.ownerId(), identities)))
                .then(Mono.defer(() -> moved ? moves.record(caller, old, changed.status()) : Mono.<Void>empty()))
                .then(Mono.defer(() -> tell(
                        old.id(),
                        fields.stream().anyMatch(COMPARED::contains)
                                ? List.of(event, Duplicates.wanted(old.id()))
                                : List.of(event))))
                .then(Mono.defer(() -> audits.record(entries)));
    }

    private Mono<Void> tell(UUID candidateId, List<NewEvent> told) {
        return candidates
                .recipients(List.of(candidateId))
                .collectList()
                .flatMap(recipients -> events.append(CandidateEvents.told(told, recipients)));
    }

    /**
     * Takes a move of the status back.
     *
     * @throws Problem {@link ProblemCode#CONFLICT} when the status has been moved again since
     */
    Mono<Candidate> undo(Caller caller, String candidateId, String moveId) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            UUID move = IdKind.STATUS_CHANGE.get(moveId);
            return transactions
                    .mono(
                            caller.tenant(),
                            () -> candidates.find(caller.tenant(), id).flatMap(seen -> {
                                seen.requireOwn();
                                return candidates
                                        .findForUpdate(seen.ownerId(), List.of(seen.id()))
                                        .next()
                                        .flatMap(old -> moves.undo(caller, old, move, moveId)
                                                .flatMap(status -> back(caller, old, status)))
                                        .then(Mono.defer(() -> candidates.find(caller.tenant(), id)));
                            }))
                    .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)));
        });
    }

    private Mono<Void> back(Caller caller, Candidate old, String status) {
        Candidate changed = old.withStatus(status);
        return candidates
                .save(old.ownerId(), List.of(changed))
                .then(Mono.defer(() -> tell(
                        old.id(),
                        List.of(CandidateEvents.of(
                                CandidateEvents.UPDATED,
                                old.ownerId(),
                                old.id(),
                                Map.of(
                                        "changed",
                                        List.of("status"),
                                        "status",
                                        status,
                                        "previous_status",
                                        old.status()))))))
                .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                caller,
                                "candidate.status_change_undone",
                                IdKind.CANDIDATE.format(old.id()),
                                old.ownerId())
                        .with(Map.of("from", old.status(), "to", status)))));
    }

    /** What changes whenever the candidate does. */
    static String tag(Candidate candidate) {
        return ETags.of(candidate.id(), candidate.version(), candidate.access());
    }

    /** What changes whenever what a candidate wants does. */
    static String tag(Wishes wanted) {
        return ETags.of(wanted);
    }

    private static Map<String, @Nullable Object> fields(Candidate now, CandidateChange change, Set<String> given) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String field : given) {
            fields.put(
                    field,
                    switch (field) {
                        case "status" -> now.status();
                        case "notes" -> change.notes();
                        case "first_name" -> now.firstName();
                        case "last_name" -> now.lastName();
                        case "email" -> now.email();
                        case "phone" -> now.phone();
                        case "title" -> now.title();
                        case "location" -> now.location();
                        case "summary" -> now.summary();
                        case "source" -> now.source();
                        case "position_id" -> now.positionId() == null ? null : IdKind.position(now.positionId());
                        case "skills" -> now.skills();
                        case "experience_years" -> now.experienceMonths() / MONTHS_A_YEAR;
                        default -> throw new IllegalStateException(field);
                    });
        }
        return fields;
    }
}
