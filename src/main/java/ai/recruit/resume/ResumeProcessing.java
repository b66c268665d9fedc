package ai.recruit.resume;

import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.NewEvent;
import ai.recruit.events.Work;
import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.matching.Matches;
import ai.recruit.parsing.DocumentText;
import ai.recruit.parsing.DocumentType;
import ai.recruit.parsing.Outcome;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.parsing.UnreadableDocument;
import ai.recruit.storage.Blobs;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Leads a resume through its stages. A worker claims the work under a lease that it renews while it works. What each
 * stage has done is stored with its progress in one transaction, which fails when the lease is lost, so whoever takes the
 * work over goes on behind the last stage and no stage has two effects.
 */
@Service
class ResumeProcessing {

    private static final Logger log = LoggerFactory.getLogger(ResumeProcessing.class);
    private static final int RENEWALS_A_LEASE = 3;

    private final ProcessingRepository jobs;
    private final ResumeRepository resumes;
    private final Candidates candidates;
    private final Matches matches;
    private final Blobs blobs;
    private final ResumeEngine engine;
    private final DocumentSlots slots;
    private final Finishing finishing;
    private final TenantTransactions transactions;
    private final Events events;
    private final Inbox inbox;
    private final BlockingBridge bridge;
    private final JsonMapper json;
    private final ResumeMetrics metrics;
    private final ResumeProperties properties;
    private final Clock clock;

    ResumeProcessing(
            ProcessingRepository jobs,
            ResumeRepository resumes,
            Candidates candidates,
            Matches matches,
            Blobs blobs,
            ResumeEngine engine,
            DocumentSlots slots,
            Finishing finishing,
            TenantTransactions transactions,
            Events events,
            Inbox inbox,
            BlockingBridge bridge,
            JsonMapper json,
            ResumeMetrics metrics,
            ResumeProperties properties,
            Clock clock) {
        this.jobs = jobs;
        this.resumes = resumes;
        this.candidates = candidates;
        this.matches = matches;
        this.blobs = blobs;
        this.engine = engine;
        this.slots = slots;
        this.finishing = finishing;
        this.transactions = transactions;
        this.events = events;
        this.inbox = inbox;
        this.bridge = bridge;
        this.json = json;
        this.metrics = metrics;
        this.properties = properties;
        this.clock = clock;
    }

    /** Does the work unless it is done, or somebody else is doing it. Fails only when the database does. */
    Mono<Void> process(Work work) {
        UUID resumeId = IdKind.RESUME.get(work.subject());
        UUID worker = UuidV7.next(clock);
        return transactions
                .mono(Tenant.system(), () -> jobs.claim(Tenant.system(), resumeId, worker, properties.attempts()))
                .flatMap(job -> Mono.usingWhen(
                        Mono.just(job),
                        claimed -> Mono.firstWithSignal(run(claimed, work), heartbeat(claimed)),
                        claimed -> Mono.empty(),
                        (claimed, failure) -> Mono.empty(),
                        this::handOver));
    }

    private Mono<Void> run(Job job, Work work) {
        return stages(job, work)
                .onErrorResume(UnreadableDocument.class, reason -> unreadable(job, work, reason))
                .onErrorResume(failure -> !(failure instanceof LeaseLost), failure -> failed(job, work, failure))
                .onErrorResume(LeaseLost.class, lost -> {
                    log.info("Attempt {} at {} was taken over", job.attempt(), name(job));
                    return Mono.empty();
                });
    }

    private Mono<Void> stages(Job job, Work work) {
        return candidate(job)
                .flatMap(candidateId -> match(job, candidateId).thenReturn(candidateId))
                .flatMap(candidateId -> complete(job, work, candidateId));
    }

    // Stages

    private Mono<UUID> candidate(Job job) {
        UUID found = job.candidateId();
        if (job.stage() >= Step.CANDIDATE_UPDATED.stage() && found != null) {
            return Mono.just(found);
        }
        return parsed(job).flatMap(resume -> {
            long began = System.nanoTime();
            return inStage(
                    job,
                    Step.CANDIDATE_UPDATED,
                    () -> candidates
                            .store(
                                    job.ownerId(),
                                    job.namedCandidateId(),
                                    Profiles.of(job.resumeId(), job.source(), resume, json))
                            .flatMap(stored -> {
                                Step step = stored.created() ? Step.CANDIDATE_CREATED : Step.CANDIDATE_UPDATED;
                                return resumes.setCandidate(job.ownerId(), job.resumeId(), stored.id())
                                        .then(Mono.defer(() -> advance(job, step, since(began))))
                                        .thenReturn(stored.id());
                            }),
                    () -> resumes.find(Tenant.account(job.ownerId()), job.resumeId())
                            .mapNotNull(Resume::candidateId));
        });
    }

    private Mono<ParsedResume> parsed(Job job) {
        if (job.stage() >= Step.FIELDS_EXTRACTED.stage()) {
            Tenant tenant = Tenant.account(job.ownerId());
            return transactions
                    .mono(tenant, () -> resumes.findData(tenant, job.resumeId()))
                    .map(document -> json.readValue(document, ParsedResume.class));
        }
        return slots.in(
                job.lane(),
                Mono.defer(() -> checked(job))
                        .flatMap(document -> text(job, document))
                        .flatMap(text -> fields(job, text)));
    }

    private Mono<byte[]> checked(Job job) {
        long began = System.nanoTime();
        int most = (int) Math.min(properties.maxFileSize().toBytes(), Integer.MAX_VALUE - 8);
        return blobs.bytes(job.blobKey(), Math.max(most, (int) job.size()))
                .flatMap(document -> bridge.documents(() -> check(job, document), properties.parseTime()))
                .flatMap(document ->
                        step(job, Step.CHECKED, since(began), Mono::empty).thenReturn(document));
    }

    private static byte[] check(Job job, byte[] document) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        if (document.length != job.size() || !sha256.equals(job.sha256())) {
            throw new IllegalStateException("The stored file is not the one that was received");
        }
        if (!DocumentType.sniff(document, document.length).acceptable()) {
            throw new UnreadableDocument(Outcome.UNSUPPORTED_TYPE);
        }
        return document;
    }

    private Mono<DocumentText> text(Job job, byte[] document) {
        long began = System.nanoTime();
        return engine.text(document)
                .flatMap(text -> step(job, Step.TEXT_EXTRACTED, since(began), Mono::empty)
                        .thenReturn(text));
    }

    private Mono<ParsedResume> fields(Job job, DocumentText text) {
        long began = System.nanoTime();
        LocalDate asOf = LocalDate.ofInstant(job.receivedAt(), ZoneOffset.UTC);
        return engine.fields(text, asOf)
                .flatMap(resume -> step(
                                job,
                                Step.FIELDS_EXTRACTED,
                                since(began),
                                () -> resumes.saveData(
                                        job.ownerId(),
                                        job.resumeId(),
                                        json.writeValueAsString(resume),
                                        resume.confidence(),
                                        resume.asOf(),
                                        resume.engine()))
                        .thenReturn(resume));
    }

    private Mono<Void> match(Job job, UUID candidateId) {
        if (job.stage() >= Step.MATCHED.stage()) {
            return Mono.empty();
        }
        long began = System.nanoTime();
        return matches.matchCandidate(job.ownerId(), candidateId)
                .then(Mono.defer(() -> step(job, Step.MATCHED, since(began), Mono::empty)));
    }

    private Mono<Void> complete(Job job, Work work, UUID candidateId) {
        long began = System.nanoTime();
        return inStage(
                        job,
                        Step.COMPLETED,
                        () -> jobs.complete(job)
                                .then(Mono.defer(() -> finishing.completed(
                                        job, progress(job, Step.COMPLETED, since(began)), candidateId)))
                                .then(Mono.defer(() -> inbox.record(work))),
                        Mono::empty)
                .then();
    }

    // Transactions

    /** A stage of which only its progress and the given effect are stored. */
    private Mono<Void> step(Job job, Step step, Duration took, Supplier<Mono<Void>> effect) {
        if (job.stage() >= step.stage()) {
            return Mono.empty();
        }
        return inStage(job, step, () -> effect.get().then(Mono.defer(() -> advance(job, step, took))), Mono::empty)
                .then();
    }

    private Mono<Boolean> advance(Job job, Step step, Duration took) {
        return jobs.advance(job, step)
                .then(Mono.defer(() -> events.append(progress(job, step, took))))
                .doOnSuccess(done -> metrics.stage(step, took))
                .thenReturn(true);
    }

    private static NewEvent progress(Job job, Step step, Duration took) {
        return ResumeEvents.progress(
                job.ownerId(),
                job.resumeId(),
                job.batchId(),
                step,
                step == Step.COMPLETED ? State.COMPLETED : State.PROCESSING,
                took);
    }

    /**
     * Runs a stage's effect in one transaction under the claim. A commit may succeed although its answer is lost; then
     * the stage is found done and is not done twice.
     *
     * @param done what the effect would have given, when the stage is found done
     */
    private <T> Mono<T> inStage(Job job, Step step, Supplier<Mono<T>> effect, Supplier<Mono<T>> done) {
        return transactions
                .mono(
                        Tenant.account(job.ownerId()),
                        () -> jobs.lock(job)
                                .switchIfEmpty(Mono.error(LeaseLost::new))
                                .flatMap(progress -> progress.stage() >= step.stage()
                                        ? done.get()
                                        : progress.state() == State.PROCESSING
                                                ? effect.get()
                                                : Mono.error(new LeaseLost())))
                .retryWhen(Outages.shortly());
    }

    /** Renews the lease, and completes when it is lost, which ends the work. */
    private Mono<Void> heartbeat(Job job) {
        return Flux.interval(properties.lease().dividedBy(RENEWALS_A_LEASE))
                .onBackpressureDrop()
                .concatMap(
                        tick -> transactions
                                .mono(Tenant.account(job.ownerId()), () -> jobs.renew(job))
                                // What cannot be renewed now may be at the next beat.
                                .onErrorReturn(true),
                        1)
                .filter(held -> !held)
                .next()
                .then();
    }

    // Outcomes

    private Mono<Void> unreadable(Job job, Work work, UnreadableDocument reason) {
        Outcome outcome = reason.outcome();
        log.info("{} is unreadable: {}", name(job), outcome.word());
        return fail(job, work, outcome.word(), outcome.sentence());
    }

    private Mono<Void> failed(Job job, Work work, Throwable failure) {
        // Messages of exceptions may quote the document: the log gets the kind and the place of the fault alone.
        log.warn("Attempt {} at {} failed: {}", job.attempt(), name(job), Faults.describe(failure));
        // A server that was away says nothing about the resume.
        boolean counted = !Outages.isOutage(failure);
        if (counted && job.attempt() >= properties.attempts()) {
            return fail(job, work, Finishing.PROCESSING_FAILED, Finishing.givenUp(job.attempt()));
        }
        return transactions
                .mono(
                        Tenant.account(job.ownerId()),
                        () -> jobs.giveBack(job, properties.retryPause().multipliedBy(job.attempt()), counted))
                .then();
    }

    private Mono<Void> fail(Job job, Work work, String code, String message) {
        return transactions
                .mono(
                        Tenant.account(job.ownerId()),
                        () -> jobs.fail(job, code, message)
                                .flatMap(held -> held
                                        ? finishing
                                                .failed(job, job.candidateId(), code, message)
                                                .then(Mono.defer(() -> inbox.record(work)))
                                        : Mono.just(false)))
                .retryWhen(Outages.shortly())
                .then();
    }

    /** The node stops: another one may begin at once, and this attempt was none. */
    private Mono<Void> handOver(Job job) {
        return transactions
                .mono(Tenant.account(job.ownerId()), () -> jobs.giveBack(job, Duration.ZERO, false))
                .then();
    }

    private static String name(Job job) {
        return IdKind.RESUME.format(job.resumeId());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
