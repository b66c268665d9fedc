package ai.recruit.resume;

import static ai.recruit.resume.ResumeClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Events;
import ai.recruit.events.Work;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.parsing.SampleResumes;
import ai.recruit.resume.ResumeClient.Seen;
import ai.recruit.storage.Blobs;
import ai.recruit.storage.Incoming;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Resumes whose workers crash, hang, or work twice. Rows are laid directly, as a worker would leave them. */
class ResumeProcessingTests extends IntegrationTest {

    private static final AtomicInteger SEED = new AtomicInteger(20_000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private ResumeProcessing processing;

    @Autowired
    private ProcessingRepository jobs;

    @Autowired
    private ResumeRepository resumes;

    @Autowired
    private Blobs blobs;

    @Autowired
    private Events events;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private Clock clock;

    private TestAccount account;
    private ResumeClient recruiter;

    @BeforeEach
    void login() {
        account = accounts.recruiter();
        recruiter = new ResumeClient(http, account);
    }

    @Test
    void takesUpTheWorkOfACrashedWorkerWithinTenSeconds() {
        NewResume resume = lay(true);
        set(
                resume,
                "state = 'processing', attempts = 1, lease_owner = gen_random_uuid(), "
                        + "lease_until = now() + interval '2 seconds'");
        long began = System.nanoTime();
        JsonNode status = recruiter.await(IdKind.RESUME.format(resume.id()));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(status.path("status").asString()).isEqualTo("completed");
        assertThat(status.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void failsWhatHasCrashedThreeTimes() {
        NewResume resume = lay(true);
        set(resume, "state = 'processing', attempts = 3, lease_owner = gen_random_uuid(), lease_until = now()");
        JsonNode status = recruiter.await(IdKind.RESUME.format(resume.id()));
        assertThat(status.path("status").asString()).isEqualTo("failed");
        assertThat(status.at("/error/code").asString()).isEqualTo("processing_failed");
    }

    @Test
    void triesThreeTimesWhatFailsUnexpectedlyAndCanThenBeRetried() {
        NewResume resume = lay(false);
        request(resume);
        String id = IdKind.RESUME.format(resume.id());
        JsonNode status = recruiter.await(id);
        assertThat(status.path("status").asString()).isEqualTo("failed");
        assertThat(status.path("attempts").asInt()).isEqualTo(3);
        assertThat(status.at("/error/code").asString()).isEqualTo("processing_failed");

        store(resume);
        assertThat(json(recruiter.post("/api/resumes/" + id + "/retry"))
                        .path("status")
                        .asString())
                .isEqualTo("queued");
        List<Seen> seen = recruiter.allEvents("/api/resumes/" + id + "/events");
        assertThat(seen.stream().map(Seen::type)).containsOnlyOnce("resume.failed", "resume.completed");
        assertThat(seen.get(seen.size() - 1).type()).isEqualTo("resume.completed");
        status = recruiter.getJson("/api/resumes/" + id + "/status");
        assertThat(status.path("attempts").asInt()).isEqualTo(1);
        assertThat(status.path("error").isNull()).isTrue();
    }

    @Test
    void hasOneEffectHoweverOftenTheWorkIsDelivered() {
        NewResume resume = lay(true);
        String id = IdKind.RESUME.format(resume.id());
        Flux.fromStream(IntStream.range(0, 8).boxed())
                .flatMap(i -> processing.process(
                        Lane.INTERACTIVE, new Work(-i - 1L, "resume-interactive", "resume.requested", id, "{}")))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
        List<Seen> seen = recruiter.allEvents("/api/resumes/" + id + "/events");
        assertThat(seen.stream()
                        .filter(event -> event.type().equals("resume.progress"))
                        .map(Seen::step))
                .containsExactly(
                        "checked", "text_extracted", "fields_extracted", "candidate_created", "matched", "completed");
        assertThat(seen.stream().map(Seen::type)).containsOnlyOnce("resume.completed");
    }

    @Test
    void goesOnBehindTheLastStageThatIsDone() {
        NewResume resume = lay(true);
        String id = IdKind.RESUME.format(resume.id());
        processing
                .process(Lane.INTERACTIVE, new Work(-100L, "resume-interactive", "resume.requested", id, "{}"))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
        // As if the worker had crashed right after it had stored the candidate.
        set(resume, "state = 'queued', stage = 5, lease_owner = null, lease_until = null");
        processing
                .process(Lane.INTERACTIVE, new Work(-101L, "resume-interactive", "resume.requested", id, "{}"))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
        JsonNode status = recruiter.await(id);
        assertThat(status.path("status").asString()).isEqualTo("completed");
        List<Seen> seen = recruiter.allEvents("/api/resumes/" + id + "/events");
        assertThat(seen.stream()
                        .filter(event -> event.type().equals("resume.progress"))
                        .map(Seen::step))
                .containsOnlyOnce("checked", "candidate_created")
                .doesNotContain("candidate_updated");
    }

    @Test
    void refusesTheChangesOfAWorkerThatHasLostItsLease() {
        NewResume resume = lay(true);
        Job slow = claim(resume);
        set(resume, "lease_until = now() - interval '1 second'");
        Job next = claim(resume);
        assertThat(next.attempt()).isEqualTo(2);
        transactions
                .mono(Tenant.account(account.id()), () -> jobs.advance(account.id(), Map.of(slow, Step.CHECKED)))
                .as(StepVerifier::create)
                .expectNext(Set.of())
                .expectComplete()
                .verify(PATIENCE);
        transactions
                .mono(Tenant.account(account.id()), () -> jobs.advance(account.id(), Map.of(slow, Step.COMPLETED)))
                .as(StepVerifier::create)
                .expectNext(Set.of())
                .expectComplete()
                .verify(PATIENCE);
        transactions
                .mono(Tenant.account(account.id()), () -> jobs.giveBack(next, Duration.ZERO, false))
                .as(StepVerifier::create)
                .expectNext(true)
                .expectComplete()
                .verify(PATIENCE);
        JsonNode status = recruiter.await(IdKind.RESUME.format(resume.id()));
        assertThat(status.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void givesWorkBackUncountedWhenItIsStopped() {
        NewResume resume = lay(true);
        String id = IdKind.RESUME.format(resume.id());
        StepVerifier.create(processing.process(
                        Lane.INTERACTIVE, new Work(-200L, "resume-interactive", "resume.requested", id, "{}")))
                .expectSubscription()
                .thenCancel()
                .verify(PATIENCE);
        request(resume);
        JsonNode status = recruiter.await(id);
        assertThat(status.path("status").asString()).isEqualTo("completed");
        assertThat(status.path("attempts").asInt()).isEqualTo(1);
    }

    private Job claim(NewResume resume) {
        return Objects.requireNonNull(transactions
                .mono(
                        Tenant.system(),
                        () -> jobs.claim(Tenant.system(), Map.of(UuidV7.next(clock), resume.id()), 3)
                                .next())
                .block(PATIENCE));
    }

    private void request(NewResume resume) {
        transactions
                .mono(Tenant.system(), () -> events.append(ResumeEvents.requested(resume.id(), Lane.INTERACTIVE)))
                .block(PATIENCE);
    }

    private void set(NewResume resume, String assignments) {
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("update processing_jobs set " + assignments + " where resume_id = :id")
                                .bind("id", resume.id())
                                .then())
                .block(PATIENCE);
    }

    private byte[] bytes = new byte[0];

    /** A resume with its job, of which no queue knows. */
    private NewResume lay(boolean stored) {
        bytes = SampleResumes.txt(SampleResumes.person(SEED.incrementAndGet()));
        UUID id = UuidV7.next(clock);
        NewResume resume = new NewResume(
                id,
                UuidV7.next(clock),
                "cv.txt",
                "text/plain",
                bytes.length,
                sha256(bytes),
                NewResume.keyOf(id),
                Duration.ZERO);
        if (stored) {
            store(resume);
        }
        transactions
                .mono(
                        Tenant.account(account.id()),
                        () -> resumes.insert(account.id(), null, null, false, "test", List.of(resume))
                                .then(Mono.defer(
                                        () -> resumes.insertJobs(account.id(), Lane.INTERACTIVE, List.of(resume)))))
                .block(PATIENCE);
        return resume;
    }

    private void store(NewResume resume) {
        Incoming incoming = blobs.begin();
        incoming.append(DefaultDataBufferFactory.sharedInstance.wrap(bytes))
                .then(Mono.defer(() -> incoming.keep(resume.blobKey())))
                .block(PATIENCE);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
