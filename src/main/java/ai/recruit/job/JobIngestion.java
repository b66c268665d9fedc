package ai.recruit.job;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.SpokenLanguage;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes jobs in. Wrong jobs are rejected one by one with their reasons, and do not keep the good ones out; when none is
 * good, or the request as a whole is wrong, nothing is taken and the request fails. Of several jobs with the same
 * external id the last one counts. The same jobs sent again change nothing and cause no event.
 */
@Component
class JobIngestion implements Jobs {

    /** Jobs in one transaction, which readers of the event log wait for. */
    private static final int BATCH = 200;

    private static final int MAX_SOURCE = 100;

    private final JobRepository repository;
    private final TenantTransactions transactions;
    private final Events events;
    private final Clock clock;
    private final JobSkills skills;

    JobIngestion(
            JobRepository repository, TenantTransactions transactions, Events events, Clock clock, JobSkills skills) {
        this.repository = repository;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
        this.skills = skills;
    }

    Mono<IngestionResponse> ingest(IngestionRequest request) {
        return Mono.fromCallable(() -> checked(request))
                .flatMap(checked -> Flux.fromIterable(checked.good())
                        // Reading the texts is work for the processor and has no business on an event loop.
                        .publishOn(Schedulers.parallel())
                        .map(job -> read(job, checked.warnings()))
                        .buffer(BATCH)
                        .concatMap(jobs -> store(checked.source(), jobs))
                        .then(Mono.fromSupplier(() -> response(checked))));
    }

    private Mono<Void> store(String source, List<ReadJob> jobs) {
        return transactions.mono(
                Tenant.system(),
                () -> repository
                        .store(source, jobs)
                        .map(job -> event(source, job))
                        .collectList()
                        .flatMap(events::append));
    }

    /** What everybody is told of a job that is new or has changed; it is matched then. */
    static NewEvent event(String source, JobRepository.Stored job) {
        return NewEvent.common(
                        job.created() ? "job.created" : "job.updated",
                        IdKind.JOB.format(job.id()),
                        Map.of(
                                "job_id", IdKind.JOB.format(job.id()),
                                "external_id", job.externalId(),
                                "source", source))
                .queuedTo(MATCHING_QUEUE);
    }

    @Override
    public Mono<JobProfile> findProfile(UUID id) {
        return transactions.mono(Tenant.system(), () -> repository.find(id));
    }

    @Override
    public Mono<List<JobProfile>> profiles(List<UUID> ids) {
        return transactions.mono(Tenant.system(), () -> repository.findAll(ids));
    }

    @Override
    public Mono<Long> count(List<String> skills) {
        return transactions.mono(Tenant.system(), () -> repository.count(skills));
    }

    @Override
    public Mono<List<JobProfile>> chunk(@Nullable UUID afterId, int size) {
        return transactions.mono(Tenant.system(), () -> repository.chunk(afterId, size));
    }

    @Override
    public Mono<List<JobProfile>> chunk(List<String> skills, @Nullable UUID afterId, int size) {
        return transactions.mono(Tenant.system(), () -> repository.chunk(skills, afterId, size));
    }

    /** A good job and its place in the request. */
    private record Indexed(int index, NewJob job) {}

    private record Checked(
            String source,
            int received,
            List<Indexed> good,
            List<IngestionResponse.Rejected> rejected,
            List<IngestionResponse.Warning> warnings) {}

    private static Checked checked(IngestionRequest request) {
        String source = request.source() == null
                ? ""
                : request.source().replace("\0", "").strip();
        if (source.isEmpty()) {
            throw Problem.invalid("source", "is required");
        }
        if (source.length() > MAX_SOURCE) {
            throw Problem.invalid("source", "must have at most " + MAX_SOURCE + " characters");
        }
        List<@Nullable NewJob> jobs = request.jobs();
        if (jobs == null || jobs.isEmpty() || jobs.size() > IngestionRequest.MAX_JOBS) {
            throw Problem.invalid("jobs", "must hold between 1 and " + IngestionRequest.MAX_JOBS + " jobs");
        }
        Map<String, Indexed> good = new LinkedHashMap<>();
        List<IngestionResponse.Rejected> rejected = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            NewJob raw = jobs.get(i);
            if (raw == null) {
                rejected.add(rejected(i, null, new FieldProblem("job", "must be an object")));
                continue;
            }
            NewJob job = raw.cleaned();
            Optional<FieldProblem> problem = job.problem();
            if (problem.isPresent()) {
                rejected.add(rejected(i, job.externalId(), problem.get()));
                continue;
            }
            Indexed earlier = good.remove(job.externalId());
            if (earlier != null) {
                rejected.add(rejected(
                        earlier.index(),
                        job.externalId(),
                        new FieldProblem("external_id", "is repeated by jobs[" + i + "], which was taken instead")));
            }
            good.put(Objects.requireNonNull(job.externalId()), new Indexed(i, job));
        }
        if (good.isEmpty()) {
            throw Problem.invalid(rejected.stream()
                    .map(one -> new FieldProblem("jobs[" + one.index() + "]." + one.field(), one.message()))
                    .toList());
        }
        return new Checked(source, jobs.size(), List.copyOf(good.values()), rejected, new ArrayList<>());
    }

    private static IngestionResponse.Rejected rejected(int index, @Nullable String externalId, FieldProblem problem) {
        return new IngestionResponse.Rejected(index, externalId, "INVALID_REQUEST", problem.field(), problem.message());
    }

    /** Reads a single good job. */
    ReadJob read(NewJob job) {
        return read(new Indexed(0, job), new ArrayList<>());
    }

    private ReadJob read(Indexed indexed, List<IngestionResponse.Warning> warnings) {
        NewJob job = indexed.job();
        String title = Objects.requireNonNull(job.title());
        String externalId = Objects.requireNonNull(job.externalId());
        Salary salary = new Salary(null, null, null);
        String salaryText = job.salaryRange();
        if (salaryText != null) {
            Optional<Salary> understood = Salary.parse(salaryText);
            salary = understood.orElse(salary);
            if (understood.isEmpty()) {
                warnings.add(new IngestionResponse.Warning(
                        indexed.index(),
                        externalId,
                        "salary_range",
                        "could not be understood as amounts; the text is kept as it is"));
            }
        }
        JobText text = JobText.of(title, job.description(), job.requirements());
        List<String> named = job.skills() == null
                ? List.of()
                : job.skills().stream().filter(Objects::nonNull).toList();
        return new ReadJob(
                UuidV7.next(clock),
                externalId,
                title,
                job.company(),
                job.location(),
                job.description(),
                job.requirements(),
                job.applyUrl(),
                salary.min(),
                salary.max(),
                salary.currency(),
                salaryText,
                job.type(),
                text.level(),
                skills.of(named, String.join("\n", title, orEmpty(job.requirements()), orEmpty(job.description()))),
                text.minExperienceMonths(),
                text.education(),
                job.workMode(),
                job.spoken().stream().map(SpokenLanguage::text).toList(),
                job.startDate());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private IngestionResponse response(Checked checked) {
        return new IngestionResponse(
                true,
                new IngestionResponse.Data(
                        IdKind.INGESTION.format(UuidV7.next(clock)),
                        checked.received(),
                        checked.good().size(),
                        "processing",
                        checked.rejected(),
                        checked.warnings()));
    }
}
