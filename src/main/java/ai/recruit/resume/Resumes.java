package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Resumes that are there: how they stand, what they say, and another try for those that failed. */
@Service
class Resumes {

    private final ResumeRepository resumes;
    private final Candidates candidates;
    private final ProcessingRepository jobs;
    private final BatchRepository batches;
    private final EnrichmentRepository enrichments;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final JsonMapper json;

    Resumes(
            ResumeRepository resumes,
            Candidates candidates,
            ProcessingRepository jobs,
            BatchRepository batches,
            EnrichmentRepository enrichments,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            JsonMapper json) {
        this.resumes = resumes;
        this.candidates = candidates;
        this.jobs = jobs;
        this.batches = batches;
        this.enrichments = enrichments;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.json = json;
    }

    /** One of the tenant's own, or of a candidate that is shared with them to download. */
    Mono<Resume> get(Tenant tenant, String publicId) {
        UUID id = IdKind.RESUME.get(publicId);
        return transactions
                .mono(tenant, () -> resumes.findReadable(tenant, id))
                .switchIfEmpty(Mono.error(() -> IdKind.RESUME.notFound(publicId)));
    }

    /** What was read out of a resume says how to reach the person, which a share may keep back. */
    private Mono<Resume> getWithContact(Tenant tenant, String publicId) {
        return get(tenant, publicId).delayUntil(resume -> {
            UUID candidate = resume.candidateId();
            return tenant.seesAll() || resume.ownerId().equals(tenant.accountId()) || candidate == null
                    ? Mono.empty()
                    : candidates
                            .get(tenant, candidate)
                            .filter(seen -> seen.access().contact())
                            .switchIfEmpty(Mono.error(() -> new Problem(
                                    ProblemCode.PERMISSION_DENIED,
                                    "This candidate is shared with you without contact information; read the"
                                            + " candidate instead")));
        });
    }

    /** @param explained whether each value comes with its evidence */
    Mono<ResumeAnswers.Data> data(Caller caller, String publicId, boolean explained) {
        Tenant tenant = caller.tenant();
        return getWithContact(tenant, publicId)
                .delayUntil(resume -> seen(caller, "resume.viewed", resume, Map.of()))
                .flatMap(resume -> resume.state() != State.COMPLETED
                        ? Mono.just(ResumeAnswers.Data.pending(resume))
                        : transactions.mono(
                                tenant,
                                () -> parsed(tenant, resume.id())
                                        .map(parsed -> ResumeAnswers.Data.of(resume, parsed, explained))
                                        .flatMap(data -> enrichments
                                                .find(tenant, resume.id())
                                                .map(data::with)
                                                .defaultIfEmpty(data))))
                .switchIfEmpty(Mono.error(() -> IdKind.RESUME.notFound(publicId)));
    }

    private Mono<ParsedResume> parsed(Tenant tenant, UUID id) {
        return resumes.findData(tenant, id).map(document -> json.readValue(document, ParsedResume.class));
    }

    /** The parsed data of a completed resume, for other programs. */
    Mono<JsonResume> export(Caller caller, String publicId) {
        Tenant tenant = caller.tenant();
        return getWithContact(tenant, publicId)
                .delayUntil(resume -> resume.state() == State.COMPLETED
                        ? seen(caller, "resume.exported", resume, Map.of("format", "json_resume"))
                        : Mono.empty())
                .flatMap(resume -> resume.state() != State.COMPLETED
                        ? Mono.error(new Problem(
                                ProblemCode.CONFLICT,
                                "Only a completed resume can be exported; this one is "
                                        + resume.state().word()))
                        : transactions.mono(
                                tenant,
                                () -> parsed(tenant, resume.id())
                                        .map(parsed -> JsonResume.of(parsed, resume.updatedAt()))))
                .switchIfEmpty(Mono.error(() -> IdKind.RESUME.notFound(publicId)));
    }

    /** Begins again with a resume that has failed. Its batch, once completed, stays completed. */
    Mono<Resume> retry(Tenant tenant, String publicId) {
        UUID id = IdKind.RESUME.get(publicId);
        return transactions
                .mono(
                        tenant,
                        () -> resumes.find(tenant, id)
                                .flatMap(resume -> jobs.retry(tenant, id)
                                        .flatMap(begun -> begun
                                                ? again(resume).then(Mono.defer(() -> resumes.find(tenant, id)))
                                                : Mono.error(new Problem(
                                                        ProblemCode.CONFLICT,
                                                        "Only a failed resume can be retried; this one is "
                                                                + resume.state().word())))))
                .switchIfEmpty(Mono.error(() -> IdKind.RESUME.notFound(publicId)));
    }

    private Mono<Void> again(Resume resume) {
        UUID batchId = resume.batchId();
        List<NewEvent> asked = new ArrayList<>();
        asked.add(ResumeEvents.progress(
                resume.ownerId(), resume.id(), batchId, Step.RECEIVED, State.QUEUED, Duration.ZERO));
        asked.add(ResumeEvents.requested(resume.id(), Lane.INTERACTIVE));
        Mono<Void> counted = batchId == null
                ? Mono.empty()
                : batches.count(resume.ownerId(), batchId, 0, -1)
                        .flatMap(count -> events.append(ResumeEvents.batch(resume.ownerId(), batchId, count)));
        return events.append(asked).then(counted);
    }

    /** Records that somebody has taken the file. */
    Mono<Void> downloaded(Caller caller, Resume resume) {
        return seen(caller, "resume.downloaded", resume, Map.of());
    }

    private Mono<Void> seen(Caller caller, String action, Resume resume, Map<String, ?> details) {
        UUID candidate = resume.candidateId();
        return audits.recordRead(AuditEntry.by(caller, action, IdKind.RESUME.format(resume.id()), resume.ownerId())
                .under(candidate == null ? null : IdKind.CANDIDATE.format(candidate))
                .with(details));
    }

    Mono<ResumeAnswers.BatchStatus> batch(Tenant tenant, String publicId) {
        UUID id = IdKind.BATCH.get(publicId);
        return transactions
                .mono(
                        tenant,
                        () -> batches.find(tenant, id)
                                .flatMap(batch -> batches.items(tenant, id)
                                        .collectList()
                                        .map(items -> ResumeAnswers.BatchStatus.of(batch, items))))
                .switchIfEmpty(Mono.error(() -> IdKind.BATCH.notFound(publicId)));
    }
}
