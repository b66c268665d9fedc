package ai.recruit.matching;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.FieldChecks;
import ai.recruit.kernel.IdKind;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Scores one candidate against one position, or criteria, when somebody asks for it. */
@Component
class CandidateScoring {

    private static final int LONGEST_ID = 100;
    private static final JobFacts NOTHING_ASKED =
            new JobFacts("", List.of(), List.of(), null, null, null, null, null, null, null, null, List.of(), null);

    private final Candidates candidates;
    private final Jobs jobs;
    private final Scoring scoring;
    private final Audits audits;
    private final Clock clock;
    private final Grading grading;
    private final int threshold;

    CandidateScoring(
            Candidates candidates,
            Jobs jobs,
            Scoring scoring,
            Audits audits,
            Clock clock,
            MatchingProperties properties) {
        this.candidates = candidates;
        this.jobs = jobs;
        this.scoring = scoring;
        this.audits = audits;
        this.clock = clock;
        this.grading = properties.grading();
        this.threshold = properties.thresholdBasisPoints();
    }

    /**
     * The recruiter API's score. One against a position stays with the candidate; one against criteria alone is a
     * question, and changes nothing.
     */
    Mono<ScoreResponse> score(Caller caller, String candidateId, ScoreRequest request, HttpHeaders headers) {
        return Mono.defer(() -> {
            ScoreRequest.Demands demands = request.checked();
            ScoringEngine engine = scoring.get(WeightProfile.RECRUITER);
            return candidates
                    .get(caller.tenant(), IdKind.CANDIDATE.get(candidateId))
                    .zipWith(position(request.position()))
                    .publishOn(Schedulers.parallel())
                    .flatMap(both -> {
                        Candidate candidate = both.getT1();
                        candidate.requireSubmit();
                        JobProfile job = both.getT2().orElse(null);
                        ScoringEngine.Person person = scoring.person(candidate);
                        ScoringEngine.Position position = new ScoringEngine.Position(asked(job, demands));
                        Score score = engine.score(person, position);
                        ScoreResponse response = ScoreResponse.of(
                                candidate.id(),
                                job == null ? null : job.id(),
                                score,
                                Facts.inputsHash(person.hash(), position.hash()),
                                engine.profile(),
                                grading,
                                clock.instant(),
                                headers);
                        Mono<Void> stored = job == null
                                ? Mono.empty()
                                : candidates.scored(caller.tenant(), candidate, job.id(), score.total());
                        return stored.then(Mono.defer(() -> audits.recordRead(entry(caller, candidate, job, score))))
                                .thenReturn(response);
                    });
        });
    }

    private static AuditEntry entry(Caller caller, Candidate candidate, @Nullable JobProfile job, Score score) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("score", score.total());
        if (job != null) {
            details.put("job_id", IdKind.JOB.format(job.id()));
        }
        return AuditEntry.by(caller, "candidate.scored", IdKind.CANDIDATE.format(candidate.id()), candidate.ownerId())
                .with(details);
    }

    /** The marketplace's match. */
    Mono<MarketplaceMatch> match(Caller caller, MarketplaceMatch.Request request, HttpHeaders headers) {
        return Mono.defer(() -> {
            FieldChecks checks = new FieldChecks();
            String candidateId = checks.required("candidate_id", request.candidateId(), LONGEST_ID);
            String jobId = checks.required("job_id", request.jobId(), LONGEST_ID);
            checks.verify();
            ScoringEngine engine = scoring.get(WeightProfile.MARKETPLACE);
            return candidates
                    .list(
                            caller.tenant(),
                            IdKind.CANDIDATE.parse(candidateId).stream().toList())
                    .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()))
                    .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)))
                    .zipWith(job(jobId))
                    .publishOn(Schedulers.parallel())
                    .map(both -> {
                        both.getT1().requireSubmit();
                        Score score = engine.score(scoring.person(both.getT1()), scoring.position(both.getT2()));
                        return MarketplaceMatch.of(
                                candidateId, jobId, score, engine.profile(), threshold, grading, headers);
                    });
        });
    }

    private Mono<Optional<JobProfile>> position(@Nullable String positionId) {
        return positionId == null
                ? Mono.just(Optional.empty())
                : job(positionId).map(Optional::of);
    }

    private Mono<JobProfile> job(String id) {
        return Mono.defer(() -> jobs.findProfile(IdKind.JOB.get(id)))
                .filter(JobProfile::active)
                .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(id)));
    }

    private JobFacts asked(@Nullable JobProfile job, ScoreRequest.Demands demands) {
        JobFacts facts = job == null ? NOTHING_ASKED : scoring.facts(job);
        boolean skills = demands.namesSkills();
        return new JobFacts(
                facts.title(),
                skills ? scoring.skills(demands.requiredSkills()) : facts.requiredSkills(),
                skills ? scoring.skills(demands.preferredSkills()) : facts.preferredSkills(),
                demands.minExperienceMonths() == null ? facts.minExperienceMonths() : demands.minExperienceMonths(),
                demands.education() == null ? facts.education() : demands.education(),
                facts.location(),
                facts.salaryMin(),
                facts.salaryMax(),
                facts.currency(),
                facts.workMode(),
                facts.employmentType(),
                facts.languages(),
                facts.startsInDays());
    }
}
