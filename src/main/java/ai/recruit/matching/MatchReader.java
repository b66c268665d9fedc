package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells why a match has its score, computes it again, says what would change it; notes who has seen it, and takes it away. */
@Component
class MatchReader {

    private final MatchRepository repository;
    private final Candidates candidates;
    private final Jobs jobs;
    private final Scoring scoring;
    private final MatchWriter writer;
    private final Audits audits;
    private final TenantTransactions transactions;
    private final int threshold;
    private final Grading grading;

    MatchReader(
            MatchRepository repository,
            Candidates candidates,
            Jobs jobs,
            Scoring scoring,
            MatchWriter writer,
            Audits audits,
            TenantTransactions transactions,
            MatchingProperties properties) {
        this.repository = repository;
        this.candidates = candidates;
        this.jobs = jobs;
        this.scoring = scoring;
        this.writer = writer;
        this.audits = audits;
        this.transactions = transactions;
        this.threshold = properties.thresholdBasisPoints();
        this.grading = properties.grading();
    }

    /** What a score is computed from. */
    private record Inputs(ScoringEngine.Person person, ScoringEngine.Position position) {

        String hash() {
            return Facts.inputsHash(person.hash(), position.hash());
        }
    }

    /** @param profile whose weights count; null for those that the match was made with */
    Mono<MatchResponse> get(Tenant tenant, String matchId, @Nullable String profile) {
        return stored(tenant, matchId)
                .flatMap(match -> inputs(tenant, match).map(inputs -> {
                    ScoringEngine engine = engine(match, profile);
                    return MatchResponse.of(
                            match, engine.score(inputs.person(), inputs.position()), engine.profile(), grading);
                }));
    }

    /** Computes a match again from the facts that it was made from, and from those of today. */
    Mono<ReplayResponse> replay(Tenant tenant, String matchId) {
        return stored(tenant, matchId)
                .flatMap(match -> current(tenant, match)
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .map(current -> replay(match, current.orElse(null))));
    }

    private ReplayResponse replay(StoredMatch match, @Nullable Inputs current) {
        ScoringEngine engine = scoring.ofVersion(match.engineVersion());
        Inputs before = before(match);
        Score again = engine == null || before == null ? null : engine.score(before.person(), before.position());
        boolean agrees = again != null
                && before != null
                && again.total() == match.score()
                && again.hash().equals(match.scoreHash())
                && before.hash().equals(match.inputsHash());
        return new ReplayResponse(
                IdKind.MATCH.format(match.id()),
                agrees,
                agrees ? ReplayResponse.Outcome.AGREES : why(match, engine, before),
                ReplayResponse.Computed.of(match),
                again == null || before == null ? null : ReplayResponse.Computed.of(again, before.hash()),
                current == null || !current.hash().equals(match.inputsHash()),
                current == null
                        ? null
                        : ReplayResponse.Computed.of(
                                scoring.standard().score(current.person(), current.position()), current.hash()));
    }

    private static ReplayResponse.Outcome why(
            StoredMatch match, @Nullable ScoringEngine engine, @Nullable Inputs before) {
        if (engine == null) {
            return ReplayResponse.Outcome.RULES_CHANGED;
        }
        if (before == null) {
            return ReplayResponse.Outcome.NO_INPUTS;
        }
        return engine.lexiconHash().equals(match.lexiconHash())
                ? ReplayResponse.Outcome.DIFFERS
                : ReplayResponse.Outcome.LEXICON_CHANGED;
    }

    /**
     * The smallest changes that cross a threshold.
     *
     * @param wanted basis points; null for the threshold that is configured
     */
    Mono<CounterfactualsResponse> counterfactuals(
            Tenant tenant, String matchId, @Nullable Integer wanted, @Nullable String profile) {
        int line = wanted == null ? threshold : wanted;
        return stored(tenant, matchId)
                .flatMap(match -> inputs(tenant, match).map(inputs -> {
                    ScoringEngine engine = engine(match, profile);
                    int total =
                            engine.assess(inputs.person(), inputs.position()).total();
                    return new CounterfactualsResponse(
                            matchId(match),
                            engine.profile().name(),
                            MatchResponse.share(line),
                            MatchResponse.share(total),
                            total >= line,
                            Counterfactuals.of(
                                            engine,
                                            inputs.person().facts(),
                                            inputs.position().facts(),
                                            line)
                                    .stream()
                                    .map(CounterfactualsResponse.Alternative::of)
                                    .toList());
                }));
    }

    private static String matchId(StoredMatch match) {
        return IdKind.MATCH.format(match.id());
    }

    private ScoringEngine engine(StoredMatch match, @Nullable String profile) {
        if (profile != null && !profile.isBlank()) {
            return scoring.get(profile);
        }
        ScoringEngine engine = scoring.ofVersion(match.engineVersion());
        return engine == null ? scoring.standard() : engine;
    }

    /** Notes that the match was looked at, the first time. */
    Mono<StoredMatch> viewed(Caller caller, String matchId) {
        Tenant tenant = caller.tenant();
        return Mono.defer(() -> {
            UUID id = IdKind.MATCH.get(matchId);
            return transactions
                    .mono(
                            tenant,
                            () -> repository
                                    .view(tenant, id)
                                    .flatMap(match -> writer.tell(MatchWriter.CHANGED, match)
                                            .then(audits.record(entry(caller, "match.viewed", match))))
                                    .then(Mono.defer(() -> repository.find(tenant, id))))
                    .switchIfEmpty(Mono.error(() -> IdKind.MATCH.notFound(matchId)));
        });
    }

    /** Takes a match away; its row stays. */
    Mono<Void> delete(Caller caller, String matchId) {
        Tenant tenant = caller.tenant();
        return Mono.defer(() -> {
            UUID id = IdKind.MATCH.get(matchId);
            return transactions
                    .mono(
                            tenant,
                            () -> repository
                                    .delete(tenant, id, caller.accountId())
                                    .flatMap(match -> writer.tell(MatchWriter.REMOVED, match)
                                            .then(audits.record(entry(caller, "match.deleted", match)))
                                            .thenReturn(true)))
                    .switchIfEmpty(Mono.error(() -> IdKind.MATCH.notFound(matchId)))
                    .then();
        });
    }

    private static AuditEntry entry(Caller caller, String action, MatchRepository.Changed match) {
        return AuditEntry.by(caller, action, IdKind.MATCH.format(match.id()), match.ownerId())
                .under(IdKind.CANDIDATE.format(match.candidateId()))
                .with(Map.of("job_id", IdKind.JOB.format(match.jobId())));
    }

    private Mono<StoredMatch> stored(Tenant tenant, String matchId) {
        return Mono.defer(() -> {
            UUID id = IdKind.MATCH.get(matchId);
            return transactions
                    .mono(tenant, () -> repository.find(tenant, id))
                    .switchIfEmpty(Mono.error(() -> IdKind.MATCH.notFound(matchId)));
        });
    }

    /** The facts that a match was made from; for one of older rules those of today. */
    private Mono<Inputs> inputs(Tenant tenant, StoredMatch match) {
        return Mono.defer(() -> {
            Inputs before = before(match);
            return before != null
                    ? Mono.just(before)
                    : current(tenant, match).switchIfEmpty(Mono.error(() -> IdKind.MATCH.notFound(matchId(match))));
        });
    }

    private static @Nullable Inputs before(StoredMatch match) {
        return match.candidateText() == null || match.jobText() == null
                ? null
                : new Inputs(
                        new ScoringEngine.Person(Facts.read(match.candidateText(), CandidateFacts.class)),
                        new ScoringEngine.Position(Facts.read(match.jobText(), JobFacts.class)));
    }

    private Mono<Inputs> current(Tenant tenant, StoredMatch match) {
        return Mono.zip(candidates.get(tenant, match.candidateId()), jobs.findProfile(match.jobId()))
                .map(both -> new Inputs(scoring.person(both.getT1()), scoring.position(both.getT2())))
                // Taken out between the two readings.
                .onErrorResume(
                        error -> error instanceof Problem problem && problem.code() == ProblemCode.RESOURCE_NOT_FOUND,
                        gone -> Mono.empty());
    }
}
