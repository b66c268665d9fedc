package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.LogSignal;
import ai.recruit.events.NewEvent;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.job.Jobs;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RankingTests extends MatchingIntegrationTest {

    @Autowired
    private Jobs jobs;

    @Autowired
    private Events events;

    @Autowired
    private Scoring scoring;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private JsonMapper json;

    private String known(TestAccount owner, String email, String... skills) {
        return IdKind.CANDIDATE.format(candidate(owner, email, skills));
    }

    private String person(TestAccount owner, String... skills) {
        return IdKind.CANDIDATE.format(someone(owner, skills));
    }

    private String job(String externalId, String location, String... skills) {
        return job(externalId, Map.of("location", location, "skills", List.of(skills)));
    }

    private static JsonNode json(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private String text(String uri, MediaType type) {
        return Objects.requireNonNull(http.get()
                .uri(uri)
                .headers(recruiter::authorize)
                .accept(type)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(type)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private static String ofJob(String job) {
        return "/api/matching/jobs/" + job + "/ranking";
    }

    private static String ofCandidate(String candidate) {
        return "/api/matching/candidates/" + candidate + "/ranking";
    }

    private static List<String> values(JsonNode rows, String field) {
        List<String> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.path(field).asString()));
        return values;
    }

    private List<String> ranked(TestAccount account, String job) {
        return values(json(get(account, ofJob(job) + "?limit=10000")).path("data"), "candidate_id");
    }

    private void awaitRanked(String job, String... expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ranked(recruiter, job)).containsExactly(expected));
    }

    private List<String> rankedOwnJobs(String candidate) {
        return values(
                json(get(recruiter, ofCandidate(candidate) + "?min_score=0.7&limit=10000"))
                        .path("data"),
                "job_id");
    }

    @Test
    void ranksTheCallersCandidatesForAJob() {
        String job = job("one", "Berlin, Germany", skill, "Spring Boot", skill + "-more");
        String half = person(recruiter, skill);
        String most = person(recruiter, skill, "Spring Framework");
        String none = person(recruiter, "Cooking");
        String foreign = person(accounts.recruiter(), skill, "Spring Boot", skill + "-more");
        awaitRanked(job, most, half, none);

        JsonNode page = json(get(recruiter, ofJob(job)));
        assertThat(page.path("pagination").path("total").asInt()).isEqualTo(3);
        JsonNode best = page.path("data").path(0);
        assertThat(best.path("rank").asInt()).isEqualTo(1);
        assertThat(best.path("job_id").asString()).isEqualTo(job);
        assertThat(best.path("matching_skills").path(0).asString()).isEqualTo(skill);
        assertThat(best.path("partial_skills").path(0).path("skill").asString()).isEqualTo("Spring Boot");
        assertThat(best.path("partial_skills").path(0).path("relation").asString())
                .isEqualTo("parent");
        assertThat(best.path("missing_skills")).hasSize(2);
        // 0.4 * (1 + 0.5) / 3 + 0.3 * 0.85 + 0.1 * 0.8 + 0.2
        assertThat(best.path("match_score").asDecimal()).isEqualByComparingTo("0.7350");
        assertThat(best.path("skill_match_score").asDecimal()).isEqualByComparingTo("0.5000");
        assertThat(best.path("experience_match_score").asDecimal()).isEqualByComparingTo("0.8500");
        assertThat(best.path("education_match_score").asDecimal()).isEqualByComparingTo("0.8000");
        assertThat(best.path("location_match_score").asDecimal()).isEqualByComparingTo("1.0000");
        assertThat(best.path("salary_match_score").asDecimal()).isEqualByComparingTo("0.7500");
        assertThat(best.path("cultural_fit").asDecimal()).isEqualByComparingTo("0.7500");

        assertThat(values(json(get(recruiter, ofJob(job) + "?limit=1")).path("items"), "candidate_id"))
                .containsExactly(most);
        assertThat(values(json(get(recruiter, ofJob(job) + "?min_score=0.6")).path("data"), "candidate_id"))
                .containsExactly(most, half);
        assertThat(ranked(accounts.admin(), job)).contains(most, half, none, foreign);
        assertThat(ranked(accounts.recruiter(), job)).isEmpty();
    }

    @Test
    void ranksTheJobsForACandidate() {
        String near = job("near", "Berlin, Germany", skill);
        String far = job("far", "Osh, Kyrgyzstan", skill);
        String candidate = person(recruiter, skill);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rankedOwnJobs(candidate)).contains(near, far));

        List<String> ids = rankedOwnJobs(candidate);
        assertThat(ids.indexOf(near)).isLessThan(ids.indexOf(far));
        JsonNode rows =
                json(get(recruiter, ofCandidate(candidate) + "?limit=10000")).path("data");
        List<String> scores = values(rows, "match_score");
        assertThat(scores)
                .isSortedAccordingTo(
                        (one, other) -> Double.compare(Double.parseDouble(other), Double.parseDouble(one)));
        assertThat(values(rows, "candidate_id")).containsOnly(candidate);
        JsonNode first = rows.valueStream()
                .filter(row -> row.path("job_id").asString().equals(near))
                .findFirst()
                .orElseThrow();
        assertThat(first.path("matching_skills").path(0).asString()).isEqualTo(skill);
        assertThat(first.path("match_score").asDecimal()).isEqualByComparingTo("0.9350");
    }

    @Test
    void streamsTheBestFirst() {
        String job = job("streamed", "Berlin, Germany", skill, skill + "-more");
        String half = person(recruiter, skill);
        String whole = person(recruiter, skill, skill + "-more");
        awaitRanked(job, whole, half);

        String[] lines = text(ofJob(job), MediaType.APPLICATION_NDJSON).split("\n");
        assertThat(lines).hasSize(2);
        assertThat(json.readTree(lines[0]).path("candidate_id").asString()).isEqualTo(whole);
        assertThat(json.readTree(lines[1]).path("rank").asInt()).isEqualTo(2);

        String live = text(ofJob(job), MediaType.TEXT_EVENT_STREAM);
        assertThat(live).startsWith("event: item\ndata: {").endsWith("\n\nevent: snapshot_end\ndata: {}\n\n");
        assertThat(live.indexOf(whole)).isPositive().isLessThan(live.indexOf(half));
    }

    @Test
    void followsWhatBecomesOfCandidates() {
        String job = job("followed", "Berlin, Germany", skill, skill + "-more");
        String email = UUID.randomUUID() + "@example.com";
        String other = person(recruiter, skill);
        awaitRanked(job, other);

        String candidate = known(recruiter, email, "Cooking");
        awaitRanked(job, other, candidate);

        assertThat(known(recruiter, email, skill, skill + "-more")).isEqualTo(candidate);
        awaitRanked(job, candidate, other);

        UUID id = IdKind.CANDIDATE.get(candidate);
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("delete from candidates where id = :id")
                                .bind("id", id)
                                .then()
                                .then(Mono.defer(() -> events.append(
                                        NewEvent.owned(recruiter.id(), "candidate.removed", candidate, Map.of())))))
                .block(PATIENCE);
        awaitRanked(job, other);
    }

    @Test
    void followsWhatBecomesOfJobs() {
        String candidate = person(recruiter, skill);
        String job = job("changing", "Berlin, Germany", skill);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rankedOwnJobs(candidate)).contains(job));

        job("changing", "Berlin, Germany", skill + "-other");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rankedOwnJobs(candidate)).doesNotContain(job));

        job("changing", "Berlin, Germany", skill);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rankedOwnJobs(candidate)).contains(job));
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("update jobs set active = false where id = :id")
                                .bind("id", IdKind.JOB.get(job))
                                .then()
                                .then(Mono.defer(() -> events.append(NewEvent.common("job.updated", job, Map.of())))))
                .block(PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rankedOwnJobs(candidate)).doesNotContain(job));
        assertThat(ranked(recruiter, job)).isEmpty();
    }

    @Test
    void showsNothingToThoseWhoMayNotSeeIt() {
        TestAccount person = accounts.candidate();
        String own = person(person, skill);
        String job = job("hidden", "Berlin, Germany", skill);

        get(person, ofCandidate(own)).expectStatus().isOk().expectBody();
        get(recruiter, ofCandidate(own)).expectStatus().isNotFound().expectBody();
        get(recruiter, ofCandidate("cand_" + "0".repeat(32)))
                .expectStatus()
                .isNotFound()
                .expectBody();
        get(recruiter, ofJob("job_" + "0".repeat(32)))
                .expectStatus()
                .isNotFound()
                .expectBody();
        get(person, ofJob(job)).expectStatus().isForbidden().expectBody();
        http.get().uri(ofJob(job)).exchange().expectStatus().isUnauthorized().expectBody();
    }

    @Test
    void refusesWrongParameters() {
        String job = job("refused", "Berlin, Germany", skill);
        for (String query : List.of("min_score=2", "min_score=x", "limit=0", "limit=x", "minimum=0.5", "page=2")) {
            get(recruiter, ofJob(job) + "?" + query)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody();
        }
        http.get()
                .uri(ofJob(job))
                .headers(recruiter::authorize)
                .accept(MediaType.APPLICATION_PDF)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectBody();
    }

    /** A log that tells of a gap as soon as it is followed for the first time, and nothing after. */
    private final class GapInTheLog implements Events {

        private final AtomicInteger begun = new AtomicInteger();

        @Override
        public Mono<Void> append(List<NewEvent> appended) {
            return events.append(appended);
        }

        @Override
        public Flux<LogSignal> follow(Tenant viewer, Selection selection, Start start) {
            return begun.get() == 1 ? Flux.just(new LogSignal.Resync(Cursor.START)) : Flux.never();
        }

        @Override
        public Mono<Event> latest(Tenant viewer, String subject) {
            return events.latest(viewer, subject);
        }

        @Override
        public Mono<Cursor> now() {
            return events.now().doOnNext(here -> begun.incrementAndGet());
        }
    }

    private RankingIndex index(Events log, boolean enabled, int maxRows) {
        return new RankingIndex(
                candidates,
                jobs,
                log,
                scoring,
                new RankingProperties(enabled, maxRows, Duration.ofMillis(50)),
                clock,
                new SimpleMeterRegistry());
    }

    private void assertUnavailable(RankingIndex index, String words) {
        StepVerifier.create(index.rows())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(Problem.class).hasMessageContaining(words);
                    assertThat(((Problem) error).code()).isEqualTo(ProblemCode.SERVICE_UNAVAILABLE);
                    assertThat(((Problem) error).retryAfter()).isNotNull();
                })
                .verify(PATIENCE);
    }

    @Test
    void loadsEverythingAnewWhenItsPlaceInTheLogHasExpired() {
        person(recruiter, skill);
        GapInTheLog log = new GapInTheLog();
        RankingIndex index = index(log, true, Integer.MAX_VALUE);

        // It comes to an end at the gap, and its loop calls it again.
        StepVerifier.create(index.keeping()).expectComplete().verify(PATIENCE);
        RankingRows before = index.rows().block(PATIENCE);
        String late = person(recruiter, skill);
        var again = index.keeping().subscribe(nothing -> {}, failure -> {
            throw new AssertionError(failure);
        });
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(index.rows().block(PATIENCE)).isNotSameAs(before));
            RankingTable.Snapshot<CandidateSegment> rows =
                    Objects.requireNonNull(index.rows().block(PATIENCE)).candidates();
            UUID last = rows.segments().get((rows.rows() - 1) / Segment.SIZE).id((rows.rows() - 1) % Segment.SIZE);
            assertThat(rows.live()).isPositive();
            assertThat(last.compareTo(IdKind.CANDIDATE.get(late))).isGreaterThanOrEqualTo(0);
        } finally {
            again.dispose();
        }
    }

    @Test
    void saysThatItHasNoRowsYet() {
        person(recruiter, skill);
        assertUnavailable(index(events, true, 10), "still being loaded");
        assertUnavailable(index(events, false, 10), "no rankings");
        RankingIndex small = index(events, true, 0);
        var loop = small.keeping().subscribe(nothing -> {}, failure -> {
            throw new AssertionError(failure);
        });
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertUnavailable(small, "more rows"));
        } finally {
            loop.dispose();
        }
    }
}
