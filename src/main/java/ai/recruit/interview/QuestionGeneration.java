package ai.recruit.interview;

import ai.recruit.access.Caller;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.job.JobProfile;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.UuidV7;
import ai.recruit.parsing.SkillLexicon;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Makes interviews: questions out of the bank for what is known of a candidate and asked for by a position. */
@Component
class QuestionGeneration {

    private final Candidates candidates;
    private final Jobs jobs;
    private final EvidenceReader reader;
    private final QuestionSelection selection;
    private final InterviewRepository repository;
    private final TenantTransactions transactions;
    private final InterviewTrail trail;
    private final Clock clock;

    QuestionGeneration(
            Candidates candidates,
            Jobs jobs,
            QuestionBank bank,
            InterviewRepository repository,
            TenantTransactions transactions,
            InterviewTrail trail,
            JsonMapper json,
            SkillLexicon lexicon,
            Clock clock) {
        this.candidates = candidates;
        this.jobs = jobs;
        this.reader = new EvidenceReader(json, lexicon);
        this.selection = new QuestionSelection(bank);
        this.repository = repository;
        this.transactions = transactions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Chooses the questions and stores them as an interview of the caller's.
     *
     * @throws Problem {@code RESOURCE_NOT_FOUND} for a candidate that the caller does not see, or no active position
     */
    Mono<GeneratedInterview> generate(Caller caller, GenerateRequest.Checked request) {
        return Mono.defer(() -> candidates.get(caller.tenant(), IdKind.CANDIDATE.get(request.candidateId())))
                .flatMap(candidate -> job(request.positionId(), candidate)
                        .publishOn(Schedulers.parallel())
                        .map(job -> interview(caller, candidate, job, request.wanted())))
                .flatMap(interview -> transactions
                        .mono(
                                caller.tenant(),
                                () -> repository.insert(interview).delayUntil(at -> trail.generated(caller, interview)))
                        .map(at -> GeneratedInterview.of(interview, at)));
    }

    private NewInterview interview(
            Caller caller, Candidate candidate, JobProfile job, QuestionSelection.Wanted wanted) {
        Words position = Words.same(job.title());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new NewInterview(
                UuidV7.next(clock),
                caller.accountId(),
                candidate.id(),
                name(candidate),
                job.id(),
                job.title(),
                wanted,
                selection.select(wanted, reader.read(candidate, job, today), position));
    }

    private Mono<JobProfile> job(@Nullable String named, Candidate candidate) {
        if (named == null && candidate.positionId() == null) {
            return Mono.error(() -> Problem.invalid("position_id", "is required: the candidate is at no position"));
        }
        String id = named != null ? named : IdKind.position(Objects.requireNonNull(candidate.positionId()));
        return Mono.defer(() -> jobs.findProfile(IdKind.JOB.get(id)))
                .filter(JobProfile::active)
                .switchIfEmpty(Mono.error(() -> IdKind.JOB.notFound(id)));
    }

    private static @Nullable String name(Candidate candidate) {
        String name = Stream.of(candidate.firstName(), candidate.lastName())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return name.isBlank() ? null : name;
    }
}
