package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.access.Role;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.NewEvent;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.events.Work;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.LiveTopic;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Matches candidates and jobs anew when somebody asks for it, in the background, over the queues that changed candidates
 * and jobs go through anyway. Whoever asked can watch it as the topic {@code rematch:<task id>}.
 */
@Component
class Rematches implements LiveTopic {

    static final String PROGRESS = "rematch.progress";
    static final String COMPLETED = "rematch.completed";
    static final String FAILED = "rematch.failed";

    private static final String REQUESTED = "rematch.requested";
    private static final String TASK = "task_id";

    private final RematchRepository repository;
    private final MatchRepository matches;
    private final Candidates candidates;
    private final Jobs jobs;
    private final Scoring scoring;
    private final TenantTransactions transactions;
    private final Events events;
    private final Inbox inbox;
    private final Audits audits;
    private final JsonMapper json;
    private final Clock clock;
    private final Duration recent;

    Rematches(
            RematchRepository repository,
            MatchRepository matches,
            Candidates candidates,
            Jobs jobs,
            Scoring scoring,
            TenantTransactions transactions,
            Events events,
            Inbox inbox,
            Audits audits,
            JsonMapper json,
            Clock clock,
            MatchingProperties properties) {
        this.repository = repository;
        this.matches = matches;
        this.candidates = candidates;
        this.jobs = jobs;
        this.scoring = scoring;
        this.transactions = transactions;
        this.events = events;
        this.inbox = inbox;
        this.audits = audits;
        this.json = json;
        this.clock = clock;
        this.recent = properties.recent();
    }

    /** Asks for a candidate to be matched anew. */
    Mono<Rematch> candidate(Caller caller, String candidateId, boolean force) {
        return Mono.defer(() -> candidates.get(caller.tenant(), IdKind.CANDIDATE.get(candidateId)))
                .doOnNext(Candidate::requireOwn)
                .flatMap(candidate -> jobs.count(
                                scoring.person(candidate).facts().skills())
                        .flatMap(pool -> ask(
                                caller,
                                asked(caller, candidate.id(), null, force, pool),
                                IdKind.CANDIDATE.format(candidate.id()),
                                candidate.ownerId(),
                                Candidates.MATCHING_QUEUE)));
    }

    /** Asks for a job to be matched anew with the caller's candidates; for an administrator, with everybody's. */
    Mono<Rematch> job(Caller caller, String jobId, boolean force) {
        return Mono.defer(() -> jobs.findProfile(IdKind.JOB.get(jobId)))
                .filter(JobProfile::active)
                .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(jobId)))
                .flatMap(job -> candidates
                        .count(caller.tenant())
                        .flatMap(pool -> ask(
                                caller,
                                asked(caller, null, job.id(), force, pool),
                                IdKind.JOB.format(job.id()),
                                null,
                                Jobs.MATCHING_QUEUE)));
    }

    private Rematch asked(Caller caller, @Nullable UUID candidate, @Nullable UUID job, boolean force, long pool) {
        return new Rematch(
                UUID.randomUUID(),
                caller.accountId(),
                candidate,
                job,
                job != null && caller.role() == Role.ADMIN,
                force,
                "queued",
                pool,
                0,
                null,
                clock.instant(),
                null,
                null);
    }

    private Mono<Rematch> ask(Caller caller, Rematch asked, String subject, @Nullable UUID ownerId, String queue) {
        Tenant tenant = caller.tenant();
        UUID subjectId = asked.candidateId() == null ? asked.jobId() : asked.candidateId();
        NewEvent request = NewEvent.internal(
                        REQUESTED, subject, Map.of(TASK, asked.id().toString()))
                .queuedTo(queue);
        Mono<Rematch> begun = repository
                .insert(asked)
                .flatMap(inserted -> inserted
                        ? restore(caller, asked)
                                .then(events.append(request))
                                .then(tell(PROGRESS, asked))
                                .then(audits.record(AuditEntry.by(caller, "rematch.requested", subject, ownerId)
                                        .with(Map.of("force", asked.forced()))))
                                .thenReturn(asked)
                        : subjectId == null
                                ? Mono.empty()
                                : repository.findOpen(caller.accountId(), subjectId, asked.forced()));
        return transactions
                .mono(tenant, () -> begun)
                // It has ended between the two statements.
                .switchIfEmpty(Mono.error(() ->
                        new Problem(ProblemCode.CONFLICT, "Another rematch of it has just ended; ask once more")));
    }

    /** What was deleted comes back when an administrator insists. */
    private Mono<Void> restore(Caller caller, Rematch asked) {
        return asked.forced() && caller.role() == Role.ADMIN
                ? matches.restore(caller.tenant(), asked.candidateId(), asked.jobId())
                : Mono.empty();
    }

    /** @throws Problem {@code RESOURCE_NOT_FOUND} */
    Mono<Rematch> get(Caller caller, String taskId) {
        return id(taskId)
                .flatMap(id -> transactions.mono(caller.tenant(), () -> repository.find(caller.tenant(), id)))
                .switchIfEmpty(Mono.error(() -> notFound(taskId)));
    }

    private static Mono<UUID> id(String taskId) {
        try {
            UUID id = UUID.fromString(taskId.strip());
            return id.toString().equalsIgnoreCase(taskId.strip()) ? Mono.just(id) : Mono.empty();
        } catch (IllegalArgumentException noTask) {
            return Mono.empty();
        }
    }

    private static Problem notFound(String taskId) {
        return new Problem(ProblemCode.RESOURCE_NOT_FOUND, "Rematch '" + taskId + "' does not exist");
    }

    // The work

    /** Which request a piece of work belongs to; empty when nobody has asked for it. */
    Optional<UUID> taskOf(Work work) {
        JsonNode task = json.readTree(work.data()).path(TASK);
        return task.isString() ? Optional.of(UUID.fromString(task.asString())) : Optional.empty();
    }

    /**
     * Does the work that was asked for, and tells of it.
     *
     * @param matching goes through the pairs; gives how many matches there are then
     */
    Mono<Void> run(Work work, UUID taskId, Function<Started, Mono<Long>> matching) {
        return transactions
                .mono(Tenant.system(), () -> repository.begin(Tenant.system(), taskId))
                .flatMap(rematch -> matching.apply(new Started(rematch, pass(rematch)))
                        .flatMap(found -> finish(work, rematch, "completed", COMPLETED, found))
                        .onErrorResume(
                                error -> error instanceof Problem problem
                                        && problem.code() == ProblemCode.RESOURCE_NOT_FOUND,
                                gone -> finish(work, rematch, "failed", FAILED, 0)));
    }

    /**
     * A request whose turn has come.
     *
     * @param pass how its pairs are gone through
     */
    record Started(Rematch rematch, Pass pass) {

        /** Of whose candidates matches are made. */
        Tenant tenant() {
            return rematch.everybody() ? Tenant.system() : Tenant.account(rematch.ownerId());
        }
    }

    private Pass pass(Rematch rematch) {
        return new Pass(
                rematch.forced() ? null : clock.instant().minus(recent),
                pairs -> transactions.mono(
                        Tenant.account(rematch.ownerId()),
                        () -> repository
                                .step(Tenant.account(rematch.ownerId()), rematch.id(), pairs)
                                .flatMap(now -> tell(PROGRESS, now))));
    }

    private Mono<Void> finish(Work work, Rematch rematch, String status, String type, long found) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> repository
                                .finish(Tenant.system(), rematch.id(), status, found)
                                .flatMap(over -> tell(type, over))
                                .then(inbox.record(work)))
                .then();
    }

    private Mono<Void> tell(String type, Rematch rematch) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(TASK, rematch.id().toString());
        if (rematch.candidateId() != null) {
            data.put("candidate_id", IdKind.CANDIDATE.format(rematch.candidateId()));
        }
        if (rematch.jobId() != null) {
            data.put("job_id", IdKind.JOB.format(rematch.jobId()));
        }
        data.put("status", rematch.status());
        data.put("progress", rematch.progress());
        data.put("processed", rematch.processed());
        data.put("estimated_matches", rematch.estimated());
        if (rematch.matches() != null) {
            data.put("matches", rematch.matches());
        }
        return events.append(
                NewEvent.owned(rematch.ownerId(), type, rematch.id().toString(), data));
    }

    // Live

    @Override
    public String prefix() {
        return "rematch";
    }

    @Override
    public String endpoint() {
        return "/api/matching/rematches/{id}/events";
    }

    @Override
    public Mono<Topic> open(Caller caller, String id) {
        return get(caller, id)
                .map(rematch -> new Topic(
                        Selection.of(rematch.id().toString()),
                        Start.beginning(rematch.createdAt()),
                        rematch.id().toString(),
                        Rematches::isEnd,
                        get(caller, id).map(Rematch::isOver)));
    }

    private static boolean isEnd(Event event) {
        return event.type().equals(COMPLETED) || event.type().equals(FAILED);
    }
}
