package ai.recruit.matching;

import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Matches one candidate with all jobs, chunk by chunk. */
@Component
class CandidateMatching implements Matches {

    static final int CHUNK = 500;

    private final Candidates candidates;
    private final Jobs jobs;
    private final MatchRepository repository;
    private final MatchWriter writer;
    private final Scoring scoring;
    private final TenantTransactions transactions;

    CandidateMatching(
            Candidates candidates,
            Jobs jobs,
            MatchRepository repository,
            MatchWriter writer,
            Scoring scoring,
            TenantTransactions transactions) {
        this.candidates = candidates;
        this.jobs = jobs;
        this.repository = repository;
        this.writer = writer;
        this.scoring = scoring;
        this.transactions = transactions;
    }

    @Override
    public Mono<Integer> matchCandidate(UUID ownerId, UUID candidateId) {
        return matchCandidate(ownerId, candidateId, Pass.WHOLE);
    }

    /** Does the same in a certain way. */
    Mono<Integer> matchCandidate(UUID ownerId, UUID candidateId, Pass pass) {
        Tenant tenant = Tenant.account(ownerId);
        return candidates.get(tenant, candidateId).flatMap(candidate -> {
            ScoringEngine.Person person = scoring.person(candidate);
            return takeOut(tenant, candidate, person, pass)
                    .then(Mono.defer(() -> takeIn(tenant, candidate, person, pass)))
                    .then(Mono.defer(
                            () -> transactions.mono(tenant, () -> repository.countOfCandidate(tenant, candidateId))));
        });
    }

    @Override
    public Mono<Void> matchCandidates(UUID ownerId, Collection<UUID> candidateIds) {
        Tenant tenant = Tenant.account(ownerId);
        return transactions
                .mono(
                        tenant,
                        () -> candidates
                                .list(tenant, candidateIds)
                                .zipWhen(found -> repository.matched(tenant, candidateIds)))
                .flatMap(found -> {
                    Set<UUID> matched = new HashSet<>(found.getT2());
                    List<Candidate> all = found.getT1();
                    return Flux.fromIterable(all)
                            .filter(candidate -> matched.contains(candidate.id()))
                            .concatMap(candidate -> takeOut(tenant, candidate, scoring.person(candidate), Pass.WHOLE))
                            .then(Mono.defer(() -> takeIn(tenant, all)));
                });
    }

    /** Goes through the jobs that may match one of the candidates, and stores what does. */
    private Mono<Void> takeIn(Tenant tenant, List<Candidate> all) {
        List<Map.Entry<Candidate, ScoringEngine.Person>> people = all.stream()
                .map(candidate -> Map.entry(candidate, scoring.person(candidate)))
                .toList();
        List<String> skills = people.stream()
                .flatMap(person -> person.getValue().facts().skills().stream())
                .distinct()
                .toList();
        return jobs.chunk(skills, null, CHUNK)
                .expand(chunk -> chunk.size() < CHUNK
                        ? Mono.empty()
                        : jobs.chunk(skills, chunk.get(chunk.size() - 1).id(), CHUNK))
                .publishOn(Schedulers.parallel(), 1)
                .map(this::positions)
                .concatMap(chunk -> Flux.fromIterable(people)
                        .concatMap(person -> Flux.fromIterable(chunk)
                                .mapNotNull(job -> writer.match(
                                                person.getKey(), person.getValue(), job.getKey(), job.getValue())
                                        .orElse(null)))
                        .buffer(CHUNK)
                        .concatMap(rows -> transactions.mono(tenant, () -> writer.store(rows))))
                .then();
    }

    private List<Map.Entry<JobProfile, ScoringEngine.Position>> positions(List<JobProfile> chunk) {
        return chunk.stream().map(job -> Map.entry(job, scoring.position(job))).toList();
    }

    /** Goes through the matches that there are, and takes out those that no longer hold. */
    private Mono<Void> takeOut(Tenant tenant, Candidate candidate, ScoringEngine.Person person, Pass pass) {
        return matched(tenant, candidate.id(), null)
                .expand(ids -> ids.size() < CHUNK ? Mono.empty() : matched(tenant, candidate.id(), last(ids)))
                .concatMap(ids -> withoutRecent(tenant, candidate.id(), ids, pass))
                .filter(ids -> !ids.isEmpty())
                .concatMap(ids -> jobs.profiles(ids)
                        .publishOn(Schedulers.parallel())
                        .flatMap(profiles -> {
                            Set<UUID> gone = new HashSet<>(ids);
                            profiles.stream()
                                    .filter(job -> writer.match(candidate, person, job, scoring.position(job))
                                            .isPresent())
                                    .forEach(job -> gone.remove(job.id()));
                            return gone.isEmpty()
                                    ? Mono.<Void>empty()
                                    : transactions.mono(
                                            tenant,
                                            () -> writer.removed(
                                                    repository.removeOfCandidate(tenant, candidate.id(), gone)));
                        }))
                .then();
    }

    private Mono<List<UUID>> matched(Tenant tenant, UUID candidateId, @Nullable UUID afterId) {
        return transactions.mono(tenant, () -> repository.jobsOfCandidate(tenant, candidateId, afterId, CHUNK));
    }

    /** Goes through the jobs that may match, and stores what does. */
    private Mono<Void> takeIn(Tenant tenant, Candidate candidate, ScoringEngine.Person person, Pass pass) {
        List<String> skills = person.facts().skills();
        return jobs.chunk(skills, null, CHUNK)
                .expand(chunk -> chunk.size() < CHUNK
                        ? Mono.empty()
                        : jobs.chunk(skills, chunk.get(chunk.size() - 1).id(), CHUNK))
                .publishOn(Schedulers.parallel(), 1)
                .concatMap(chunk -> withoutRecent(
                                tenant,
                                candidate.id(),
                                chunk.stream().map(JobProfile::id).toList(),
                                pass)
                        .publishOn(Schedulers.parallel())
                        .flatMap(left -> {
                            Set<UUID> wanted = new HashSet<>(left);
                            List<MatchRepository.Row> rows = new ArrayList<>();
                            for (JobProfile job : chunk) {
                                if (wanted.contains(job.id())) {
                                    writer.match(candidate, person, job, scoring.position(job))
                                            .ifPresent(rows::add);
                                }
                            }
                            return rows.isEmpty()
                                    ? Mono.<Void>empty()
                                    : transactions.mono(tenant, () -> writer.store(rows));
                        })
                        .then(pass.step().apply(chunk.size())))
                .then();
    }

    /** Those of the jobs whose match is not so new that it is left as it is. */
    private Mono<List<UUID>> withoutRecent(Tenant tenant, UUID candidateId, List<UUID> jobIds, Pass pass) {
        Instant since = pass.since();
        return since == null || jobIds.isEmpty()
                ? Mono.just(jobIds)
                : transactions
                        .mono(tenant, () -> repository.recentOfCandidate(tenant, candidateId, jobIds, since))
                        .map(recent -> jobIds.stream()
                                .filter(id -> !recent.contains(id))
                                .toList());
    }

    private static UUID last(List<UUID> ids) {
        return ids.get(ids.size() - 1);
    }
}
