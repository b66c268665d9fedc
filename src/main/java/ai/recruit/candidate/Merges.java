package ai.recruit.candidate;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Two candidates who are one person become one, and two again. Both rows stay; notes, resumes and moves stay with the one
 * that they were written for and are read through the survivor.
 */
@Component
class Merges {

    private static final RowList MERGES = new RowList(
                    "merges",
                    IdKind.MERGE,
                    "g.*",
                    "candidate_merges g",
                    """
                    public_id('merge', r.id) as id, public_id('cand', r.survivor_id) as survivor_id,
                    public_id('cand', r.merged_id) as merged_id, r.taken, r.added_tags,
                    public_id('usr', r.merged_by) as merged_by, public_time(r.merged_at) as merged_at,
                    case when r.undone_by is not null then public_id('usr', r.undone_by) end as undone_by,
                    public_time(r.undone_at) as undone_at""",
                    List.of(new RowList.Key("g.id", RowList.KeyType.ID)),
                    List.of(),
                    Set.of(),
                    RowList.Tail.of(Set.of(), Set.of()))
            .where("(:all or g.owner_id = :owner)");

    private final CandidateRepository candidates;
    private final MergeRepository merges;
    private final TenantTransactions transactions;
    private final Events events;
    private final Audits audits;
    private final Clock clock;

    Merges(
            CandidateRepository candidates,
            MergeRepository merges,
            TenantTransactions transactions,
            Events events,
            Audits audits,
            Clock clock) {
        this.candidates = candidates;
        this.merges = merges;
        this.transactions = transactions;
        this.events = events;
        this.audits = audits;
        this.clock = clock;
    }

    /** The merges into a candidate and into those who are merged into them, also those that were taken back. */
    static RowList of(UUID candidateId) {
        return MERGES.where("g.survivor_id = any (candidate_group(:candidate))", "candidate", candidateId);
    }

    /** What has been done, and how the survivor is now. */
    record Merged(UUID mergeId, Candidate survivor) {}

    /**
     * Makes two candidates one.
     *
     * @throws Problem {@link ProblemCode#CONFLICT} when they are one already
     */
    Mono<Merged> merge(Caller caller, String survivorId, NewMerge request) {
        return Mono.defer(() -> {
            UUID survivor = IdKind.CANDIDATE.get(survivorId);
            UUID merged = request.checked();
            return transactions.mono(
                    caller.tenant(),
                    () -> own(caller, survivor, survivorId)
                            .zipWith(own(caller, merged, IdKind.CANDIDATE.format(merged))
                                    .onErrorMap(
                                            problem -> problem instanceof Problem missing
                                                    && missing.code() == ProblemCode.RESOURCE_NOT_FOUND,
                                            missing -> Problem.invalid("merged_id", "does not exist")))
                            .flatMap(both -> merge(caller, both.getT1(), both.getT2(), request)));
        });
    }

    private Mono<Candidate> own(Caller caller, UUID id, String publicId) {
        return candidates
                .find(caller.tenant(), id)
                .doOnNext(Candidate::requireOwn)
                .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(publicId)));
    }

    private Mono<Merged> merge(Caller caller, Candidate survivor, Candidate merged, NewMerge request) {
        UUID owner = survivor.ownerId();
        if (survivor.id().equals(merged.id())) {
            return Mono.error(new Problem(ProblemCode.CONFLICT, "They are one candidate already"));
        }
        if (!owner.equals(merged.ownerId())) {
            return Mono.error(Problem.invalid("merged_id", "belongs to another recruiter"));
        }
        UUID id = UuidV7.next(clock);
        List<UUID> both = List.of(survivor.id(), merged.id());
        return merges.begin()
                .then(Mono.defer(() -> candidates.lock(keys(owner, survivor, merged))))
                .then(Mono.defer(() -> merges.lock(owner, survivor.id(), merged.id())))
                .then(Mono.defer(() -> merges.profiles(owner, both)))
                .flatMap(profiles -> {
                    MergeRepository.Profile over = Objects.requireNonNull(profiles.get(survivor.id()));
                    MergeRepository.Profile under = Objects.requireNonNull(profiles.get(merged.id()));
                    if (over.mergedInto() != null || under.mergedInto() != null) {
                        // Another request came first.
                        return Mono.error(new Problem(
                                ProblemCode.CONFLICT, "One of them has been merged meanwhile; read them again"));
                    }
                    List<String> taken = request.taken(over.fields(), under.fields());
                    return merges.tags(owner, both)
                            .flatMap(tags -> merges.addBase(owner, survivor.id())
                                    .then(Mono.defer(
                                            () -> add(caller, owner, id, survivor.id(), merged.id(), taken, tags)))
                                    .then(Mono.defer(() -> merges.lead(owner, merged.id(), survivor.id())))
                                    .then(Mono.defer(() -> merges.count(owner, survivor.id(), 1)))
                                    .thenMany(Flux.defer(() -> compute(owner, survivor.id())))
                                    .collectList());
                })
                .flatMap(changed ->
                        told(caller, CandidateEvents.MERGED, owner, id, changed, merged.id(), CandidateEvents.REMOVED))
                .then(Mono.defer(() -> candidates.find(caller.tenant(), survivor.id())))
                .map(now -> new Merged(id, now));
    }

    private Mono<Void> add(
            Caller caller,
            UUID owner,
            UUID id,
            UUID survivor,
            UUID merged,
            List<String> taken,
            Map<UUID, List<String>> tags) {
        List<String> present = tags.getOrDefault(survivor, List.of());
        Map<String, String> all = new LinkedHashMap<>();
        present.forEach(tag -> all.put(tag.toLowerCase(Locale.ROOT), tag));
        List<String> added = new ArrayList<>();
        for (String tag : tags.getOrDefault(merged, List.of())) {
            if (all.putIfAbsent(tag.toLowerCase(Locale.ROOT), tag) == null) {
                added.add(tag);
            }
        }
        return merges.add(owner, id, survivor, merged, taken, added, caller.accountId())
                .then(Mono.defer(() -> added.isEmpty()
                        ? Mono.<Void>empty()
                        : merges.setTags(owner, survivor, List.copyOf(all.values()))));
    }

    /**
     * Takes a merge back. Whatever has been changed since stays with the survivor.
     *
     * @throws Problem {@link ProblemCode#CONFLICT} when it has been taken back already
     */
    Mono<Merged> undo(Caller caller, String mergeId) {
        return Mono.defer(() -> {
            UUID id = IdKind.MERGE.get(mergeId);
            return transactions.mono(
                    caller.tenant(),
                    () -> merges.owner(caller.tenant(), id)
                            .switchIfEmpty(Mono.error(() -> IdKind.MERGE.notFound(mergeId)))
                            .flatMap(owner -> undo(caller, owner, id)));
        });
    }

    private Mono<Merged> undo(Caller caller, UUID owner, UUID id) {
        return merges.begin()
                .then(Mono.defer(() -> merges.find(owner, id)))
                .flatMap(merge -> merges.lock(owner, merge.survivorId(), merge.mergedId()))
                // Read again: what was read before the lock may be of yesterday.
                .then(Mono.defer(() -> merges.find(owner, id)))
                .flatMap(merge -> {
                    if (merge.undone()) {
                        return Mono.error(new Problem(ProblemCode.CONFLICT, "This merge has been taken back already"));
                    }
                    UUID survivor = merge.survivorId();
                    UUID merged = merge.mergedId();
                    return merges.undo(owner, id, caller.accountId())
                            .then(Mono.defer(() -> merges.lead(owner, merged, null)))
                            .then(Mono.defer(() -> merges.count(owner, survivor, -1)))
                            .thenMany(Flux.defer(() -> compute(owner, survivor)))
                            .collectList()
                            .flatMap(changed -> takeTagsBack(owner, merge)
                                    .then(Mono.defer(() -> told(
                                            caller,
                                            CandidateEvents.UNMERGED,
                                            owner,
                                            id,
                                            changed,
                                            merged,
                                            CandidateEvents.UPDATED))))
                            .then(Mono.defer(() -> candidates.find(caller.tenant(), survivor)))
                            .map(now -> new Merged(id, now));
                });
    }

    /** Computes a survivor anew, and those whom they are merged into; gives back all of them, the survivor first. */
    private Flux<UUID> compute(UUID owner, UUID candidateId) {
        return merges.layers(owner, candidateId).flatMapMany(layers -> {
            List<UUID> ids = new ArrayList<>();
            layers.forEach(layer -> {
                UUID merged = layer.mergedId();
                if (merged != null) {
                    ids.add(merged);
                }
            });
            ids.add(candidateId);
            return merges.profiles(owner, ids).flatMapMany(profiles -> {
                Map<UUID, JsonNode> fields = new LinkedHashMap<>();
                profiles.forEach((id, profile) -> fields.put(id, profile.fields()));
                MergeRepository.Profile now = Objects.requireNonNull(profiles.get(candidateId));
                return merges.write(owner, candidateId, ProfileLayers.fold(layers, fields))
                        .then(Mono.defer(
                                () -> now.merges() == 0 ? merges.removeLayers(owner, candidateId) : Mono.<Void>empty()))
                        .thenMany(Flux.defer(() -> above(owner, now.mergedInto())))
                        .startWith(candidateId);
            });
        });
    }

    private Flux<UUID> above(UUID owner, @Nullable UUID candidateId) {
        return candidateId == null ? Flux.empty() : compute(owner, candidateId);
    }

    /** Tags that came with the merged one go with them, unless somebody else who is merged has them too. */
    private Mono<Void> takeTagsBack(UUID owner, MergeRepository.Merge merge) {
        return merge.addedTags().isEmpty()
                ? Mono.empty()
                : merges.layers(owner, merge.survivorId()).flatMap(layers -> {
                    List<UUID> others = new ArrayList<>();
                    layers.forEach(layer -> {
                        UUID other = layer.mergedId();
                        if (other != null) {
                            others.add(other);
                        }
                    });
                    List<UUID> all = new ArrayList<>(others);
                    all.add(merge.survivorId());
                    return merges.tags(owner, all).flatMap(tags -> {
                        Set<String> kept = new LinkedHashSet<>();
                        others.forEach(other -> tags.getOrDefault(other, List.of())
                                .forEach(tag -> kept.add(tag.toLowerCase(Locale.ROOT))));
                        Set<String> gone = new LinkedHashSet<>();
                        merge.addedTags().stream()
                                .map(tag -> tag.toLowerCase(Locale.ROOT))
                                .filter(tag -> !kept.contains(tag))
                                .forEach(gone::add);
                        List<String> left = tags.getOrDefault(merge.survivorId(), List.of()).stream()
                                .filter(tag -> !gone.contains(tag.toLowerCase(Locale.ROOT)))
                                .toList();
                        return merges.setTags(owner, merge.survivorId(), left);
                    });
                });
    }

    /** @param changed the survivor, and whom they are merged into: all of them show something else now */
    private Mono<Void> told(
            Caller caller, String what, UUID owner, UUID mergeId, List<UUID> changed, UUID merged, String ofMerged) {
        UUID survivor = changed.get(0);
        Map<String, String> data = Map.of(
                "merge_id",
                IdKind.MERGE.format(mergeId),
                "survivor_id",
                IdKind.CANDIDATE.format(survivor),
                "merged_id",
                IdKind.CANDIDATE.format(merged));
        List<NewEvent> told = new ArrayList<>();
        told.add(CandidateEvents.of(what, owner, merged, data));
        told.add(CandidateEvents.of(ofMerged, owner, merged, data).queuedTo(Candidates.MATCHING_QUEUE));
        changed.forEach(id -> told.add(
                CandidateEvents.of(CandidateEvents.UPDATED, owner, id, data).queuedTo(Candidates.MATCHING_QUEUE)));
        told.add(Duplicates.wanted(merged));
        changed.forEach(id -> told.add(Duplicates.wanted(id)));
        List<UUID> all = new ArrayList<>(changed);
        all.add(merged);
        return candidates
                .recipients(all)
                .collectList()
                .flatMap(recipients -> events.append(CandidateEvents.told(told, recipients)))
                .then(Mono.defer(
                        () -> audits.record(AuditEntry.by(caller, what, IdKind.CANDIDATE.format(survivor), owner)
                                .with(data))));
    }

    private static long[] keys(UUID owner, Candidate one, Candidate other) {
        Set<Identity> identities = new LinkedHashSet<>(Identity.of(one.email(), one.phone()));
        identities.addAll(Identity.of(other.email(), other.phone()));
        return identities.stream()
                .mapToLong(identity -> identity.lockKey(owner))
                .sorted()
                .toArray();
    }
}
