package ai.recruit.resume;

import ai.recruit.events.Inbox;
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
import ai.recruit.tenancy.GroupCommit;
import ai.recruit.tenancy.Outages;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private static final int MATCHED_AT_ONCE = 32;
    private static final int CLAIMED_A_SLOT = 4;

    private final Stages stages;
    private final ProcessingRepository jobs;
    private final ResumeRepository resumes;
    private final Blobs blobs;
    private final ResumeEngine engine;
    private final DocumentSlots slots;
    /** What is claimed and not read yet: a crash costs each of these an attempt, so they are few. */
    private final DocumentSlots claimed;

    private final Finishing finishing;
    private final TenantTransactions transactions;
    private final Inbox inbox;
    private final BlockingBridge bridge;
    private final JsonMapper json;
    private final ResumeProperties properties;
    private final Clock clock;
    private final GroupCommit<UUID, Candidacy, Boolean> matching;

    private record Candidacy(UUID ownerId, UUID candidateId) {}

    ResumeProcessing(
            Stages stages,
            ProcessingRepository jobs,
            ResumeRepository resumes,
            Matches matches,
            Blobs blobs,
            ResumeEngine engine,
            DocumentSlots slots,
            Finishing finishing,
            TenantTransactions transactions,
            Inbox inbox,
            BlockingBridge bridge,
            JsonMapper json,
            ResumeProperties properties,
            Clock clock) {
        this.stages = stages;
        this.jobs = jobs;
        this.resumes = resumes;
        this.blobs = blobs;
        this.engine = engine;
        this.slots = slots;
        this.claimed = new DocumentSlots(CLAIMED_A_SLOT * properties.documentsAtOnce());
        this.finishing = finishing;
        this.transactions = transactions;
        this.inbox = inbox;
        this.bridge = bridge;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
        this.matching = new GroupCommit<>(
                MATCHED_AT_ONCE,
                Candidacy::ownerId,
                (owner, candidates) -> matches.matchCandidates(
                                owner,
                                candidates.stream().map(Candidacy::candidateId).collect(Collectors.toSet()))
                        .thenReturn(candidates.stream().map(candidate -> true).toList()));
    }

    /** Does the work unless it is done, or somebody else is doing it. Fails only when the database does. */
    Mono<Void> process(Lane lane, Work work) {
        return Mono.defer(() -> {
            DocumentSlots.Turn turn = claimed.turn(lane);
            return turn.come().then(Mono.defer(() -> process(work, turn))).doFinally(signal -> turn.leave());
        });
    }

    private Mono<Void> process(Work work, DocumentSlots.Turn turn) {
        UUID resumeId = IdKind.RESUME.get(work.subject());
        UUID worker = UuidV7.next(clock);
        return stages.claim(resumeId, worker)
                .flatMap(job -> Mono.usingWhen(
                        Mono.just(new Attempt(job, work, turn)),
                        attempt -> Mono.firstWithSignal(attempt.run(), heartbeat(job)),
                        attempt -> Mono.empty(),
                        (attempt, failure) -> Mono.empty(),
                        attempt -> stages.handOver(job)));
    }

    /** One worker's way through the stages of one resume. */
    private final class Attempt {

        private final Job job;
        private final Work work;
        private final DocumentSlots.Turn turn;
        /** Stages that have been handed over to be written. */
        private final List<Mono<Boolean>> written = new ArrayList<>();

        Attempt(Job job, Work work, DocumentSlots.Turn turn) {
            this.job = job;
            this.work = work;
            this.turn = turn;
        }

        Mono<Void> run() {
            return candidate()
                    .flatMap(this::matchAndEnd)
                    .onErrorResume(UnreadableDocument.class, reason -> unreadable(job, work, reason))
                    .onErrorResume(failure -> !(failure instanceof LeaseLost), failure -> failed(job, work, failure))
                    .onErrorResume(LeaseLost.class, lost -> {
                        log.info("Attempt {} at {} was taken over", job.attempt(), name(job));
                        return Mono.empty();
                    });
        }

        private Mono<UUID> candidate() {
            UUID found = job.candidateId();
            if (job.stage() >= Step.CANDIDATE_UPDATED.stage() && found != null) {
                return Mono.just(found);
            }
            return parsed().doFinally(signal -> turn.leave())
                    .flatMap(resume -> stages.found(job, Profiles.of(job, resume, json)));
        }

        private Mono<ParsedResume> parsed() {
            if (job.stage() >= Step.FIELDS_EXTRACTED.stage()) {
                Tenant tenant = Tenant.account(job.ownerId());
                return transactions
                        .mono(tenant, () -> resumes.findData(tenant, job.resumeId()))
                        .map(document -> json.readValue(document, ParsedResume.class));
            }
            return slots.in(
                            job.lane(),
                            Mono.defer(this::checked).flatMap(this::text).flatMap(this::fields))
                    .onErrorResume(failure -> settled().then(Mono.error(failure)))
                    .flatMap(resume -> settled().thenReturn(resume));
        }

        private Mono<byte[]> checked() {
            long began = System.nanoTime();
            return blobs.bytes(job.blobKey(), (int) Math.min(job.size(), Integer.MAX_VALUE - 8))
                    .flatMap(document -> bridge.documents(() -> check(job, document), properties.parseTime()))
                    .doOnNext(document -> reached(Step.CHECKED, began, null));
        }

        private Mono<DocumentText> text(byte[] document) {
            long began = System.nanoTime();
            return engine.text(document).doOnNext(text -> reached(Step.TEXT_EXTRACTED, began, null));
        }

        private Mono<ParsedResume> fields(DocumentText text) {
            long began = System.nanoTime();
            LocalDate asOf = LocalDate.ofInstant(job.receivedAt(), ZoneOffset.UTC);
            return engine.fields(text, asOf)
                    .doOnNext(resume -> reached(
                            Step.FIELDS_EXTRACTED,
                            began,
                            new ResumeRepository.NewData(
                                    job.resumeId(),
                                    json.writeValueAsString(resume),
                                    resume.confidence(),
                                    resume.asOf(),
                                    resume.engine())));
        }

        private void reached(Step step, long began, ResumeRepository.@Nullable NewData data) {
            if (job.stage() < step.stage()) {
                written.add(stages.reached(job, step, since(began), data));
            }
        }

        /** All stages that were handed over are written, and the claim held. */
        private Mono<Void> settled() {
            return Flux.fromIterable(written)
                    .concatMap(held -> held)
                    .concatMap(held -> held ? Mono.empty() : Mono.error(new LeaseLost()))
                    .then();
        }

        private Mono<Void> matchAndEnd(UUID candidateId) {
            long began = System.nanoTime();
            Mono<Boolean> matched = job.stage() >= Step.MATCHED.stage()
                    ? Mono.just(true)
                    : matching.submit(new Candidacy(job.ownerId(), candidateId));
            return matched.then(Mono.defer(() -> stages.ended(job, work, candidateId, since(began))));
        }
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

    private static String name(Job job) {
        return IdKind.RESUME.format(job.resumeId());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
