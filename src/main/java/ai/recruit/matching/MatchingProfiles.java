package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.access.Role;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A person's own profile for matching, and the jobs that fit it. For a candidate who has a profile out of their resume,
 * that says what the matching profile does not.
 */
@Component
class MatchingProfiles {

    static final String UPDATED = "matching_profile.updated";

    private final MatchingProfileRepository repository;
    private final Candidates candidates;
    private final Jobs jobs;
    private final Scoring scoring;
    private final TenantTransactions transactions;
    private final Events events;

    MatchingProfiles(
            MatchingProfileRepository repository,
            Candidates candidates,
            Jobs jobs,
            Scoring scoring,
            TenantTransactions transactions,
            Events events) {
        this.repository = repository;
        this.candidates = candidates;
        this.jobs = jobs;
        this.scoring = scoring;
        this.transactions = transactions;
        this.events = events;
    }

    /** What came of some jobs: the scores of those that there are, and the ids of the others as the client wrote them. */
    record Found(Map<String, Score> scores, List<String> missing) {}

    Mono<MatchingProfile> get(Caller caller) {
        Tenant tenant = caller.tenant();
        return transactions
                .mono(tenant, () -> repository.find(tenant))
                .switchIfEmpty(Mono.error(() -> new Problem(
                        ProblemCode.RESOURCE_NOT_FOUND, "You have no matching profile yet; PUT makes one")));
    }

    /** Replaces the caller's profile; the same again changes nothing and causes no event. */
    Mono<MatchingProfile> put(Caller caller, MatchingProfile profile) {
        Tenant tenant = caller.tenant();
        return transactions.mono(
                tenant,
                () -> repository
                        .store(tenant, profile)
                        .flatMap(changed -> changed
                                ? events.append(NewEvent.owned(
                                        caller.accountId(),
                                        UPDATED,
                                        caller.getName(),
                                        Map.of("user_id", caller.getName())))
                                : Mono.empty())
                        .then(Mono.defer(() -> repository.find(tenant))));
    }

    /** @param jobIds as the client wrote them */
    Mono<Found> match(Caller caller, List<String> jobIds) {
        Map<String, Optional<UUID>> wanted = new LinkedHashMap<>();
        jobIds.forEach(id -> wanted.put(id, IdKind.JOB.parse(id)));
        List<UUID> ids =
                wanted.values().stream().flatMap(Optional::stream).distinct().toList();
        return person(caller)
                .zipWith(jobs.profiles(ids))
                .publishOn(Schedulers.parallel())
                .map(both -> found(both.getT1(), wanted, both.getT2()));
    }

    /**
     * The active jobs that fit the caller best, of those that name one of their skills or none at all.
     *
     * @param limit how many at most
     */
    Mono<Found> best(Caller caller, int limit) {
        return person(caller).flatMap(person -> {
            List<String> skills = person.facts().skills();
            return jobs.chunk(skills, null, CandidateMatching.CHUNK)
                    .expand(chunk -> chunk.size() < CandidateMatching.CHUNK
                            ? Mono.empty()
                            : jobs.chunk(skills, chunk.get(chunk.size() - 1).id(), CandidateMatching.CHUNK))
                    .publishOn(Schedulers.parallel(), 1)
                    .reduce(List.<Map.Entry<String, Score>>of(), (best, chunk) -> better(best, chunk, person, limit))
                    .map(best -> {
                        Map<String, Score> scores = new LinkedHashMap<>();
                        best.forEach(entry -> scores.put(entry.getKey(), entry.getValue()));
                        return new Found(scores, List.of());
                    });
        });
    }

    private List<Map.Entry<String, Score>> better(
            List<Map.Entry<String, Score>> best, List<JobProfile> chunk, ScoringEngine.Person person, int limit) {
        return Stream.concat(
                        best.stream(),
                        chunk.stream()
                                .map(job -> Map.entry(
                                        IdKind.JOB.format(job.id()),
                                        scoring.standard().score(person, scoring.position(job)))))
                .sorted(Comparator.comparingInt((Map.Entry<String, Score> entry) ->
                                -entry.getValue().total())
                        .thenComparing(Map.Entry::getKey))
                .limit(limit)
                .toList();
    }

    private Found found(ScoringEngine.Person person, Map<String, Optional<UUID>> wanted, List<JobProfile> profiles) {
        Map<UUID, Score> scores = profiles.stream()
                .filter(JobProfile::active)
                .collect(Collectors.toMap(
                        JobProfile::id, job -> scoring.standard().score(person, scoring.position(job))));
        Function<Map.Entry<String, Optional<UUID>>, @Nullable Score> score =
                entry -> entry.getValue().map(scores::get).orElse(null);
        Map<String, Score> best = new LinkedHashMap<>();
        wanted.entrySet().stream()
                .filter(entry -> score.apply(entry) != null)
                .map(entry -> Map.entry(entry.getKey(), Objects.requireNonNull(score.apply(entry))))
                .sorted(Comparator.comparingInt(
                        (Map.Entry<String, Score> entry) -> -entry.getValue().total()))
                .forEach(entry -> best.put(entry.getKey(), entry.getValue()));
        List<String> missing =
                wanted.keySet().stream().filter(id -> !best.containsKey(id)).toList();
        if (best.isEmpty()) {
            throw IdKind.JOB.notFound(missing.get(0));
        }
        return new Found(best, missing);
    }

    private Mono<ScoringEngine.Person> person(Caller caller) {
        Tenant tenant = caller.tenant();
        return transactions
                .mono(tenant, () -> repository.find(tenant))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .zipWith(own(caller).map(Optional::of).defaultIfEmpty(Optional.empty()))
                .flatMap(both -> both.getT1().isEmpty() && both.getT2().isEmpty()
                        ? Mono.error(
                                new Problem(
                                        ProblemCode.CONFLICT,
                                        "There is nothing to match yet. Send your profile to PUT /api/v1/matching/profile first"))
                        : Mono.just(scoring.person(
                                both.getT2().orElse(null), both.getT1().orElse(null))));
    }

    /** A candidate's own person, where exactly one is known. */
    private Mono<Candidate> own(Caller caller) {
        return caller.role() == Role.CANDIDATE && !caller.isKey()
                ? candidates
                        .chunk(caller.tenant(), null, 2)
                        .filter(found -> found.size() == 1)
                        .map(found -> found.get(0))
                : Mono.empty();
    }
}
