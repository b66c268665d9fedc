package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.kernel.YesNo;
import ai.recruit.storage.Blobs;
import ai.recruit.storage.Incoming;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes in many resumes as one batch. Files stream to the storage one by one; all rows are written in one transaction at
 * the end, so a batch exists as a whole or not at all. A file whose bytes the account has sent before, or twice in the
 * batch, points to the resume that there is already and counts as completed.
 */
@Service
class BatchIntake {

    private static final String SOURCE = "bulk_upload";
    private static final Duration EXPANDING = Duration.ofSeconds(120);
    private static final int FILES_AT_ONCE = 8;

    private final Blobs blobs;
    private final ResumeRepository resumes;
    private final BatchRepository batches;
    private final TenantTransactions transactions;
    private final Events events;
    private final BlockingBridge bridge;
    private final ResumeProperties properties;
    private final Archives archives;
    private final Clock clock;

    BatchIntake(
            Blobs blobs,
            ResumeRepository resumes,
            BatchRepository batches,
            TenantTransactions transactions,
            Events events,
            BlockingBridge bridge,
            ResumeProperties properties,
            Clock clock) {
        this.blobs = blobs;
        this.resumes = resumes;
        this.batches = batches;
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

    record Taken(UUID id, List<Batch.Item> items) {}

    Mono<Taken> take(Caller caller, Flux<PartEvent> parts, boolean forced) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new Arrival(Reception.ofMany(blobs, properties))),
                arrival -> arrival.reception.receive(parts).then(Mono.defer(() -> take(caller, arrival, forced))),
                Arrival::discard,
                (arrival, failure) -> arrival.discard(),
                Arrival::discard);
    }

    private Mono<Taken> take(Caller caller, Arrival arrival, boolean forced) {
        boolean force =
                forced || YesNo.isYes("force", arrival.reception.fields().get("force"));
        return expand(arrival).flatMap(files -> store(caller.accountId(), files, force));
    }

    /** All files, with those of archives in the place of the archive. */
    private Mono<List<ArrivedFile>> expand(Arrival arrival) {
        List<ArrivedFile> files = new ArrayList<>();
        return Flux.fromIterable(arrival.reception.files())
                .concatMap(file -> file.isZip() ? expand(arrival, file, files) : Mono.just(List.of(file)))
                .doOnNext(files::addAll)
                .then(Mono.defer(() -> files.size() > Reception.MOST_FILES
                        ? Mono.error(
                                Problem.invalid("files", "send at most " + Reception.MOST_FILES + " files at once"))
                        : Mono.just(files)));
    }

    private Mono<List<ArrivedFile>> expand(Arrival arrival, ArrivedFile file, List<ArrivedFile> before) {
        int most = Reception.MOST_FILES - before.size();
        return bridge.documents(
                        () -> {
                            Archives.Kind kind = archives.kindOf(file.incoming().file());
                            if (kind == Archives.Kind.OTHER) {
                                file.refuse(ArrivedFile.unsupported());
                            } else if (kind != Archives.Kind.ARCHIVE) {
                                file.is(kind.type());
                            } else {
                                return archives.expand(file.incoming().file(), most, arrival.begun::add);
                            }
                            return List.of(file);
                        },
                        EXPANDING)
                .onErrorResume(Problem.class, problem -> {
                    if (problem.code() == ProblemCode.INVALID_REQUEST) {
                        return Mono.error(problem);
                    }
                    file.refuse(problem);
                    return Mono.just(List.of(file));
                });
    }

    private Mono<Taken> store(UUID owner, List<ArrivedFile> files, boolean force) {
        Plan plan = new Plan(files, force);
        return transactions
                .mono(Tenant.account(owner), () -> known(owner, plan.hashes(), force))
                .flatMap(known -> {
                    plan.settle(known, clock);
                    return Flux.fromIterable(plan.fresh.values())
                            .flatMap(fresh -> fresh.file.incoming().keep(fresh.resume.blobKey()), FILES_AT_ONCE)
                            .then(Mono.defer(
                                    () -> transactions.mono(Tenant.account(owner), () -> insert(owner, plan, force))))
                            .onErrorResume(failure -> unlessStored(owner, plan).then(Mono.error(failure)))
                            .flatMap(taken -> delete(plan.unneededKeys()).thenReturn(taken));
                });
    }

    private Mono<Map<String, UUID>> known(UUID owner, Collection<String> hashes, boolean force) {
        return force || hashes.isEmpty()
                ? Mono.just(Map.of())
                : resumes.withBytes(owner, hashes).collectMap(Resume::sha256, Resume::id);
    }

    private Mono<Taken> insert(UUID owner, Plan plan, boolean force) {
        UUID batchId = UuidV7.next(clock);
        List<NewResume> all = plan.resumes();
        int total = plan.files.size();
        // The batch comes first, since resumes refer to it; what it counts is known only after them.
        return batches.insert(owner, batchId, total, plan.accepted())
                .thenMany(Flux.defer(() ->
                        all.isEmpty() ? Flux.<UUID>empty() : resumes.insert(owner, batchId, null, force, SOURCE, all)))
                .collectList()
                .flatMap(inserted -> {
                    Set<UUID> ids = new HashSet<>(inserted);
                    List<NewResume> fresh = all.stream()
                            .filter(resume -> ids.contains(resume.id()))
                            .toList();
                    List<String> raced = all.stream()
                            .filter(resume -> !ids.contains(resume.id()))
                            .map(NewResume::sha256)
                            .toList();
                    return known(owner, raced, force).flatMap(known -> {
                        plan.lostTo(known, ids);
                        List<Batch.Item> items = plan.items();
                        int present = (int)
                                items.stream().filter(Batch.Item::duplicate).count();
                        return batches.insertItems(owner, batchId, items)
                                .then(Mono.defer(() ->
                                        fresh.isEmpty() ? Mono.empty() : resumes.insertJobs(owner, Lane.BULK, fresh)))
                                .then(Mono.defer(() -> batches.count(owner, batchId, present, 0)))
                                .flatMap(counted -> events.append(events(owner, batchId, fresh, counted)))
                                .thenReturn(new Taken(batchId, items));
                    });
                });
    }

    private static List<NewEvent> events(
            UUID owner, UUID batchId, List<NewResume> fresh, BatchRepository.Counted counted) {
        List<NewEvent> all = new ArrayList<>(fresh.size() * 2 + 2);
        for (NewResume resume : fresh) {
            all.add(ResumeEvents.progress(owner, resume.id(), batchId, Step.RECEIVED, State.QUEUED, resume.took()));
        }
        for (NewResume resume : fresh) {
            all.add(ResumeEvents.requested(resume.id(), Lane.BULK));
        }
        all.addAll(ResumeEvents.batch(owner, batchId, counted));
        return all;
    }

    /** A commit whose answer was lost may have happened: the files go only when there are surely no rows for them. */
    private Mono<Void> unlessStored(UUID owner, Plan plan) {
        List<UUID> ids = plan.resumes().stream().map(NewResume::id).toList();
        return transactions
                .mono(Tenant.account(owner), () -> resumes.count(owner, ids))
                .flatMap(stored -> stored == 0 ? delete(plan.keys()) : Mono.empty())
                .onErrorComplete();
    }

    private Mono<Void> delete(Collection<String> keys) {
        return Flux.fromIterable(keys).flatMap(blobs::delete, FILES_AT_ONCE).then();
    }

    /** What has been begun for one request, to be thrown away unless it has been kept. */
    private static final class Arrival {

        private final Reception reception;
        private final Queue<Incoming> begun = new ConcurrentLinkedQueue<>();

        Arrival(Reception reception) {
            this.reception = reception;
        }

        Mono<Void> discard() {
            return reception
                    .discard()
                    .then(Flux.defer(() -> Flux.fromIterable(begun))
                            .flatMap(incoming -> incoming.discard().onErrorComplete(), FILES_AT_ONCE)
                            .then());
        }
    }

    /** Which file becomes which resume. */
    private static final class Plan {

        private record Fresh(ArrivedFile file, NewResume resume) {}

        private final List<ArrivedFile> files;
        private final boolean force;
        /** By the position of the file. */
        private final Map<Integer, Fresh> fresh = new LinkedHashMap<>();

        private final Map<Integer, UUID> present = new HashMap<>();
        private final Set<String> unneeded = new HashSet<>();

        Plan(List<ArrivedFile> files, boolean force) {
            this.files = files;
            this.force = force;
        }

        Set<String> hashes() {
            Set<String> hashes = new HashSet<>();
            files.stream().filter(Plan::isTaken).forEach(file -> hashes.add(file.sha256()));
            return hashes;
        }

        private static boolean isTaken(ArrivedFile file) {
            return file.refusal() == null;
        }

        int accepted() {
            return (int) files.stream().filter(Plan::isTaken).count();
        }

        void settle(Map<String, UUID> known, Clock clock) {
            Map<String, UUID> seen = new HashMap<>(known);
            for (int i = 0; i < files.size(); i++) {
                ArrivedFile file = files.get(i);
                if (!isTaken(file)) {
                    continue;
                }
                UUID there = force ? null : seen.get(file.sha256());
                if (there != null) {
                    present.put(i, there);
                } else {
                    NewResume resume = file.asResume(clock);
                    fresh.put(i, new Fresh(file, resume));
                    seen.put(file.sha256(), resume.id());
                }
            }
        }

        List<NewResume> resumes() {
            return fresh.values().stream().map(Fresh::resume).toList();
        }

        List<String> keys() {
            return fresh.values().stream().map(made -> made.resume.blobKey()).toList();
        }

        Set<String> unneededKeys() {
            return unneeded;
        }

        /** Some of the files came in by another request while this one was being stored. */
        void lostTo(Map<String, UUID> known, Set<UUID> inserted) {
            Map<UUID, UUID> instead = new HashMap<>();
            fresh.forEach((position, made) -> {
                UUID there = known.get(made.resume.sha256());
                if (!inserted.contains(made.resume.id()) && there != null) {
                    present.put(position, there);
                    instead.put(made.resume.id(), there);
                    unneeded.add(made.resume.blobKey());
                }
            });
            present.replaceAll((position, id) -> instead.getOrDefault(id, id));
        }

        List<Batch.Item> items() {
            List<Batch.Item> items = new ArrayList<>(files.size());
            for (int i = 0; i < files.size(); i++) {
                ArrivedFile file = files.get(i);
                @Nullable Problem refusal = file.refusal();
                UUID there = present.get(i);
                Fresh made = fresh.get(i);
                UUID id = there != null ? there : made == null ? null : made.resume.id();
                items.add(new Batch.Item(
                        i,
                        file.filename(),
                        refusal == null ? id : null,
                        there != null,
                        null,
                        refusal == null ? null : refusal.code().name(),
                        refusal == null ? null : refusal.text()));
            }
            return items;
        }
    }
}
