package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.person.Erased;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erases people. All rows go in the transaction of the request. What cannot be in it (files) or must wait for others that
 * are still running (traces in the event log, in kept answers and in the audit) is done by a loop, under a lease and step by
 * step, so that a storage that is away or a process that dies delays the end and nothing else. At the end there is a
 * certificate, whose digest stands in an entry of the audit and so in its chain.
 */
@Component
class Erasures {

    private static final Logger log = LoggerFactory.getLogger(Erasures.class);

    private static final String REQUESTED = "erasure.requested";
    private static final String COMPLETED = "erasure.completed";

    private static final int AT_ONCE = 8;
    private static final int FILES_AT_ONCE = 100;
    private static final int LONGEST_PAUSE_SECONDS = 60;
    private static final Duration NOT_YET = Duration.ofMillis(200);

    private static final List<String> REMAINS = List.of(
            "entries of the audit without their details", "events without their data", "backups that were made before");

    private static final String SHAPE = """
            public_id('era', r.id) as id, r.state, r.cause, public_id('usr', r.requested_by) as requested_by,
            public_time(r.requested_at) as requested_at, public_time(r.completed_at) as completed_at, r.attempts,
            r.problem, cardinality(r.files) as files_left, r.counts as erased, r.subject_hash as subject_sha256,
            r.certificate_sha256""";

    static final RowList ERASURES = new RowList(
                    "erasures",
                    IdKind.ERASURE,
                    "e.*",
                    "erasures e",
                    SHAPE,
                    List.of(new RowList.Key("e.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of("candidate_id", "state"),
                    RowList.Tail.of(Set.of(REQUESTED), Set.of(COMPLETED)))
            .where("(:all or e.owner_id = :owner)");

    private final ErasureRepository repository;
    private final Candidates candidates;
    private final Parts parts;
    private final PrivacyData own;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final PrivacyProperties properties;
    private final JsonMapper json;
    private final Clock clock;

    Erasures(
            ErasureRepository repository,
            Candidates candidates,
            Parts parts,
            PrivacyData own,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            PrivacyProperties properties,
            JsonMapper json,
            Clock clock) {
        this.repository = repository;
        this.candidates = candidates;
        this.parts = parts;
        this.own = own;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /** What tells of whom a certificate is to whoever knows the candidate's id, and to nobody else. */
    static String hash(UUID candidateId) {
        return hash(IdKind.CANDIDATE.format(candidateId));
    }

    private static String hash(String publicId) {
        return Hashes.hex(publicId);
    }

    /**
     * Erases the rows, and begins with the rest. Authorise before.
     *
     * @param caller null for the service itself
     * @return the id of the erasure; empty when the candidate is gone already
     * @throws Problem {@link ProblemCode#CONFLICT} when a legal hold keeps the person
     */
    Mono<UUID> begin(@Nullable Caller caller, UUID candidateId, Cause cause) {
        UUID id = UuidV7.next(clock);
        return transactions.mono(
                Tenant.system(),
                () -> candidates
                        .person(Tenant.system(), candidateId)
                        .flatMap(person -> repository
                                .isHeld(person.candidateIds())
                                .flatMap(held -> held
                                        ? Mono.error(new Problem(
                                                ProblemCode.CONFLICT,
                                                "A legal hold keeps this candidate. Lift it first."))
                                        : eraseAll(person))
                                .flatMap(erased -> repository
                                        .insert(
                                                id,
                                                person.ownerId(),
                                                person,
                                                erased.ids(),
                                                erased.files(),
                                                hash(person.candidateId()),
                                                cause,
                                                caller == null ? null : caller.accountId(),
                                                erased.counts())
                                        .then(Mono.defer(() -> told(REQUESTED, person.ownerId(), id)))
                                        .then(Mono.defer(() -> audits.record(person.candidateIds().stream()
                                                .map(each -> entry(caller, each, person.ownerId(), id))
                                                .toList())))
                                        .thenReturn(id))));
    }

    /** With what the person says of themselves through an account that knows them through nobody else. */
    private Mono<Erased> eraseAll(Person person) {
        return own.lastLinks(person)
                .flatMap(accounts -> parts.erase(person)
                        .flatMap(erased -> parts.eraseOwn(accounts).map(erased::and)));
    }

    /**
     * Erases something that may be about somebody and is tied to nobody, with its file and all traces.
     *
     * @param caller null for the service itself
     * @param tenant whose things are looked at
     * @return the id of the erasure
     * @throws Problem {@link ProblemCode#CONFLICT} when it is tied to somebody or in use, {@code RESOURCE_NOT_FOUND}
     */
    Mono<UUID> beginStray(@Nullable Caller caller, Tenant tenant, String thing, Cause cause) {
        UUID id = UuidV7.next(clock);
        return transactions.mono(
                tenant,
                () -> parts.stray(tenant, thing)
                        .flatMap(stray -> parts.erase(stray)
                                .flatMap(erased -> repository
                                        .insert(
                                                id,
                                                stray.ownerId(),
                                                null,
                                                erased.ids(),
                                                erased.files(),
                                                hash(stray.id()),
                                                cause,
                                                caller == null ? null : caller.accountId(),
                                                erased.counts())
                                        .then(Mono.defer(() -> told(REQUESTED, stray.ownerId(), id)))
                                        .then(Mono.defer(() -> audits.record(
                                                entry(caller, "resume.erased", stray.id(), stray.ownerId(), id))))
                                        .thenReturn(id))));
    }

    private static AuditEntry entry(@Nullable Caller caller, UUID candidate, UUID owner, UUID erasure) {
        return entry(caller, "candidate.erased", IdKind.CANDIDATE.format(candidate), owner, erasure);
    }

    private static AuditEntry entry(@Nullable Caller caller, String action, String subject, UUID owner, UUID erasure) {
        AuditEntry entry = caller == null
                ? AuditEntry.byService(action, subject, owner)
                : AuditEntry.by(caller, action, subject, owner);
        return entry.under(IdKind.ERASURE.format(erasure));
    }

    private Mono<Void> told(String what, UUID owner, UUID erasure) {
        String id = IdKind.ERASURE.format(erasure);
        return events.append(NewEvent.owned(owner, what, id, Map.of("erasure_id", id)));
    }

    /** Goes on with what is due, until nothing is; gives how many steps that were. */
    Mono<Long> proceed() {
        return transactions
                .mono(Tenant.system(), () -> repository.take(AT_ONCE).collectList())
                .flatMap(jobs -> Flux.fromIterable(jobs).concatMap(this::step).then(Mono.just((long) jobs.size())))
                .flatMap(done -> done == AT_ONCE ? proceed().map(more -> done + more) : Mono.just(done));
    }

    private Mono<Void> step(ErasureRepository.Job job) {
        return (job.hasFiles() ? removeFiles(job) : clearTraces(job)).onErrorResume(failure -> {
            // Its class alone: a message may name what is to be forgotten.
            String problem = failure.getClass().getSimpleName();
            log.warn("{} is not done yet and is tried again: {}", IdKind.ERASURE.format(job.id()), problem);
            int pause = Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(job.attempts(), 6));
            return transactions.mono(Tenant.system(), () -> repository.later(job, Duration.ofSeconds(pause), problem));
        });
    }

    private Mono<Void> removeFiles(ErasureRepository.Job job) {
        Set<String> some = job.files().stream().limit(FILES_AT_ONCE).collect(Collectors.toSet());
        Set<String> left = new HashSet<>(job.files());
        left.removeAll(some);
        return (some.isEmpty() ? Mono.just(0L) : parts.removeFiles(some))
                .flatMap(removed -> transactions.mono(
                        Tenant.system(),
                        () -> repository.filesRemoved(
                                job, left, sum(job.counts(), Map.of("files", removed)), properties.settle())));
    }

    private Mono<Void> clearTraces(ErasureRepository.Job job) {
        if (!job.settled()) {
            return transactions.mono(Tenant.system(), () -> repository.later(job, NOT_YET, null));
        }
        return transactions.mono(
                Tenant.system(),
                () -> late(job).flatMap(late -> {
                    // What was written by those who were at work when the rows went.
                    Erased all = new Erased(job.counts(), job.subjects(), job.files()).and(late);
                    return late.files().isEmpty()
                            ? parts.forget(all.ids()).flatMap(traces -> complete(job, sum(all.counts(), traces)))
                            : repository.more(job, all.ids(), all.files(), all.counts());
                }));
    }

    private Mono<Erased> late(ErasureRepository.Job job) {
        Person person = job.person();
        return person == null ? Mono.just(Erased.NOTHING) : parts.erase(person);
    }

    private Mono<Void> complete(ErasureRepository.Job job, Map<String, Long> counts) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UUID owner = job.ownerId();
        Person person = job.person();
        String id = IdKind.ERASURE.format(job.id());
        Map<String, @Nullable Object> certificate = new LinkedHashMap<>();
        certificate.put("certificate", "recruit-erasure-1");
        certificate.put("id", id);
        certificate.put(
                "subject_sha256",
                person == null
                        ? List.of(job.subject())
                        : person.candidateIds().stream()
                                .map(candidate -> hash(candidate))
                                .toList());
        certificate.put("cause", job.cause());
        certificate.put(
                "requested_by", job.requestedBy() == null ? "service" : IdKind.ACCOUNT.format(job.requestedBy()));
        certificate.put(
                "requested_at", job.requestedAt().truncatedTo(ChronoUnit.MILLIS).toString());
        certificate.put("completed_at", at.toString());
        certificate.put("erased", counts);
        certificate.put("remains", REMAINS);
        String text = json.writeValueAsString(certificate);
        String digest = Hashes.hex(text);
        return repository
                .complete(job, counts, at, text, digest)
                .filter(rows -> rows == 1)
                .flatMap(rows -> told(COMPLETED, owner, job.id())
                        .then(Mono.defer(() -> audits.record(AuditEntry.byService(COMPLETED, id, owner)
                                .with(Map.of("certificate_sha256", digest, "cause", job.cause()))))));
    }

    /** @throws Problem {@code RESOURCE_NOT_FOUND}, or {@code CONFLICT} as long as the erasure is not completed */
    Mono<ErasureRepository.Certificate> certificate(Tenant tenant, String erasureId) {
        return done(
                erasureId,
                transactions.mono(tenant, () -> repository.certificate(tenant, IdKind.ERASURE.get(erasureId))));
    }

    /** The same for whoever has asked for the erasure of their own data. */
    Mono<ErasureRepository.Certificate> certificateOfRequest(Caller caller, String erasureId) {
        return done(
                erasureId,
                transactions.mono(
                        Tenant.account(caller.accountId()),
                        () -> repository.certificateOfRequest(caller.accountId(), IdKind.ERASURE.get(erasureId))));
    }

    private static Mono<ErasureRepository.Certificate> done(
            String erasureId, Mono<ErasureRepository.Certificate> found) {
        return found.switchIfEmpty(Mono.error(() -> IdKind.ERASURE.notFound(erasureId)))
                .doOnNext(certificate -> {
                    if (certificate.text() == null) {
                        throw new Problem(ProblemCode.CONFLICT, "The erasure is still going on. Ask again soon.");
                    }
                });
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> more) {
        Map<String, Long> all = new TreeMap<>(some);
        more.forEach((what, count) -> all.merge(what, count, Long::sum));
        return all;
    }
}
