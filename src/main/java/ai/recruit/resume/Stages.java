package ai.recruit.resume;

import ai.recruit.candidate.Candidates;
import ai.recruit.candidate.ParsedProfile;
import ai.recruit.candidate.StoredCandidate;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.NewEvent;
import ai.recruit.events.Work;
import ai.recruit.tenancy.GroupCommit;
import ai.recruit.tenancy.Outages;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes what the stages have done. Each kind of change is one transaction for all resumes of an account that have come
 * to it at the same time: row and events, and only for those whose claim still holds.
 *
 * <p>A commit may succeed although its answer is lost. A transaction that is tried again for that reason finds the stage
 * done and does not do it twice.
 */
@Component
class Stages {

    private static final Logger log = LoggerFactory.getLogger(Stages.class);
    private static final int AT_ONCE = 64;

    private final ProcessingRepository jobs;
    private final ResumeRepository resumes;
    private final Candidates candidates;
    private final Finishing finishing;
    private final TenantTransactions transactions;
    private final Events events;
    private final Inbox inbox;
    private final ResumeMetrics metrics;
    private final int mostAttempts;

    private final GroupCommit<Boolean, Claim, Optional<Job>> claims =
            new GroupCommit<>(AT_ONCE, claim -> true, (all, asked) -> claimAll(asked));
    private final GroupCommit<UUID, Reached, Boolean> steps =
            new GroupCommit<>(AT_ONCE, reached -> reached.job().ownerId(), this::writeSteps);
    private final GroupCommit<UUID, Found, Optional<UUID>> people =
            new GroupCommit<>(AT_ONCE, found -> found.job().ownerId(), this::writePeople);
    private final GroupCommit<UUID, Ended, Boolean> ends =
            new GroupCommit<>(AT_ONCE, ended -> ended.job().ownerId(), this::writeEnds);

    Stages(
            ProcessingRepository jobs,
            ResumeRepository resumes,
            Candidates candidates,
            Finishing finishing,
            TenantTransactions transactions,
            Events events,
            Inbox inbox,
            ResumeMetrics metrics,
            ResumeProperties properties) {
        this.jobs = jobs;
        this.resumes = resumes;
        this.candidates = candidates;
        this.finishing = finishing;
        this.transactions = transactions;
        this.events = events;
        this.inbox = inbox;
        this.metrics = metrics;
        this.mostAttempts = properties.attempts();
    }

    private record Claim(UUID resumeId, UUID worker) {}

    private record Reached(Job job, Step step, Duration took, ResumeRepository.@Nullable NewData data) {}

    private record Found(Job job, ParsedProfile profile, long began) {}

    private record Ended(Job job, Work work, UUID candidateId, Duration matching, long began) {}

    /**
     * Takes the work on a resume; empty when somebody has it, it has ended, or it has been begun too often. Whoever leaves
     * before the answer gives it back.
     */
    @SuppressWarnings("CheckReturnValue") // ends by itself; when it fails, the lease runs out
    Mono<Job> claim(UUID resumeId, UUID worker) {
        return Mono.defer(() -> {
            Mono<Job> claimed = claims.submit(new Claim(resumeId, worker)).flatMap(Mono::justOrEmpty);
            return claimed.doOnCancel(() -> claimed.flatMap(this::handOver)
                    .subscribe(ignored -> {}, failure -> log.info("Work was not given back: {}", failure.toString())));
        });
    }

    /** Gives work back for somebody else to begin at once, as if it had not been begun here. */
    Mono<Void> handOver(Job job) {
        return transactions
                .mono(Tenant.account(job.ownerId()), () -> jobs.giveBack(job, Duration.ZERO, false))
                .then();
    }

    /**
     * Hands a stage over at once, to be written while the work goes on.
     *
     * @return whether the claim held when it was written
     */
    Mono<Boolean> reached(Job job, Step step, Duration took, ResumeRepository.@Nullable NewData data) {
        return steps.submit(new Reached(job, step, took, data));
    }

    /**
     * Stores the candidate of a resume.
     *
     * @throws LeaseLost when the claim is lost
     */
    Mono<UUID> found(Job job, ParsedProfile profile) {
        return Mono.defer(() -> people.submit(new Found(job, profile, System.nanoTime())))
                .flatMap(candidateId -> Mono.justOrEmpty(candidateId).switchIfEmpty(Mono.error(LeaseLost::new)));
    }

    /**
     * Ends a resume well.
     *
     * @param matching how long the matching took
     * @throws LeaseLost when the claim is lost
     */
    Mono<Void> ended(Job job, Work work, UUID candidateId, Duration matching) {
        return Mono.defer(() -> ends.submit(new Ended(job, work, candidateId, matching, System.nanoTime())))
                .flatMap(held -> held ? Mono.empty() : Mono.error(new LeaseLost()));
    }

    private Mono<List<Optional<Job>>> claimAll(List<Claim> asked) {
        Map<UUID, UUID> workers = new LinkedHashMap<>();
        asked.forEach(claim -> workers.put(claim.worker(), claim.resumeId()));
        return transactions
                .mono(
                        Tenant.system(),
                        () -> jobs.claim(Tenant.system(), workers, mostAttempts).collectMap(Job::worker))
                .map(taken -> asked.stream()
                        .map(claim -> Optional.ofNullable(taken.get(claim.worker())))
                        .toList());
    }

    private Mono<List<Boolean>> writeSteps(UUID ownerId, List<Reached> reached) {
        Map<Job, Step> furthest = new LinkedHashMap<>();
        reached.forEach(one ->
                furthest.merge(one.job(), one.step(), (before, next) -> next.stage() > before.stage() ? next : before));
        return inAccount(
                ownerId,
                () -> jobs.advance(ownerId, furthest).flatMap(held -> {
                    List<Reached> live = reached.stream()
                            .filter(one -> held.contains(one.job().resumeId()))
                            .toList();
                    return saveData(ownerId, live)
                            .then(Mono.defer(() -> events.append(live.stream()
                                    .map(one -> progress(one.job(), one.step(), one.took()))
                                    .toList())))
                            .then(Mono.defer(() -> standing(ownerId, furthest, held)))
                            .map(standing -> reached.stream()
                                    .map(one -> standing.contains(one.job().resumeId()))
                                    .toList());
                }));
    }

    private Mono<Void> saveData(UUID ownerId, List<Reached> live) {
        List<ResumeRepository.NewData> data =
                live.stream().map(Reached::data).filter(Objects::nonNull).toList();
        return data.isEmpty() ? Mono.empty() : resumes.saveData(ownerId, data);
    }

    /** Those that have been advanced, and those that are found where they were to be brought. */
    private Mono<Set<UUID>> standing(UUID ownerId, Map<Job, Step> steps, Set<UUID> advanced) {
        List<Job> others = steps.keySet().stream()
                .filter(job -> !advanced.contains(job.resumeId()))
                .toList();
        if (others.isEmpty()) {
            return Mono.just(advanced);
        }
        return jobs.lock(ownerId, others)
                .map(progress -> steps.entrySet().stream()
                        .filter(entry -> advanced.contains(entry.getKey().resumeId())
                                || isAt(progress.get(entry.getKey().resumeId()), entry.getValue()))
                        .map(entry -> entry.getKey().resumeId())
                        .collect(Collectors.toSet()));
    }

    private static boolean isAt(ProcessingRepository.@Nullable Progress progress, Step step) {
        return progress != null && progress.stage() >= step.stage();
    }

    private Mono<List<Optional<UUID>>> writePeople(UUID ownerId, List<Found> found) {
        List<Job> all = found.stream().map(Found::job).toList();
        return inAccount(
                ownerId,
                () -> jobs.lock(ownerId, all).flatMap(progress -> {
                    List<Found> live = new ArrayList<>();
                    List<UUID> done = new ArrayList<>();
                    for (Found one : found) {
                        ProcessingRepository.Progress stage =
                                progress.get(one.job().resumeId());
                        if (isAt(stage, Step.CANDIDATE_UPDATED)) {
                            done.add(one.job().resumeId());
                        } else if (stage != null && stage.state() == State.PROCESSING) {
                            live.add(one);
                        }
                    }
                    return storePeople(ownerId, live)
                            .flatMap(stored -> resumes.candidatesOf(ownerId, done)
                                    .map(known -> {
                                        Map<UUID, UUID> both = new HashMap<>(stored);
                                        both.putAll(known);
                                        return found.stream()
                                                .map(one -> Optional.ofNullable(
                                                        both.get(one.job().resumeId())))
                                                .toList();
                                    }));
                }));
    }

    private Mono<Map<UUID, UUID>> storePeople(UUID ownerId, List<Found> live) {
        if (live.isEmpty()) {
            return Mono.just(Map.of());
        }
        return candidates
                .store(ownerId, live.stream().map(Found::profile).toList())
                .flatMap(stored -> {
                    Map<UUID, UUID> byResume = new LinkedHashMap<>();
                    Map<Job, Step> steps = new LinkedHashMap<>();
                    List<NewEvent> progress = new ArrayList<>();
                    for (int i = 0; i < live.size(); i++) {
                        Found one = live.get(i);
                        StoredCandidate candidate = stored.get(i);
                        Step step = candidate.created() ? Step.CANDIDATE_CREATED : Step.CANDIDATE_UPDATED;
                        byResume.put(one.job().resumeId(), candidate.id());
                        steps.put(one.job(), step);
                        progress.add(progress(one.job(), step, since(one.began())));
                    }
                    return resumes.setCandidates(ownerId, byResume)
                            .then(Mono.defer(() -> jobs.advance(ownerId, steps)))
                            .then(Mono.defer(() -> events.append(progress)))
                            .thenReturn(byResume);
                });
    }

    private Mono<List<Boolean>> writeEnds(UUID ownerId, List<Ended> ended) {
        Map<Job, Step> steps = new LinkedHashMap<>();
        ended.forEach(one -> steps.put(one.job(), Step.COMPLETED));
        return inAccount(
                ownerId,
                () -> jobs.advance(ownerId, steps).flatMap(held -> {
                    List<Ended> live = ended.stream()
                            .filter(one -> held.contains(one.job().resumeId()))
                            .toList();
                    return finish(ownerId, live)
                            .then(Mono.defer(() -> standing(ownerId, steps, held)))
                            .map(standing -> ended.stream()
                                    .map(one -> standing.contains(one.job().resumeId()))
                                    .toList());
                }));
    }

    private Mono<Void> finish(UUID ownerId, List<Ended> live) {
        if (live.isEmpty()) {
            return Mono.empty();
        }
        Map<Job, UUID> owners = new LinkedHashMap<>();
        List<NewEvent> progress = new ArrayList<>();
        for (Ended one : live) {
            owners.put(one.job(), one.candidateId());
            if (one.job().stage() < Step.MATCHED.stage()) {
                progress.add(progress(one.job(), Step.MATCHED, one.matching()));
            }
            progress.add(progress(one.job(), Step.COMPLETED, since(one.began())));
        }
        return finishing
                .completed(ownerId, owners, progress)
                .then(Mono.defer(
                        () -> inbox.recordAll(live.stream().map(Ended::work).toList())));
    }

    private <T> Mono<T> inAccount(UUID ownerId, Supplier<Mono<T>> work) {
        return transactions.mono(Tenant.account(ownerId), work).retryWhen(Outages.shortly());
    }

    private NewEvent progress(Job job, Step step, Duration took) {
        metrics.stage(step, took);
        return ResumeEvents.progress(
                job.ownerId(),
                job.resumeId(),
                job.batchId(),
                step,
                step == Step.COMPLETED ? State.COMPLETED : State.PROCESSING,
                took);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
