package ai.recruit.job;

import ai.recruit.access.Caller;
import ai.recruit.access.Role;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.ETags;
import ai.recruit.web.Lists;
import ai.recruit.web.Preconditions;
import ai.recruit.web.RowList;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs as the recruiter API knows them: made and changed by hand, closed instead of removed. Those that are made here are of
 * the source {@value #SOURCE}; what they ask for is read out of their texts like that of any other job.
 */
@Component
class Positions {

    static final String SOURCE = "manual";

    /** All positions, open or not; the newest first. */
    static final RowList ALL = new RowList(
            "positions",
            IdKind.POSITION,
            "j.*",
            "jobs j",
            """
            public_id('pos', r.id) as id, r.external_id, r.source, r.title, r.company, r.location, r.description,
            r.requirements, r.apply_url, r.salary_min, r.salary_max, r.currency, r.raw_salary_text as salary_range,
            r.employment_type as type, r.experience_level, r.skills, r.min_experience_months, r.education_requirement,
            r.work_mode, r.languages, r.start_date, case when r.active then 'open' else 'closed' end as status,
            public_id('usr', r.created_by) as created_by, public_time(r.created_at) as created_at,
            public_time(r.updated_at) as updated_at""",
            List.of(new RowList.Key("j.id", RowList.KeyType.ID)),
            List.of(),
            Set.of("status", "source", "type", "location", "q"),
            RowList.Tail.of(Set.of("job.created"), Set.of("job.updated")));

    private static final String STATUS = "status";
    private static final String EXTERNAL_ID = "external_id";

    private final JobRepository repository;
    private final JobIngestion ingestion;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final Lists lists;
    private final JsonMapper json;
    private final Clock clock;

    Positions(
            JobRepository repository,
            JobIngestion ingestion,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            Lists lists,
            JsonMapper json,
            Clock clock) {
        this.repository = repository;
        this.ingestion = ingestion;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.lists = lists;
        this.json = json;
        this.clock = clock;
    }

    /** One position as JSON text. */
    Mono<String> get(Caller caller, String positionId) {
        return Mono.defer(() -> lists.find(caller, ALL, IdKind.POSITION.get(positionId)))
                .switchIfEmpty(Mono.error(() -> IdKind.POSITION.notFound(positionId)));
    }

    static String tag(String row) {
        return ETags.ofBytes(row.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Problem {@code CONFLICT} when there is one with this external id */
    Mono<String> create(Caller caller, NewJob request) {
        return Mono.fromCallable(
                        () -> checked(request.cleaned().or(UuidV7.next(clock).toString())))
                .publishOn(Schedulers.parallel())
                .map(ingestion::read)
                .flatMap(job -> transactions.mono(
                        caller.tenant(),
                        () -> repository
                                .exists(SOURCE, job.externalId())
                                .flatMap(exists -> exists
                                        ? Mono.error(new Problem(
                                                ProblemCode.CONFLICT,
                                                "A position with this external_id exists already"))
                                        : repository
                                                .store(SOURCE, List.of(job))
                                                .single()
                                                .flatMap(stored -> repository
                                                        .own(stored.id(), caller.accountId())
                                                        .then(events.append(JobIngestion.event(SOURCE, stored)))
                                                        .then(audits.record(
                                                                entry(caller, "position.created", stored.id())))
                                                        .then(Mono.defer(
                                                                () -> lists.find(caller, ALL, stored.id())))))));
    }

    /**
     * Changes what the request names; null removes it (RFC 7396). {@code status} opens and closes.
     *
     * @throws Problem {@code PERMISSION_DENIED} when it is not the caller's to change
     */
    Mono<String> change(Caller caller, String positionId, JsonNode request, Preconditions preconditions) {
        return Mono.defer(() -> {
            UUID id = IdKind.POSITION.get(positionId);
            if (!(request instanceof ObjectNode changes)) {
                throw Problem.invalid("body", "must be an object");
            }
            return locked(caller, id, positionId, preconditions, sent -> {
                boolean open = open(changes.get(STATUS), sent.active());
                return Mono.fromCallable(() -> ingestion.read(changed(sent.job(), changes)))
                        // Reading the texts is work for the processor and has no business on an event loop.
                        .subscribeOn(Schedulers.parallel())
                        .flatMap(job -> repository
                                .store(sent.source(), List.of(job))
                                .collectList()
                                .map(stored -> !stored.isEmpty()))
                        .flatMap(stored -> repository.open(id, open).map(moved -> stored || moved))
                        .flatMap(changed -> changed
                                ? tell(sent, id).then(audits.record(entry(caller, "position.changed", id)))
                                : Mono.empty());
            });
        });
    }

    /** Closes a position; it stays, with its matches as history. */
    Mono<Void> close(Caller caller, String positionId, Preconditions preconditions) {
        return Mono.defer(() -> {
            UUID id = IdKind.POSITION.get(positionId);
            return locked(
                            caller,
                            id,
                            positionId,
                            preconditions,
                            sent -> repository
                                    .open(id, false)
                                    .flatMap(closed -> closed
                                            ? tell(sent, id).then(audits.record(entry(caller, "position.closed", id)))
                                            : Mono.empty()))
                    .then();
        });
    }

    private Mono<String> locked(
            Caller caller,
            UUID id,
            String positionId,
            Preconditions preconditions,
            Function<JobRepository.Sent, Mono<Void>> work) {
        return transactions
                .mono(
                        caller.tenant(),
                        () -> repository.lock(id).flatMap(sent -> {
                            if (caller.role() != Role.ADMIN
                                    && !caller.accountId().equals(sent.createdBy())) {
                                return Mono.error(new Problem(
                                        ProblemCode.PERMISSION_DENIED,
                                        "Only whoever made a position by hand, and administrators, may change it"));
                            }
                            return lists.find(caller, ALL, id)
                                    .doOnNext(row -> preconditions.check(tag(row)))
                                    .then(Mono.defer(() -> work.apply(sent)))
                                    .then(Mono.defer(() -> lists.find(caller, ALL, id)));
                        }))
                .switchIfEmpty(Mono.error(() -> IdKind.POSITION.notFound(positionId)));
    }

    private Mono<Void> tell(JobRepository.Sent sent, UUID id) {
        String externalId = sent.job().externalId();
        return events.append(JobIngestion.event(
                sent.source(), new JobRepository.Stored(id, externalId == null ? "" : externalId, false)));
    }

    private NewJob changed(NewJob before, ObjectNode changes) {
        if (changes.has(EXTERNAL_ID)) {
            throw Problem.invalid(EXTERNAL_ID, "cannot be changed");
        }
        ObjectNode merged = json.valueToTree(before);
        changes.properties().forEach(change -> {
            if (!change.getKey().equals(STATUS)) {
                merged.set(change.getKey(), change.getValue());
            }
        });
        try {
            return checked(json.treeToValue(merged, NewJob.class).cleaned());
        } catch (JacksonException unreadable) {
            throw new ServerWebInputException("The body is no position", null, unreadable);
        }
    }

    private static NewJob checked(NewJob job) {
        Optional<FieldProblem> problem = job.problem();
        if (problem.isPresent()) {
            throw Problem.invalid(List.of(problem.get()));
        }
        return job;
    }

    private static boolean open(@Nullable JsonNode status, boolean now) {
        if (status == null) {
            return now;
        }
        return switch (status.asString("")) {
            case "open" -> true;
            case "closed" -> false;
            default -> throw Problem.invalid(STATUS, "must be open or closed");
        };
    }

    private static AuditEntry entry(Caller caller, String action, UUID id) {
        return AuditEntry.by(caller, action, IdKind.JOB.format(id), null);
    }
}
