package ai.recruit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.PastEvents;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.kernel.IdKind;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Scores that clients ask for, and what people say of themselves and want. */
class ScoreTests extends MatchingIntegrationTest {

    private static final Map<String, Object> DOCUMENTED = Map.of(
            "required_skills",
            List.of("Python", "PostgreSQL"),
            "preferred_skills",
            List.of("Docker", "Kubernetes"),
            "min_experience_years",
            3,
            "education_requirement",
            "Bachelor's");

    @Autowired
    private Events events;

    @Autowired
    private PastEvents past;

    @Override
    String job(String externalId, Map<String, Object> otherwise) {
        Map<String, Object> fullTime = new HashMap<>(Map.of("type", "full_time"));
        fullTime.putAll(otherwise);
        return super.job(externalId, fullTime);
    }

    private static String path(UUID candidate, String what) {
        return "/api/v1/candidates/" + IdKind.CANDIDATE.format(candidate) + what;
    }

    private ResponseSpec send(TestAccount account, HttpMethod method, String uri, Object body) {
        return send(account::authorize, method, uri, body);
    }

    private ResponseSpec send(Consumer<HttpHeaders> headers, HttpMethod method, String uri, Object body) {
        return http.method(method).uri(uri).headers(headers).bodyValue(body).exchange();
    }

    private static JsonNode ok(ResponseSpec response) {
        return answer(response, 200);
    }

    private static JsonNode answer(ResponseSpec response, int status) {
        return Objects.requireNonNull(response.expectStatus()
                .isEqualTo(status)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private static List<String> fields(ResponseSpec response) {
        JsonNode error = answer(response, 400).path("error");
        assertThat(error.path("code").asString()).isEqualTo("INVALID_REQUEST");
        return error.path("details")
                .valueStream()
                .map(detail -> detail.path("field").asString())
                .toList();
    }

    @Test
    void answersTheDocumentedSample() {
        UUID candidate = someone(recruiter, "Python", "PostgreSQL", "Docker");
        LocalDate soon = LocalDate.now(clock).plusDays(30);
        ok(send(
                recruiter,
                HttpMethod.PUT,
                path(candidate, "/wishes"),
                Map.of(
                        "work_modes", List.of("remote"),
                        "job_types", List.of("full_time", "contract"),
                        "languages", List.of("English C1", "Russian native"),
                        "available_from", soon.toString())));
        String job = job(
                "sample",
                Map.of(
                        "work_mode", "hybrid",
                        "languages", List.of("English B2"),
                        "start_date", soon.plusDays(10).toString()));
        String position = job.replace("job_", "pos_");

        JsonNode score = ok(send(
                recruiter,
                HttpMethod.POST,
                path(candidate, "/score").replace("/api/v1/", "/v1/"),
                Map.of("position_id", position, "criteria", DOCUMENTED)));

        assertThat(score.path("candidate_id").asString()).isEqualTo(IdKind.CANDIDATE.format(candidate));
        assertThat(score.path("position_id").asString()).isEqualTo(position);
        for (Map.Entry<String, Integer> part : Map.of(
                        "overall_score", 87,
                        "skill_match", 90,
                        "experience_match", 85,
                        "education_match", 80,
                        "cultural_fit", 88)
                .entrySet()) {
            assertThat(score.path(part.getKey()).isInt()).as(part.getKey()).isTrue();
            assertThat(score.path(part.getKey()).asInt()).as(part.getKey()).isEqualTo(part.getValue());
        }
        assertThat(score.path("recommendation").asString()).isEqualTo("RECOMMEND");
        assertThat(score.path("reasoning").asString())
                .contains("Skills: 3 of 4 (Python, PostgreSQL, Docker); missing Kubernetes.")
                .contains("Work mode: hybrid, declared remote.")
                .contains("Language: English B2, declared English C1.");
        assertThat(score.path("calculated_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
        assertThat(score.path("fit").path("job_for_candidate").asDecimal()).isEqualByComparingTo("0.8333");
        assertThat(score.path("grading").path("recommend").asDecimal()).isEqualByComparingTo("0.75");

        // It stays with the candidate, and is told.
        assertThat(ok(get(recruiter, path(candidate, ""))).path("score").asInt())
                .isEqualTo(87);
        Event event = events.follow(
                        recruiter.caller().tenant(),
                        Selection.ofTypes(Set.of("candidate.scored")),
                        Start.beginning(clock.instant()))
                .ofType(Event.class)
                .blockFirst(PATIENCE);
        assertThat(Objects.requireNonNull(event).data()).contains(position, "\"overall_score\": 87");
    }

    @Test
    void scoresAgainstCriteriaAloneWithoutChangingTheCandidate() {
        UUID candidate = someone(recruiter, "Python", "PostgreSQL", "Docker");

        JsonNode score =
                ok(send(recruiter, HttpMethod.POST, path(candidate, "/score"), Map.of("criteria", DOCUMENTED)));

        assertThat(score.has("position_id")).isTrue();
        assertThat(score.path("position_id").isNull()).isTrue();
        // 0.4 * 90 + 0.3 * 85 + 0.1 * 80 + 0.2 * 75 = 84.5
        assertThat(score.path("overall_score").asInt()).isEqualTo(85);
        assertThat(score.path("cultural_fit").asInt()).isEqualTo(75);
        assertThat(score.path("cultural_fit_assessed").asBoolean()).isFalse();
        assertThat(ok(get(recruiter, path(candidate, ""))).path("score").asInt())
                .isZero();
    }

    @Test
    void takesWhatCriteriaDoNotSayFromThePosition() {
        UUID candidate = someone(recruiter, skill);
        String job = job("position", Map.of());

        JsonNode own = ok(send(recruiter, HttpMethod.POST, path(candidate, "/score"), Map.of("position_id", job)));
        JsonNode more = ok(send(
                recruiter,
                HttpMethod.POST,
                path(candidate, "/score"),
                Map.of("position_id", job, "criteria", Map.of("min_experience_years", 7.5))));

        assertThat(own.path("skill_match").asInt()).isEqualTo(100);
        assertThat(own.path("experience_match").asInt()).isEqualTo(85);
        assertThat(more.path("skill_match").asInt()).isEqualTo(100);
        // 70 * 60 / 90 months
        assertThat(more.path("experience_match").asInt()).isEqualTo(47);
    }

    @Test
    void explainsInRussianWhenAsked() {
        UUID candidate = someone(recruiter, "Python");
        JsonNode score = ok(http.post()
                .uri(path(candidate, "/score"))
                .headers(recruiter::authorize)
                .header(HttpHeaders.ACCEPT_LANGUAGE, "ru-RU, en;q=0.5")
                .bodyValue(Map.of("criteria", DOCUMENTED))
                .exchange());
        assertThat(score.path("reasoning").asString()).startsWith("Навыки: 1 из 4 (Python)");
    }

    @Test
    void namesEachWrongFieldOfAScoreRequest() {
        UUID candidate = someone(recruiter, skill);
        String uri = path(candidate, "/score");
        assertThat(fields(send(recruiter, HttpMethod.POST, uri, Map.of()))).containsExactly("position_id");
        assertThat(fields(send(recruiter, HttpMethod.POST, uri, Map.of("criteria", Map.of("min_experience_years", 3)))))
                .containsExactly("criteria.required_skills");
        assertThat(fields(send(
                        recruiter,
                        HttpMethod.POST,
                        uri,
                        Map.of(
                                "criteria",
                                Map.of(
                                        "required_skills",
                                        List.of("Java", " "),
                                        "min_experience_years",
                                        -1,
                                        "education_requirement",
                                        "wizardry")))))
                .containsExactlyInAnyOrder(
                        "criteria.required_skills[1]",
                        "criteria.min_experience_years",
                        "criteria.education_requirement");
        assertThat(fields(send(recruiter, HttpMethod.POST, uri, Map.of("criteria", Map.of("required_skills", "Java")))))
                .containsExactly("criteria.required_skills");
        assertThat(answer(send(recruiter, HttpMethod.POST, uri, Map.of("position_id", "pos_" + "0".repeat(32))), 404)
                        .path("error")
                        .path("code")
                        .asString())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void letsRecruitersAndKeysScoreAndNobodyElse() {
        UUID candidate = someone(recruiter, skill);
        Map<String, Object> body = Map.of("criteria", DOCUMENTED);
        answer(send(accounts.candidate(), HttpMethod.POST, path(candidate, "/score"), body), 403);
        answer(send(accounts.recruiter(), HttpMethod.POST, path(candidate, "/score"), body), 404);
        answer(http.post().uri(path(candidate, "/score")).bodyValue(body).exchange(), 401);
        String key = accounts.apiKey("candidates:write");
        answer(send(headers -> headers.set("X-API-Key", key), HttpMethod.POST, path(candidate, "/score"), body), 404);
        String other = accounts.apiKey("jobs:write");
        answer(send(headers -> headers.set("X-API-Key", other), HttpMethod.POST, path(candidate, "/score"), body), 403);
        ok(send(accounts.admin(), HttpMethod.POST, path(candidate, "/score"), body));
    }

    @Test
    void matchesAPairWithTheWeightsOfTheMarketplace() {
        UUID candidate = someone(recruiter, skill);
        ok(send(
                recruiter,
                HttpMethod.PUT,
                path(candidate, "/wishes"),
                Map.of("min_salary", 100_000, "currency", "eur")));
        String job = job("marketplace", Map.of("salary_range", "€80,000 - €90,000"));
        String hyphens = IdKind.CANDIDATE.format(candidate).replace('_', '-');

        for (String uri : List.of("/api/v1/Mismatch/match", "/api/v1/mismatch/match", "/v1/Mismatch/match/")) {
            JsonNode match = ok(send(
                    recruiter, HttpMethod.POST, uri, Map.of("candidate_id", hyphens, "job_id", job.replace('_', '-'))));
            assertThat(match.path("candidate_id").asString()).isEqualTo(hyphens);
            assertThat(match.path("job_id").asString()).isEqualTo(job.replace('_', '-'));
            assertThat(match.path("salary_score").asDecimal()).isEqualByComparingTo("0.8");
            // 0.4 * 1 + 0.3 * 0.85 + 0.2 * 0.8 + 0.1 * 1
            assertThat(match.path("match_score").asDecimal()).isEqualByComparingTo("0.915");
            assertThat(match.path("threshold").asDecimal()).isEqualByComparingTo("0.7");
            assertThat(match.path("is_match").asBoolean()).isTrue();
            assertThat(match.path("weights").path("salary").asDecimal()).isEqualByComparingTo("0.2");
            assertThat(match.path("weights").path("location").asDecimal()).isEqualByComparingTo("0.1");
            assertThat(match.path("matched_skills").path(0).asString()).isEqualTo(skill);
            assertThat(match.path("reason").asString()).contains("Salary: wants 100000 EUR");
        }
    }

    @Test
    void refusesPairsThatTheCallerMayNotSee() {
        UUID candidate = someone(recruiter, skill);
        String job = job("pair", Map.of());
        String id = IdKind.CANDIDATE.format(candidate);
        String uri = "/api/v1/Mismatch/match";
        assertThat(fields(send(recruiter, HttpMethod.POST, uri, Map.of()))).containsExactly("candidate_id", "job_id");
        for (Map<String, String> body : List.of(
                Map.of("candidate_id", "cand-123", "job_id", job),
                Map.of("candidate_id", id, "job_id", "job-456"),
                Map.of("candidate_id", id, "job_id", "job_" + "0".repeat(32)))) {
            assertThat(answer(send(recruiter, HttpMethod.POST, uri, body), 404)
                            .path("error")
                            .path("code")
                            .asString())
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
        String foreign = answer(
                        send(accounts.recruiter(), HttpMethod.POST, uri, Map.of("candidate_id", id, "job_id", job)),
                        404)
                .path("detail")
                .asString();
        assertThat(foreign).isEqualTo("Candidate '" + id + "' does not exist");
        answer(send(accounts.candidate(), HttpMethod.POST, uri, Map.of("candidate_id", id, "job_id", job)), 403);
    }

    @Test
    void keepsOnesOwnProfile() {
        TestAccount person = accounts.candidate();
        String uri = "/api/v1/matching/profile";
        answer(get(person, uri), 404);
        Map<String, Object> documented = Map.of(
                "skills", List.of("Python", "PostgreSQL", "AWS"),
                "experience_years", 5,
                "preferred_locations", List.of("Remote", "San Francisco"),
                "job_types", List.of("full_time", "contract"));

        JsonNode put = ok(send(person, HttpMethod.PUT, uri, documented));
        JsonNode again = ok(send(person, HttpMethod.PUT, uri, documented));

        assertThat(put.path("success").asBoolean()).isTrue();
        JsonNode data = put.path("data");
        assertThat(data.path("skills")).extracting(JsonNode::asString).containsExactly("Python", "PostgreSQL", "AWS");
        assertThat(data.path("experience_years").isInt()).isTrue();
        assertThat(data.path("experience_years").asInt()).isEqualTo(5);
        assertThat(data.path("preferred_locations"))
                .extracting(JsonNode::asString)
                .containsExactly("Remote", "San Francisco");
        assertThat(data.path("job_types")).extracting(JsonNode::asString).containsExactly("full_time", "contract");
        assertThat(again).isEqualTo(put);
        assertThat(ok(get(person, uri))).isEqualTo(put);

        ok(send(person, HttpMethod.PUT, uri, Map.of("experience_years", 2.5)));
        JsonNode replaced = ok(get(person, uri)).path("data");
        assertThat(replaced.path("experience_years").asDecimal()).isEqualByComparingTo("2.5");
        assertThat(replaced.path("skills")).isEmpty();
        // Two changes, two events; the repetition between them caused none.
        List<Event> told = past.since(person.id(), Start.beginning(clock.instant()), MatchingProfiles.UPDATED);
        assertThat(told).hasSize(2);
        answer(get(accounts.candidate(), uri), 404);
        answer(get(accounts.admin(), uri), 404);
    }

    @Test
    void namesEachWrongFieldOfAProfile() {
        TestAccount person = accounts.candidate();
        assertThat(fields(send(
                        person,
                        HttpMethod.PUT,
                        "/api/v1/matching/profile",
                        Map.of(
                                "skills", java.util.Collections.nCopies(101, "Java"),
                                "experience_years", 61,
                                "preferred_locations", List.of("x".repeat(201)),
                                "job_types", List.of("full/time"),
                                "min_salary", 1,
                                "work_modes", List.of("moon"),
                                "languages", List.of("42")))))
                .containsExactlyInAnyOrder(
                        "skills",
                        "experience_years",
                        "preferred_locations[0]",
                        "job_types",
                        "currency",
                        "work_modes",
                        "languages[0]");
        assertThat(fields(
                        send(person, HttpMethod.PUT, "/api/v1/matching/profile", Map.of("available_from", "tomorrow"))))
                .containsExactly("available_from");
        answer(get(person, "/api/v1/matching/profile"), 404);
    }

    @Test
    void matchesOnesOwnProfileWithTheJobsAskedFor() {
        TestAccount person = accounts.candidate();
        String half = job("half", Map.of("skills", List.of(skill, skill + "-more"), "location", "Remote"));
        String whole = job("whole", Map.of("location", "San Francisco", "type", "Contract"));
        String unknown = "job-" + "0".repeat(32);
        Map<String, Object> asked = Map.of("job_ids", List.of(half, whole, unknown, "job-uuid-1", whole));
        JsonNode before = answer(send(person, HttpMethod.POST, "/api/v1/matching/jobs", asked), 409);
        assertThat(before.path("error").path("code").asString()).isEqualTo("CONFLICT");
        ok(send(
                person,
                HttpMethod.PUT,
                "/api/v1/matching/profile",
                Map.of(
                        "skills", List.of(skill),
                        "experience_years", 5,
                        "preferred_locations", List.of("Remote", "San Francisco"),
                        "job_types", List.of("full_time"))));

        JsonNode answer = ok(send(person, HttpMethod.POST, "/api/v1/matching/jobs", asked));

        assertThat(answer.path("success").asBoolean()).isTrue();
        JsonNode matches = answer.path("data").path("matches");
        assertThat(matches).extracting(match -> match.path("job_id").asString()).containsExactly(whole, half);
        // 0.4 * 1 + 0.3 * 0.85 + 0.1 * 0 + 0.2 * 1: what they have learnt is not known.
        assertThat(matches.path(0).path("score").asDecimal()).isEqualByComparingTo("0.855");
        assertThat(matches.path(0).path("fit").path("job_for_candidate").asDecimal())
                .isEqualByComparingTo("0.5");
        assertThat(matches.path(1).path("fit").path("job_for_candidate").asDecimal())
                .isEqualByComparingTo("1");
        assertThat(matches.path(1).path("matched_skills").path(0).asString()).isEqualTo(skill);
        assertThat(matches.path(1).path("missing_skills").path(0).asString()).isEqualTo(skill + "-more");
        assertThat(matches.path(1).path("reason").asString()).startsWith("Skills: 1 of 2");
        assertThat(answer.path("data").path("unknown_job_ids"))
                .extracting(JsonNode::asString)
                .containsExactly(unknown, "job-uuid-1");

        answer(send(person, HttpMethod.POST, "/api/v1/matching/jobs", Map.of("job_ids", List.of(unknown))), 404);
        for (Object ids : List.of(List.of(), java.util.Collections.nCopies(101, half))) {
            assertThat(fields(send(person, HttpMethod.POST, "/api/v1/matching/jobs", Map.of("job_ids", ids))))
                    .containsExactly("job_ids");
        }
    }

    @Test
    void findsTheJobsThatFitOnesOwnProfileBest() {
        TestAccount person = accounts.candidate();
        String half = job("half", Map.of("skills", List.of(skill, skill + "-more")));
        String whole = job("whole", Map.of());
        answer(get(person, "/api/v1/matching/jobs"), 409);
        ok(send(
                person,
                HttpMethod.PUT,
                "/api/v1/matching/profile",
                Map.of("skills", List.of(skill), "experience_years", 5)));

        JsonNode found = ok(get(person, "/api/v1/matching/jobs?limit=100"));

        assertThat(found.path("data").path("matches"))
                .extracting(match -> match.path("job_id").asString())
                .filteredOn(List.of(half, whole)::contains)
                .containsExactly(whole, half);
        assertThat(found.path("data").path("matches"))
                .extracting(match -> -match.path("score").asDouble())
                .isSorted();
        assertThat(ok(get(person, "/api/v1/matching/jobs?limit=1")).path("data").path("matches"))
                .hasSize(1)
                .first()
                .isEqualTo(found.path("data").path("matches").path(0));
        for (String limit : List.of("0", "101", "many")) {
            assertThat(fields(get(person, "/api/v1/matching/jobs?limit=" + limit)))
                    .containsExactly("limit");
        }
    }

    @Test
    void fillsAProfileFromTheResumeOfTheSamePerson() {
        TestAccount person = accounts.candidate();
        someone(person, skill);
        String job = job("filled", Map.of());

        JsonNode match = ok(send(person, HttpMethod.POST, "/api/v1/matching/jobs", Map.of("job_ids", List.of(job))))
                .path("data")
                .path("matches")
                .path(0);

        // 0.4 * 1 + 0.3 * 0.85 + 0.1 * 0.8 + 0.2 * 1
        assertThat(match.path("score").asDecimal()).isEqualByComparingTo("0.935");
    }

    @Test
    void matchesACandidateAnewWhoseWishesChange() {
        UUID candidate = someone(recruiter, skill);
        String job = job("elsewhere", Map.of("location", "Lisbon, Portugal"));
        String matches = "/api/matching/candidates/" + IdKind.CANDIDATE.format(candidate) + "/matches";
        // The job was new after the candidate: it is matched on its own.
        // 0.4 * 1 + 0.3 * 0.85 + 0.1 * 0.8 + 0
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scoreOf(matches, job)).isEqualTo("0.7350"));

        JsonNode wishes = ok(send(
                recruiter,
                HttpMethod.PUT,
                path(candidate, "/wishes"),
                Map.of("preferred_locations", List.of("Lisbon"), "relocation", true)));

        assertThat(wishes.path("relocation").asBoolean()).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scoreOf(matches, job)).isEqualTo("0.9350"));
        assertThat(ok(get(recruiter, path(candidate, "/wishes")))).isEqualTo(wishes);
        assertThat(ok(get(recruiter, path(candidate, ""))).path("wishes")).isEqualTo(wishes);
    }

    private String scoreOf(String matches, String job) {
        for (JsonNode row : ok(get(recruiter, matches)).path("data")) {
            if (row.path("job_id").asString().equals(job)) {
                return row.path("match_score").asDecimal().setScale(4).toPlainString();
            }
        }
        return "";
    }

    @Test
    void letsOwnersAloneSeeAndSetWishes() {
        TestAccount person = accounts.candidate();
        UUID own = someone(person, skill);
        UUID other = someone(recruiter, skill);
        Map<String, Object> body = Map.of("work_modes", List.of("On-site"));
        assertThat(ok(send(person, HttpMethod.PUT, path(own, "/wishes"), body))
                        .path("work_modes")
                        .path(0)
                        .asString())
                .isEqualTo("onsite");
        answer(send(person, HttpMethod.PUT, path(other, "/wishes"), body), 404);
        answer(get(person, path(other, "/wishes")), 404);
        answer(send(accounts.recruiter(), HttpMethod.PUT, path(other, "/wishes"), body), 404);
        ok(send(accounts.admin(), HttpMethod.PUT, path(other, "/wishes"), body));
    }
}
