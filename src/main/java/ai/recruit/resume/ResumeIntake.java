package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.YesNo;
import ai.recruit.storage.Blobs;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes in one resume. */
@Service
class ResumeIntake {

    private static final String SOURCE = "resume_upload";

    private final Blobs blobs;
    private final ResumeRepository resumes;
    private final RemoteFiles remote;
    private final Candidates candidates;
    private final TenantTransactions transactions;
    private final Events events;
    private final BlockingBridge bridge;
    private final ResumeProperties properties;
    private final Archives archives;
    private final Clock clock;

    ResumeIntake(
            Blobs blobs,
            ResumeRepository resumes,
            RemoteFiles remote,
            Candidates candidates,
            TenantTransactions transactions,
            Events events,
            BlockingBridge bridge,
            ResumeProperties properties,
            Clock clock) {
        this.blobs = blobs;
        this.resumes = resumes;
        this.remote = remote;
        this.candidates = candidates;
        this.transactions = transactions;
        this.events = events;
        this.bridge = bridge;
        this.properties = properties;
        this.archives = new Archives(
                blobs,
                properties.maxFileSize().toBytes(),
                properties.maxExpandedSize().toBytes());
        this.clock = clock;
    }

    /** @param duplicate whether the same bytes had been taken in before, so that nothing was done */
    record Taken(Resume resume, boolean duplicate) {}

    /** @param length of the request as it states it, or less than 0 */
    Mono<Taken> take(Caller caller, Flux<PartEvent> parts, long length, boolean forced) {
        Reception.check(length, properties);
        return take(caller, parts, Mono.fromSupplier(() -> Reception.ofOne(blobs, properties)), forced);
    }

    /** Takes in the file of a form, whatever its part is called. */
    Mono<Taken> takeAnyPart(Caller caller, Flux<PartEvent> parts, long length) {
        Reception.check(length, properties);
        return take(caller, parts, Mono.fromSupplier(() -> Reception.ofAnyPart(blobs, properties)), false);
    }

    /** Takes in a file from a public address. */
    Mono<Taken> fetch(UUID owner, URI address, @Nullable String candidateId) {
        return named(owner, candidateId)
                .flatMap(candidate -> Mono.usingWhen(
                        Mono.fromSupplier(() -> remote.begin(address)),
                        file -> remote.fetch(address, file)
                                .then(Mono.defer(() -> take(owner, file, candidate.orElse(null), false))),
                        file -> file.incoming().discard().onErrorComplete(),
                        (file, failure) -> file.incoming().discard().onErrorComplete(),
                        file -> file.incoming().discard().onErrorComplete()));
    }

    private Mono<Taken> take(Caller caller, Flux<PartEvent> parts, Mono<Reception> begun, boolean forced) {
        return Mono.usingWhen(
                begun,
                reception -> reception.receive(parts).then(Mono.defer(() -> take(caller, reception, forced))),
                Reception::discard,
                (reception, failure) -> reception.discard(),
                Reception::discard);
    }

    private Mono<Taken> take(Caller caller, Reception reception, boolean forced) {
        boolean force = forced || YesNo.isYes("force", reception.fields().get("force"));
        ArrivedFile file = reception.files().get(0);
        UUID owner = caller.accountId();
        return named(owner, reception.fields().get("candidate_id"))
                .flatMap(candidateId -> take(owner, file, candidateId.orElse(null), force));
    }

    private Mono<Taken> take(UUID owner, ArrivedFile file, @Nullable UUID candidateId, boolean force) {
        return check(file)
                .then(Mono.defer(() -> force ? Mono.<Taken>empty() : existing(owner, file)))
                .switchIfEmpty(Mono.defer(() -> store(owner, file, candidateId, force)));
    }

    /** The candidate whom the uploader names must be one of their own. */
    private Mono<Optional<UUID>> named(UUID owner, @Nullable String candidateId) {
        if (candidateId == null) {
            return Mono.just(Optional.empty());
        }
        UUID id = IdKind.CANDIDATE.get(candidateId);
        return candidates
                .get(Tenant.account(owner), id)
                .filter(candidate -> candidate.access().own())
                .map(candidate -> Optional.of(candidate.id()))
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)));
    }

    private Mono<Void> check(ArrivedFile file) {
        if (!file.isZip()) {
            return Mono.empty();
        }
        return bridge.files(() -> archives.kindOf(file.incoming().file())).flatMap(kind -> {
            if (kind == Archives.Kind.ARCHIVE || kind == Archives.Kind.OTHER) {
                return Mono.error(ArrivedFile.unsupported());
            }
            file.is(kind.type());
            return Mono.empty();
        });
    }

    private Mono<Taken> existing(UUID owner, ArrivedFile file) {
        return transactions
                .mono(
                        Tenant.account(owner),
                        () -> resumes.withBytes(owner, List.of(file.sha256())).next())
                .map(resume -> new Taken(resume, true));
    }

    private Mono<Taken> store(UUID owner, ArrivedFile file, @Nullable UUID candidateId, boolean force) {
        NewResume resume = file.asResume(clock);
        return file.incoming()
                .keep(resume.blobKey())
                .then(Mono.defer(() ->
                        transactions.mono(Tenant.account(owner), () -> insert(owner, resume, candidateId, force))))
                .onErrorResume(failure -> unlessStored(owner, resume).then(Mono.error(failure)))
                // The same bytes came in by another request meanwhile.
                .switchIfEmpty(Mono.defer(
                        () -> blobs.delete(resume.blobKey()).then(Mono.defer(() -> existing(owner, file)))));
    }

    /** A commit whose answer was lost may have happened: the file goes only when there is surely no row for it. */
    private Mono<Void> unlessStored(UUID owner, NewResume resume) {
        return transactions
                .mono(Tenant.account(owner), () -> resumes.count(owner, List.of(resume.id())))
                .flatMap(stored -> stored == 0 ? blobs.delete(resume.blobKey()) : Mono.empty())
                .onErrorComplete();
    }

    private Mono<Taken> insert(UUID owner, NewResume resume, @Nullable UUID candidateId, boolean force) {
        List<NewResume> one = List.of(resume);
        return resumes.insert(owner, null, candidateId, force, SOURCE, one)
                .next()
                .flatMap(id -> resumes.insertJobs(owner, Lane.INTERACTIVE, one)
                        .then(Mono.defer(() -> events.append(List.of(
                                ResumeEvents.progress(owner, id, null, Step.RECEIVED, State.QUEUED, resume.took()),
                                ResumeEvents.requested(id, Lane.INTERACTIVE)))))
                        .then(Mono.defer(() -> resumes.find(Tenant.account(owner), id))))
                .map(stored -> new Taken(stored, false));
    }
}
