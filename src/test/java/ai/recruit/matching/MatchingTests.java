package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.events.Work;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class MatchingTests extends MatchingIntegrationTest {

    @Autowired
    private Matches matches;

    @Autowired
    private JobMatching jobMatching;

    @Autowired
    private Inbox inbox;

    @Autowired
    private Events events;

    @Autowired
    private DatabaseClient database;

    private String job(String externalId, String title, String location, String... skills) {
        return job(externalId, Map.of("title", title, "location", location, "skills", List.of(skills)));
    }

    private int match(TestAccount owner, UUID candidate) {
        return Objects.requireNonNull(
                matches.matchCandidate(owner.id(), candidate).block(PATIENCE));
    }

    private static JsonNode json(ResponseSpec response) {
        return Objects.requireNonNull(response.expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private static String ofCandidate(UUID candidate) {
        return "/api/matching/candidates/" + IdKind.CANDIDATE.format(candidate) + "/matches";
    }

    private static String ofJob(String job) {
        return "/api/matching/jobs/" + job + "/matches";
    }

    private List<Event> found(TestAccount owner, int count) {
        return Objects.requireNonNull(events.follow(
                        owner.caller().tenant(),
                        Selection.ofTypes(Set.of("match.found")),
                        Start.beginning(clock.instant()))
                .ofType(Event.class)
                .take(count)
                .collectList()
                .block(PATIENCE));
    }

    private Flux<ServerSentEvent<String>> live(String uri) {
        return http.get()
                .uri(uri)
                .headers(recruiter::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null);
    }

    @Test
    void listsACandidatesMatchesBestFirst() {
        String half = job("half", "Software Engineer", "Hamburg, Germany", skill, skill + "-more");
        String whole = job("whole", "Software Engineer", "Berlin", skill);
        job("none", "Software Engineer", "Berlin", skill + "-other");
        UUID candidate = someone(recruiter, skill);

        assertThat(match(recruiter, candidate)).isGreaterThanOrEqualTo(2);

        JsonNode page = json(get(recruiter, ofCandidate(candidate)));
        List<JsonNode> mine = new ArrayList<>();
        page.path("data").forEach(row -> {
            if (List.of(half, whole).contains(row.path("job_id").asString())) {
                mine.add(row);
            }
        });
        assertThat(mine).extracting(row -> row.path("job_id").asString()).containsExactly(whole, half);
        JsonNode best = mine.get(0);
        assertThat(best.propertyNames())
                .containsExactly(
                        "match_id",
                        "candidate_id",
                        "job_id",
                        "match_score",
                        "skill_match_score",
                        "experience_match_score",
                        "education_match_score",
                        "location_match_score",
                        "matching_skills",
                        "missing_skills",
                        "explanation",
                        "viewed_at",
                        "created_at");
        assertThat(best.path("match_id").asString()).matches("match_[0-9a-f]{32}");
        assertThat(best.path("candidate_id").asString()).isEqualTo(IdKind.CANDIDATE.format(candidate));
        // 0.4 * 1 + 0.3 * 0.85 + 0.1 * 0.8 + 0.2 * 1
        assertThat(best.path("match_score").asDecimal()).isEqualByComparingTo("0.9350");
        assertThat(best.path("experience_match_score").asDecimal()).isEqualByComparingTo("0.85");
        assertThat(best.path("matching_skills")).extracting(JsonNode::asString).containsExactly(skill);
        assertThat(best.path("viewed_at").isNull()).isTrue();
        assertThat(mine.get(1).path("missing_skills"))
                .extracting(JsonNode::asString)
                .containsExactly(skill + "-more");
        for (String word : List.of("total", "skip", "limit", "items", "pagination")) {
            assertThat(page.has(word)).as(word).isTrue();
        }

        assertThat(json(get(recruiter, ofCandidate(candidate) + "?min_score=0.93"))
                        .path("data"))
                .extracting(row -> row.path("job_id").asString())
                .contains(whole)
                .doesNotContain(half);
    }

    @Test
    void spellsScoresWithFourDecimals() {
        job("one", "Software Engineer", "Berlin", skill);
        UUID candidate = someone(recruiter, skill);
        match(recruiter, candidate);

        http.get()
                .uri(ofCandidate(candidate))
                .headers(recruiter::authorize)
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(lines -> assertThat(lines).contains("\"match_score\":0.9350,\"skill_match_score\":1.0000,"));
    }

    @Test
    void isSilentWhenNothingHasChanged() {
        String job = job("one", "Software Engineer", "Berlin", skill);
        UUID candidate = someone(recruiter, skill);
        int first = match(recruiter, candidate);

        assertThat(match(recruiter, candidate)).isEqualTo(first);

        UUID other = someone(recruiter, skill);
        match(recruiter, other);
        List<Event> found = found(recruiter, first * 2);
        assertThat(found).extracting(Event::subject).doesNotHaveDuplicates();
        assertThat(found)
                .filteredOn(event -> event.data().contains(job))
                .extracting(Event::parent)
                .containsExactlyInAnyOrder(IdKind.CANDIDATE.format(candidate), IdKind.CANDIDATE.format(other));
        assertThat(found.get(0).data()).contains("match_id", "candidate_id", "job_id", "\"match_score\": 0.");
    }

    @Test
    void matchesANewJobWithTheCandidatesOfAllOwners() {
        TestAccount colleague = accounts.recruiter();
        UUID mine = someone(recruiter, skill);
        UUID theirs = someone(colleague, skill);

        String job = job("late", "Software Engineer", "Berlin", skill);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(candidatesOf(recruiter, job)).containsExactly(IdKind.CANDIDATE.format(mine));
            assertThat(candidatesOf(colleague, job)).containsExactly(IdKind.CANDIDATE.format(theirs));
        });
        assertThat(candidatesOf(accounts.admin(), job)).hasSize(2);
        assertThat(candidatesOf(accounts.recruiter(), job)).isEmpty();
    }

    private List<String> candidatesOf(TestAccount account, String job) {
        List<String> found = new ArrayList<>();
        json(get(account, ofJob(job)))
                .path("data")
                .forEach(row -> found.add(row.path("candidate_id").asString()));
        return found;
    }

    @Test
    void takesOutWhatNoLongerFits() {
        String job = job("moving", "Software Engineer", "Berlin", skill);
        UUID candidate = someone(recruiter, skill);
        match(recruiter, candidate);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(candidatesOf(recruiter, job)).hasSize(1));

        job("moving", "Nurse", "Berlin", skill + "-other");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(candidatesOf(recruiter, job)).isEmpty());
    }

    @Test
    void doesAPieceOfWorkOnce() {
        String job = job("once", "Software Engineer", "Berlin", skill);
        UUID candidate = someone(recruiter, skill);
        Work work = new Work(-System.nanoTime(), "matching", "job.created", job, "{}");

        jobMatching.handle(work).then(jobMatching.handle(work)).block(PATIENCE);

        assertThat(candidatesOf(recruiter, job)).containsExactly(IdKind.CANDIDATE.format(candidate));
        StepVerifier.create(transactions.mono(Tenant.system(), () -> inbox.record(work)))
                .expectNext(false)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void hidesAnotherRecruitersCandidate() {
        UUID candidate = someone(recruiter, skill);
        TestAccount stranger = accounts.recruiter();
        String absent = IdKind.CANDIDATE.format(UuidV7.next(clock));

        String foreign = problem(stranger, ofCandidate(candidate), IdKind.CANDIDATE.format(candidate));
        assertThat(foreign).isEqualTo(problem(stranger, "/api/matching/candidates/" + absent + "/matches", absent));
        for (MediaType type : List.of(MediaType.APPLICATION_NDJSON, MediaType.TEXT_EVENT_STREAM)) {
            http.get()
                    .uri(ofCandidate(candidate))
                    .headers(stranger::authorize)
                    .accept(type)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody();
        }
        get(accounts.admin(), ofCandidate(candidate)).expectStatus().isOk().expectBody();
    }

    private String problem(TestAccount account, String uri, String id) {
        JsonNode body = Objects.requireNonNull(get(account, uri)
                .expectStatus()
                .isNotFound()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
        return (body.path("error").path("code").asString() + body.path("detail").asString()).replace(id, "ID");
    }

    @Test
    void showsPeopleTheirOwnMatchesOnly() {
        TestAccount person = accounts.candidate();
        UUID own = someone(person, skill);
        UUID other = someone(recruiter, skill);

        get(person, ofCandidate(own)).expectStatus().isOk().expectBody();
        get(person, ofCandidate(other)).expectStatus().isNotFound().expectBody();
        String job = job("any", "Software Engineer", "Berlin", skill);
        get(person, ofJob(job)).expectStatus().isForbidden().expectBody();
    }

    @Test
    void refusesWrongScoresAndUnknownParameters() {
        UUID candidate = someone(recruiter, skill);
        for (String query : List.of("min_score=2", "min_score=x", "min_score=-0.1", "minimum=0.5")) {
            get(recruiter, ofCandidate(candidate) + "?" + query)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody();
        }
    }

    @Test
    void followsTheMatchesOfAJobLive() {
        String job = job("live", "Software Engineer", "Berlin", skill);
        UUID before = someone(recruiter, skill);
        match(recruiter, before);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(candidatesOf(recruiter, job)).hasSize(1));
        TestAccount colleague = accounts.recruiter();

        StepVerifier.create(live(ofJob(job)))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(event.data()).contains(IdKind.CANDIDATE.format(before));
                })
                .assertNext(event -> assertThat(event.event()).isEqualTo("snapshot_end"))
                .then(() -> {
                    // A foreign match is neither told nor told as removed.
                    match(colleague, someone(colleague, skill));
                    match(recruiter, someone(recruiter, skill));
                })
                // What was stored just before the snapshot may come once more behind it.
                .thenConsumeWhile(event -> event.data().contains(IdKind.CANDIDATE.format(before)))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("item");
                    assertThat(event.data())
                            .contains("\"job_id\":\"" + job + "\"")
                            .doesNotContain(IdKind.CANDIDATE.format(before));
                })
                .then(() -> job("live", "Nurse", "Berlin", skill + "-other"))
                .assertNext(event -> assertThat(event.event()).isEqualTo("removed"))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("removed");
                    assertThat(event.data()).matches("\\{\"id\":\"match_[0-9a-f]{32}\"}");
                })
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void failsForACandidateThatTheAccountDoesNotHave() {
        UUID candidate = someone(recruiter, skill);
        StepVerifier.create(Mono.defer(
                        () -> matches.matchCandidate(accounts.recruiter().id(), candidate)))
                .expectErrorMessage("Candidate '" + IdKind.CANDIDATE.format(candidate) + "' does not exist")
                .verify(PATIENCE);
    }

    private String matchOf(UUID candidate, String job) {
        for (JsonNode row : json(get(recruiter, ofCandidate(candidate))).path("data")) {
            if (row.path("job_id").asString().equals(job)) {
                return "/api/matching/matches/" + row.path("match_id").asString();
            }
        }
        throw new AssertionError("The match is not listed");
    }

    private JsonNode replayed(TestAccount account, String match) {
        return json(
                http.post().uri(match + "/replay").headers(account::authorize).exchange());
    }

    private static int sum(JsonNode parts, String field) {
        int sum = 0;
        for (JsonNode part : parts) {
            for (JsonNode contribution : part.path("contributions")) {
                sum += contribution.path(field).asInt();
            }
        }
        return sum;
    }

    @Test
    void tellsWhatAScoreIsMadeOf() {
        String job = job("explained", "Software Engineer", "Berlin", skill, skill + "-more");
        UUID candidate = someone(recruiter, skill);
        match(recruiter, candidate);

        JsonNode match = json(get(recruiter, matchOf(candidate, job)));

        // 0.4 * 0.5 + 0.3 * 0.85 + 0.1 * 0.8 + 0.2 * 1
        assertThat(match.path("match_score").asDecimal()).isEqualByComparingTo("0.7350");
        assertThat(match.path("tier").asString()).isEqualTo("medium");
        assertThat(match.path("recommendation").asString()).isEqualTo("CONSIDER");
        assertThat(match.path("cultural_fit").asDecimal()).isEqualByComparingTo("0.75");
        assertThat(match.path("cultural_fit_assessed").asBoolean()).isFalse();
        assertThat(match.path("fit").path("job_for_candidate").isNull()).isTrue();
        JsonNode breakdown = match.path("breakdown");
        assertThat(breakdown.path("agrees").asBoolean()).isTrue();
        assertThat(breakdown.path("profile").asString()).isEqualTo("matching");
        assertThat(breakdown.path("weights").path("skills").asInt()).isEqualTo(4_000);
        assertThat(sum(breakdown.path("parts"), "points")).isEqualTo(7_350);
        assertThat(sum(breakdown.path("parts"), "weight")).isEqualTo(10_000);
        JsonNode first = breakdown.path("parts").path(0).path("contributions").path(0);
        assertThat(first.path("requirement").asString()).isEqualTo("required_skill");
        assertThat(first.path("required").asString()).isEqualTo(skill);
        assertThat(first.path("verdict").asString()).isEqualTo("matched");
        assertThat(first.path("points").asInt()).isEqualTo(2_000);
        assertThat(first.path("evidence").path("field").asString()).isEqualTo("skills");
        assertThat(first.path("evidence").path("relation").asString()).isEqualTo("same");
        assertThat(match.path("reason").path("ru").asString())
                .contains("Навыки: 1 из 2 (" + skill + ")", "Опыт: 5 лет, требуется 3 года.");
        assertThat(match.path("engine_version").asString()).isEqualTo("3/matching:4000-3000-1000-0-2000-0");
        for (String hash : List.of("inputs_hash", "score_hash")) {
            assertThat(match.path(hash).asString()).matches("[0-9a-f]{32}");
        }
        assertThat(match.path("lexicon_hash").asString()).isNotEmpty();

        JsonNode other = json(get(recruiter, matchOf(candidate, job) + "?profile=recruiter"))
                .path("breakdown");
        // 0.4 * 0.5 + 0.3 * 0.85 + 0.1 * 0.8 + 0.2 * 0.75
        assertThat(sum(other.path("parts"), "points")).isEqualTo(6_850);
        assertThat(other.path("agrees").asBoolean()).isFalse();
        get(recruiter, matchOf(candidate, job) + "?profile=none")
                .expectStatus()
                .isBadRequest()
                .expectBody();
    }

    @Test
    void computesAMatchAgainEvenWhenTheJobHasChanged() {
        String job = job("replayed", "Software Engineer", "Berlin", skill);
        UUID candidate = someone(recruiter, skill);
        match(recruiter, candidate);
        String match = matchOf(candidate, job);

        JsonNode same = replayed(recruiter, match);
        assertThat(same.path("agrees").asBoolean()).as("%s", same).isTrue();
        assertThat(same.path("outcome").asString()).isEqualTo("agrees");
        assertThat(same.path("inputs_changed").asBoolean()).isFalse();
        assertThat(same.path("replayed")).isEqualTo(same.path("stored")).isEqualTo(same.path("current"));

        // Another spelling of the same place gives the same score by other facts. The match is made anew by itself,
        // soon.
        job("replayed", "Software Engineer", "Berlin, Germany", skill);

        String before = same.path("stored").path("inputs_hash").asString();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode later = replayed(recruiter, match);
            String stored = later.path("stored").path("inputs_hash").asString();
            String current = later.path("current").path("inputs_hash").asString();
            assertThat(later.path("agrees").asBoolean()).as("%s", later).isTrue();
            assertThat(current).isNotEqualTo(before);
            assertThat(later.path("inputs_changed").asBoolean()).isEqualTo(!stored.equals(current));
            assertThat(later.path("stored").path("score"))
                    .isEqualTo(same.path("stored").path("score"));
            assertThat(stored).isEqualTo(current);
        });
    }

    @Test
    void explainsMatchesOfOlderRulesByWhatIsKnownToday() {
        String job = job("older", "Software Engineer", "Berlin", skill);
        UUID candidate = someone(recruiter, skill);
        match(recruiter, candidate);
        String match = matchOf(candidate, job);
        Long changed = transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("""
                                update matches set engine_version = '1/4000-3000-1000-2000/x', lexicon_hash = null,
                                    inputs_hash = null, score_hash = null, candidate_facts = null, job_facts = null
                                where candidate_id = :candidate
                                """)
                                .bind("candidate", candidate)
                                .fetch()
                                .rowsUpdated())
                .block(PATIENCE);
        assertThat(changed).isPositive();

        JsonNode breakdown = json(get(recruiter, match)).path("breakdown");
        assertThat(sum(breakdown.path("parts"), "points")).isEqualTo(9_350);
        assertThat(breakdown.path("agrees").asBoolean()).isFalse();
        JsonNode replayed = replayed(recruiter, match);
        assertThat(replayed.path("outcome").asString()).isEqualTo("rules_changed");
        assertThat(replayed.path("replayed").isNull()).isTrue();
        assertThat(replayed.path("current").path("match_score").asDecimal()).isEqualByComparingTo("0.9350");

        match(recruiter, candidate);
        assertThat(replayed(recruiter, match).path("outcome").asString()).isEqualTo("agrees");
    }

    @Test
    void saysWhatWouldBringAMatchAcrossTheThreshold() {
        String job = job("crossed", "Software Engineer", "Berlin", skill, skill + "-more", skill + "-most");
        UUID candidate = someone(recruiter, skill);
        match(recruiter, candidate);
        String match = matchOf(candidate, job);

        // 0.4 / 3 + 0.3 * 0.85 + 0.1 * 0.8 + 0.2 * 1 = 0.6683
        JsonNode up = json(get(recruiter, match + "/counterfactuals"));
        assertThat(up.path("above").asBoolean()).isFalse();
        assertThat(up.path("threshold").asDecimal()).isEqualByComparingTo("0.7");
        JsonNode change = up.path("counterfactuals").path(0).path("changes").path(0);
        assertThat(change.path("field").asString()).isEqualTo("skills");
        assertThat(change.path("add")).extracting(JsonNode::asString).containsExactly(skill + "-more");
        assertThat(change.path("text").path("ru").asString()).isEqualTo("Есть также: " + skill + "-more.");
        for (JsonNode alternative : up.path("counterfactuals")) {
            assertThat(alternative.path("match_score").asDecimal()).isGreaterThanOrEqualTo(new BigDecimal("0.7"));
        }
        assertThat(up.path("counterfactuals"))
                .extracting(alternative -> alternative
                        .path("changes")
                        .path(0)
                        .path("text")
                        .path("en")
                        .asString())
                .contains("6 years 5 months of experience instead of 5 years.");

        JsonNode down = json(get(recruiter, match + "/counterfactuals?threshold=0.66"));
        assertThat(down.path("above").asBoolean()).isTrue();
        for (JsonNode alternative : down.path("counterfactuals")) {
            assertThat(alternative.path("match_score").asDecimal()).isLessThan(new BigDecimal("0.66"));
        }
        get(recruiter, match + "/counterfactuals?threshold=2")
                .expectStatus()
                .isBadRequest()
                .expectBody();
    }

    @Test
    void explainsMatchesToTheirOwnersAlone() {
        TestAccount person = accounts.candidate();
        String job = job("owned", "Software Engineer", "Berlin", skill);
        UUID own = someone(person, skill);
        match(person, own);
        String match = "/api/matching/matches/"
                + json(get(person, ofCandidate(own)))
                        .path("data")
                        .path(0)
                        .path("match_id")
                        .asString();

        assertThat(json(get(person, match)).path("candidate_id").asString()).isEqualTo(IdKind.CANDIDATE.format(own));
        assertThat(replayed(person, match).path("agrees").asBoolean()).isTrue();
        get(accounts.admin(), match).expectStatus().isOk().expectBody();
        for (String path : List.of(match, match + "/counterfactuals")) {
            get(recruiter, path).expectStatus().isNotFound().expectBody();
        }
        http.post()
                .uri(match + "/replay")
                .headers(recruiter::authorize)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody();
        assertThat(job).isNotEmpty();
    }
}
