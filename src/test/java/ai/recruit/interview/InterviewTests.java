package ai.recruit.interview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.QueryTap;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.enrichment.Enrichment;
import ai.recruit.enrichment.Enrichments;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.parsing.ParsedResume;
import ai.recruit.tenancy.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class InterviewTests extends InterviewIntegrationTest {

    private static final String GENERATE = INTERVIEWS + "/generate-questions";

    @Autowired
    private DatabaseClient database;

    @Autowired
    private QueryTap tap;

    @Autowired
    private Interviews interviews;

    @Autowired
    private InterviewRepository repository;

    @LocalServerPort
    private int port;

    private JsonNode generate(Map<String, Object> otherwise) {
        Map<String, Object> body = new HashMap<>(documented());
        body.putAll(otherwise);
        return answer(send(recruiter, HttpMethod.POST, GENERATE, body), 200);
    }

    private static List<String> texts(JsonNode interview, String field) {
        return interview
                .path("questions")
                .valueStream()
                .map(question -> question.path(field).asString())
                .toList();
    }

    @Test
    void answersTheDocumentedRequest() {
        Cursor before = here();
        JsonNode made =
                answer(send(recruiter, HttpMethod.POST, "/v1/interviews/generate-questions", documented()), 200);

        assertThat(made.path("interview_id").asString()).matches("int_[0-9a-f]{32}");
        assertThat(made.path("candidate_id").asString()).isEqualTo(candidate);
        assertThat(made.path("position_id").asString()).isEqualTo(position);
        assertThat(made.path("generated_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
        assertThat(made.path("questions").size()).isEqualTo(5);
        int number = 0;
        int minutes = 0;
        for (JsonNode question : made.path("questions")) {
            number++;
            assertThat(question.path("id").asString()).isEqualTo("q_" + number);
            assertThat(question.path("question").isString()).isTrue();
            assertThat(question.path("question").asString()).hasSizeGreaterThan(20);
            assertThat(question.path("category").asString())
                    .isIn("technical_skills", "problem_solving", "communication");
            assertThat(question.path("difficulty").asString()).isEqualTo("intermediate");
            assertThat(question.path("estimated_duration_minutes").isInt()).isTrue();
            assertThat(question.path("evidence").path("reason").asString()).isNotEmpty();
            minutes += question.path("estimated_duration_minutes").asInt();
        }
        JsonNode asked = answer(get(recruiter, path(made.path("interview_id").asString(), "/questions")), 200);
        assertThat(asked.propertyNames())
                .containsExactlyInAnyOrder(
                        "interview_id", "questions", "total_questions", "total_estimated_duration_minutes");
        assertThat(asked.path("interview_id")).isEqualTo(made.path("interview_id"));
        assertThat(asked.path("questions")).isEqualTo(made.path("questions"));
        assertThat(asked.path("total_questions").asInt()).isEqualTo(5);
        assertThat(asked.path("total_estimated_duration_minutes").asInt()).isEqualTo(minutes);

        List<Event> told = since(recruiter, before, InterviewTrail.GENERATED);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).data())
                .contains(made.path("interview_id").asString(), candidate, position)
                .doesNotContain("Anna");
    }

    @Test
    void asksAboutWhatTheResumeLeavesOpen() {
        JsonNode made = generate(Map.of(
                "question_count",
                40,
                "focus_areas",
                List.of("technical_skills", "career_history", "communication"),
                "seed",
                1));
        List<String> reasons = made.path("questions")
                .valueStream()
                .map(question -> question.path("evidence").path("kind").asString() + ": "
                        + question.path("evidence").path("reason").asString())
                .toList();
        assertThat(reasons)
                .contains(
                        "missing_requirement: The position asks for Apache Kafka; the profile does not name it",
                        "undated_skill: The profile claims Docker; no dated job names it",
                        "used_skill: Jobs that name Python lasted 5 years",
                        "employment_gap: No work is listed for July 2020 to February 2022",
                        "experience_below_requirement: The position asks for 8 years; dated jobs add up to 5 years",
                        "education_unclear: The position asks for a bachelor's degree; the profile shows no level of"
                                + " education",
                        "language_unclear: The position asks for English B2; the profile shows no level of it");
        assertThat(texts(made, "question"))
                .noneMatch(text -> text.contains("{"))
                .noneMatch(text -> text.contains("Anna"));
    }

    @Test
    void givesTheSameQuestionsForTheSameSeed() {
        JsonNode first = generate(Map.of("seed", 42, "question_count", 20));
        JsonNode again = generate(Map.of("seed", 42, "question_count", 20));
        JsonNode drawn = generate(Map.of("question_count", 20));
        JsonNode repeated =
                generate(Map.of("question_count", 20, "seed", drawn.path("seed").asLong()));

        assertThat(again.path("questions")).isEqualTo(first.path("questions"));
        assertThat(again.path("interview_id")).isNotEqualTo(first.path("interview_id"));
        assertThat(repeated.path("questions")).isEqualTo(drawn.path("questions"));
    }

    @Test
    void asksInRussianWhenAsked() {
        JsonNode named = generate(Map.of("seed", 7, "language", "ru"));
        Map<String, Object> body = new HashMap<>(documented());
        body.put("seed", 7);
        JsonNode preferred = answer(
                http.post()
                        .uri(GENERATE)
                        .headers(recruiter::authorize)
                        .header(HttpHeaders.ACCEPT_LANGUAGE, "ru-RU, en;q=0.5")
                        .bodyValue(body)
                        .exchange(),
                200);
        assertThat(texts(named, "question"))
                .isEqualTo(texts(preferred, "question"))
                .allMatch(text -> text.matches("(?s).*\\p{IsCyrillic}.*"));
        assertThat(texts(named, "template_id")).isEqualTo(texts(generate(Map.of("seed", 7)), "template_id"));
    }

    @Test
    void staysWithinTheTime() {
        JsonNode made = generate(Map.of("duration_minutes", 30, "question_count", 50));
        assertThat(made.path("total_estimated_duration_minutes").asInt()).isBetween(25, 30);
    }

    @Test
    void namesEachWrongFieldOfARequest() {
        assertThat(fields(send(
                        recruiter,
                        HttpMethod.POST,
                        GENERATE,
                        Map.of(
                                "question_count",
                                0,
                                "difficulty_level",
                                "hopeless",
                                "focus_areas",
                                List.of("juggling")))))
                .containsExactlyInAnyOrder("candidate_id", "question_count", "difficulty_level", "focus_areas[0]");
        assertThat(fields(send(recruiter, HttpMethod.POST, GENERATE, Map.of("candidate_id", candidate))))
                .containsExactly("position_id");
        assertThat(fields(send(
                        recruiter,
                        HttpMethod.POST,
                        GENERATE,
                        Map.of("candidate_id", candidate, "question_count", "many"))))
                .containsExactly("question_count");
        for (Map<String, Object> absent : List.<Map<String, Object>>of(
                Map.of("candidate_id", "cand_" + "0".repeat(32), "position_id", position),
                Map.of("candidate_id", "cand_456", "position_id", position),
                Map.of("candidate_id", candidate, "position_id", "pos_" + "0".repeat(32)))) {
            assertThat(code(send(recruiter, HttpMethod.POST, GENERATE, absent), 404))
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
    }

    @Test
    void goesFromGeneratedOverScheduledToCompleted() {
        Cursor before = here();
        String interview = interview();
        TestAccount interviewer = accounts.recruiter();
        assertThat(code(
                        send(recruiter, HttpMethod.POST, path(interview, "/complete"), Map.of("outcome", "passed")),
                        409))
                .isEqualTo("CONFLICT");

        JsonNode scheduled = schedule(interview, interviewer);
        assertThat(scheduled.path("status").asString()).isEqualTo("scheduled");
        assertThat(scheduled.path("interviewers").path(0).asString()).isEqualTo(interviewer.publicId());
        assertThat(scheduled.path("time_zone").asString()).isEqualTo("Asia/Bishkek");
        assertThat(scheduled.path("candidate_name").asString()).isEqualTo("Anna Testova");
        assertThat(scheduled.path("position_title").asString()).isEqualTo("Backend Engineer");
        // Without interviewers they stay.
        JsonNode again = answer(
                send(
                        recruiter,
                        HttpMethod.POST,
                        path(interview, "/schedule"),
                        Map.of(
                                "scheduled_at",
                                clock.instant().plus(Duration.ofDays(9)).toString(),
                                "location",
                                "Room 4")),
                200);
        assertThat(again.path("interviewers")).isEqualTo(scheduled.path("interviewers"));
        assertThat(again.path("duration_minutes").asInt()).isEqualTo(60);
        assertThat(again.path("url").isNull()).isTrue();

        JsonNode completed = answer(
                send(
                        recruiter,
                        HttpMethod.POST,
                        path(interview, "/complete"),
                        Map.of("outcome", "passed", "summary", "Convincing.")),
                200);
        assertThat(completed.path("status").asString()).isEqualTo("completed");
        assertThat(completed.path("outcome").asString()).isEqualTo("passed");
        assertThat(completed.path("summary").asString()).isEqualTo("Convincing.");
        for (String move : List.of("/schedule", "/complete", "/cancel")) {
            Map<String, Object> body = Map.of("scheduled_at", clock.instant().toString(), "outcome", "failed");
            assertThat(code(send(recruiter, HttpMethod.POST, path(interview, move), body), 409))
                    .as(move)
                    .isEqualTo("CONFLICT");
        }
        assertThat(since(
                        recruiter,
                        before,
                        InterviewTrail.GENERATED,
                        InterviewTrail.SCHEDULED,
                        InterviewTrail.COMPLETED))
                .extracting(Event::type)
                .containsExactly(
                        "interview.questions_generated",
                        "interview.scheduled",
                        "interview.scheduled",
                        "interview.completed");
        assertThat(since(
                        interviewer,
                        before,
                        InterviewTrail.ASSIGNED,
                        InterviewTrail.CHANGED,
                        InterviewTrail.SCHEDULED,
                        InterviewTrail.COMPLETED))
                .extracting(Event::type)
                .containsExactly("interview.assigned", "interview.assignment_changed", "interview.assignment_changed");
    }

    private List<String> actions(String interview) {
        return Objects.requireNonNull(transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql(
                                        "select action, actor_id from audit_entries where subject = :subject order by at")
                                .bind("subject", interview)
                                .map(row -> row.get("action", String.class) + " " + row.get("actor_id", UUID.class))
                                .all())
                .collectList()
                .block(PATIENCE));
    }

    @Test
    void letsAModelAddTextAndNothingElse() {
        String interview = interview();
        assertThat(code(send(recruiter, HttpMethod.POST, path(interview, "/follow-ups"), Map.of()), 409))
                .isEqualTo("CONFLICT");
        JsonNode before = answer(get(recruiter, path(interview, "/questions")), 200);
        List<String> sent = new ArrayList<>();
        Enrichments model = new Enrichments() {

            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public Mono<Enrichment> describe(ParsedResume resume) {
                return Mono.error(new IllegalStateException("nobody asks"));
            }

            @Override
            public Mono<List<String>> followUps(List<String> questions, boolean russian) {
                sent.addAll(questions);
                return Mono.just(IntStream.range(0, questions.size())
                        .mapToObj(i -> i == 1 ? "" : "And then " + i + "?")
                        .toList());
            }
        };
        InterviewQuestions written =
                Objects.requireNonNull(new FollowUps(interviews, repository, transactions, QuestionBank.load(), model)
                        .write(recruiter.caller(), interview)
                        .block(PATIENCE));
        assertThat(written.questions())
                .extracting(Question::followUp)
                .containsExactly("And then 0?", null, "And then 2?", "And then 3?", "And then 4?");
        assertThat(String.join(" ", sent)).doesNotContain("Example Corp", "Anna", "Kafka");

        JsonNode after = answer(get(recruiter, path(interview, "/questions")), 200);
        assertThat(after.path("questions").path(0).path("follow_up").asString()).isEqualTo("And then 0?");
        assertThat(after.path("questions").path(1).has("follow_up")).isFalse();
        for (String same : List.of("id", "question", "category", "difficulty", "estimated_duration_minutes")) {
            assertThat(texts(after, same)).isEqualTo(texts(before, same));
        }
    }

    @Test
    void recordsWhoDidWhat() {
        String interview = interview();
        TestAccount interviewer = accounts.recruiter();
        schedule(interview, interviewer);
        answer(get(interviewer, path(interview, "/questions")), 200);
        answer(get(interviewer, path(interview, "/scorecards")), 200);
        assertThat(actions(interview))
                .containsExactly(
                        "interview.questions_generated " + recruiter.id(),
                        "interview.scheduled " + recruiter.id(),
                        "interview.viewed " + interviewer.id(),
                        "interview.scorecards_viewed " + interviewer.id());
    }

    @Test
    void cancelsWithOrWithoutAReason() {
        String first = interview();
        String second = interview();
        schedule(second);
        JsonNode without = answer(
                http.post()
                        .uri(path(first, "/cancel"))
                        .headers(recruiter::authorize)
                        .exchange(),
                200);
        JsonNode with = answer(
                send(recruiter, HttpMethod.POST, path(second, "/cancel"), Map.of("reason", "Position filled")), 200);
        assertThat(without.path("status").asString()).isEqualTo("cancelled");
        assertThat(without.path("cancel_reason").isNull()).isTrue();
        assertThat(with.path("cancel_reason").asString()).isEqualTo("Position filled");
    }

    @Test
    void namesEachWrongFieldOfASchedule() {
        String interview = interview();
        String uri = path(interview, "/schedule");
        assertThat(fields(send(recruiter, HttpMethod.POST, uri, Map.of()))).containsExactly("scheduled_at");
        assertThat(fields(send(recruiter, HttpMethod.POST, uri, Map.of("scheduled_at", "2026-12-01T15:00"))))
                .containsExactly("time_zone");
        assertThat(fields(send(
                        recruiter,
                        HttpMethod.POST,
                        uri,
                        Map.of(
                                "scheduled_at",
                                "next week",
                                "time_zone",
                                "Mars/Olympus",
                                "duration_minutes",
                                3,
                                "url",
                                "javascript:alert(1)",
                                "interviewers",
                                List.of("somebody")))))
                .containsExactlyInAnyOrder("scheduled_at", "time_zone", "duration_minutes", "url", "interviewers[0]");
        assertThat(fields(send(
                        recruiter,
                        HttpMethod.POST,
                        uri,
                        Map.of(
                                "scheduled_at",
                                clock.instant().toString(),
                                "interviewers",
                                List.of(
                                        recruiter.publicId(),
                                        accounts.candidate().publicId(),
                                        "usr_" + "0".repeat(32))))))
                .containsExactly("interviewers[1]", "interviewers[2]");
        assertThat(fields(send(recruiter, HttpMethod.POST, path(interview, "/complete"), Map.of("outcome", "great"))))
                .containsExactly("outcome");
    }

    @Test
    void readsLocalTimeInItsZone() {
        JsonNode scheduled = answer(
                send(
                        recruiter,
                        HttpMethod.POST,
                        path(interview(), "/schedule"),
                        Map.of("scheduled_at", "2026-12-01T15:00", "time_zone", "Asia/Bishkek")),
                200);
        assertThat(scheduled.path("scheduled_at").asString()).isEqualTo("2026-12-01T09:00:00.000Z");
    }

    @Test
    void answersAnEntryForCalendars() {
        String interview = interview();
        String uri = path(interview, "");
        assertThat(code(
                        http.get()
                                .uri(uri)
                                .headers(recruiter::authorize)
                                .accept(MediaType.parseMediaType("text/calendar"))
                                .exchange(),
                        409))
                .isEqualTo("CONFLICT");
        schedule(interview);
        String entry = new String(
                Objects.requireNonNull(http.get()
                        .uri(uri)
                        .headers(recruiter::authorize)
                        .accept(MediaType.parseMediaType("text/calendar"))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentTypeCompatibleWith("text/calendar")
                        .expectBody()
                        .returnResult()
                        .getResponseBody()),
                StandardCharsets.UTF_8);
        assertThat(entry)
                .startsWith("BEGIN:VCALENDAR\r\n")
                .contains(
                        "UID:" + interview + "@recruit.ai\r\n",
                        "SUMMARY:Interview: Anna Testova\\, Backend Engineer\r\n",
                        "STATUS:CONFIRMED\r\n")
                .endsWith("END:VCALENDAR\r\n");
        assertThat(entry.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        // Whoever does not say what they accept gets JSON.
        assertThat(answer(
                                http.get()
                                        .uri(uri)
                                        .headers(recruiter::authorize)
                                        .accept(MediaType.ALL)
                                        .exchange(),
                                200)
                        .path("interview_id")
                        .asString())
                .isEqualTo(interview);
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        String interview = interview();
        String tag = Objects.requireNonNull(get(recruiter, path(interview, ""))
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseHeaders()
                .getETag());
        http.get()
                .uri(path(interview, ""))
                .headers(recruiter::authorize)
                .header(HttpHeaders.IF_NONE_MATCH, tag)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
        schedule(interview);
        ResponseSpec late = http.post()
                .uri(path(interview, "/cancel"))
                .headers(recruiter::authorize)
                .header(HttpHeaders.IF_MATCH, tag)
                .exchange();
        assertThat(code(late, 412)).isEqualTo("PRECONDITION_FAILED");
    }

    @Test
    void listsInterviewsInThreeShapes() {
        String first = interview();
        String second = interview();
        schedule(second);

        JsonNode page = answer(get(recruiter, INTERVIEWS + "?limit=10"), 200);
        assertThat(page.path("data")
                        .valueStream()
                        .map(row -> row.path("interview_id").asString()))
                .containsExactly(second, first);
        assertThat(page.path("pagination").path("total").asInt()).isEqualTo(2);
        assertThat(page.path("data").path(0)).isEqualTo(answer(get(recruiter, path(second, "")), 200));
        for (String filter : List.of(
                "status=scheduled", "status=scheduled&candidate_id=" + candidate, "limit=1&position_id=" + position)) {
            assertThat(answer(get(recruiter, INTERVIEWS + "?" + filter), 200)
                            .path("data")
                            .valueStream()
                            .map(row -> row.path("interview_id").asString()))
                    .as(filter)
                    .containsExactly(second);
        }
        assertThat(answer(get(recruiter, INTERVIEWS + "?status=cancelled"), 200)
                        .path("data")
                        .size())
                .isZero();
        assertThat(fields(get(recruiter, INTERVIEWS + "?status=lost"))).containsExactly("status");
        assertThat(fields(get(recruiter, INTERVIEWS + "?candidate_id=somebody")))
                .containsExactly("candidate_id");
        assertThat(fields(get(recruiter, INTERVIEWS + "?candidate=x"))).containsExactly("candidate");

        String lines = Objects.requireNonNull(http.get()
                .uri(INTERVIEWS)
                .headers(recruiter::authorize)
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(lines.lines()).hasSize(2);

        StepVerifier.create(stream(recruiter).map(InterviewTests::line))
                .expectNext("item " + second, "item " + first, "snapshot_end")
                .then(() -> answer(
                        http.post()
                                .uri(path(first, "/cancel"))
                                .headers(recruiter::authorize)
                                .exchange(),
                        200))
                .expectNext("item " + first)
                .thenCancel()
                .verify(PATIENCE);
    }

    private Flux<ServerSentEvent<JsonNode>> stream(TestAccount account) {
        return WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri(INTERVIEWS)
                .headers(account::authorize)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<JsonNode>>() {})
                .filter(event -> event.event() != null);
    }

    private static String line(ServerSentEvent<JsonNode> event) {
        JsonNode data = Objects.requireNonNull(event.data());
        String id = data.path(data.has("id") ? "id" : "interview_id").asString("");
        return (event.event() + " " + id).strip();
    }

    @Test
    void showsInterviewersTheirInterviewsAsTheyComeAndGo() {
        TestAccount interviewer = accounts.recruiter();
        String interview = interview();
        StepVerifier.create(stream(interviewer).map(InterviewTests::line))
                .expectNext("snapshot_end")
                .then(() -> schedule(interview, interviewer))
                .expectNext("item " + interview)
                .then(() -> schedule(interview))
                .expectNext("removed " + interview)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void showsInterviewersTheInterviewAndNothingElse() {
        TestAccount interviewer = accounts.recruiter();
        String interview = interview();
        String other = interview();
        schedule(interview, interviewer);

        assertThat(answer(get(interviewer, path(interview, "")), 200)
                        .path("my_scorecard")
                        .asString())
                .isEqualTo("open");
        assertThat(answer(get(interviewer, path(interview, "/questions")), 200)
                        .path("questions")
                        .size())
                .isEqualTo(5);
        assertThat(answer(get(interviewer, INTERVIEWS), 200)
                        .path("data")
                        .valueStream()
                        .map(row -> row.path("interview_id").asString()))
                .containsExactly(interview);
        for (String hidden : List.of(path(other, ""), path(other, "/questions"), "/api/v1/candidates/" + candidate)) {
            assertThat(code(get(interviewer, hidden), 404)).as(hidden).isEqualTo("RESOURCE_NOT_FOUND");
        }
        for (String move : List.of("/schedule", "/complete", "/cancel")) {
            Map<String, Object> body = Map.of("scheduled_at", clock.instant().toString(), "outcome", "failed");
            assertThat(code(send(interviewer, HttpMethod.POST, path(interview, move), body), 403))
                    .as(move)
                    .isEqualTo("PERMISSION_DENIED");
        }
    }

    @Test
    void hidesInterviewsOfACandidateWhoIsNoLongerShared() {
        TestAccount admin = accounts.admin();
        TestAccount guest = accounts.recruiter();
        String share = answer(
                        send(
                                admin,
                                HttpMethod.POST,
                                "/api/resumes/admin/candidates/share",
                                Map.of(
                                        "candidate_ids",
                                        List.of(candidate),
                                        "recruiter_ids",
                                        List.of(guest.publicId()),
                                        "can_download_resume",
                                        true)),
                        200)
                .path("shares")
                .path(0)
                .path("id")
                .asString();
        String interview = answer(send(guest, HttpMethod.POST, GENERATE, documented()), 200)
                .path("interview_id")
                .asString();
        answer(get(guest, path(interview, "")), 200);
        assertThat(code(get(recruiter, path(interview, "")), 404)).isEqualTo("RESOURCE_NOT_FOUND");

        http.delete()
                .uri("/api/resumes/admin/candidates/share/" + share)
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectBody()
                .isEmpty();

        assertThat(code(get(guest, path(interview, "")), 404)).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(code(get(guest, path(interview, "/questions")), 404)).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(code(
                        send(
                                guest,
                                HttpMethod.POST,
                                path(interview, "/schedule"),
                                Map.of("scheduled_at", clock.instant().toString())),
                        404))
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(answer(get(guest, INTERVIEWS), 200).path("data").size()).isZero();
    }

    @Test
    void letsRecruitersAndKeysInAndNobodyElse() {
        String interview = interview();
        TestAccount person = accounts.candidate();
        assertThat(code(send(person, HttpMethod.POST, GENERATE, documented()), 403))
                .isEqualTo("PERMISSION_DENIED");
        for (String uri : List.of(INTERVIEWS, path(interview, ""), path(interview, "/scorecards"))) {
            assertThat(code(get(person, uri), 403)).isEqualTo("PERMISSION_DENIED");
            assertThat(code(http.get().uri(uri).exchange(), 401)).isEqualTo("INVALID_TOKEN");
        }
        String reading = accounts.apiKey("interviews:read");
        answer(http.get().uri(INTERVIEWS).header("X-API-Key", reading).exchange(), 200);
        answer(
                http.post()
                        .uri(GENERATE)
                        .header("X-API-Key", reading)
                        .bodyValue(documented())
                        .exchange(),
                403);
        answer(get(accounts.admin(), path(interview, "")), 200);
    }

    @Test
    void hidesInterviewsFromOtherRecruitersEvenWithoutTheTenantPredicates() {
        String interview = interview();
        TestAccount interviewer = accounts.recruiter();
        schedule(interview, interviewer, accounts.recruiter());
        answer(
                send(
                        interviewer,
                        HttpMethod.PUT,
                        path(interview, "/scorecards/mine"),
                        Map.of("summary", "Nobody else's business")),
                200);
        TestAccount stranger = accounts.recruiter();
        tap.clear();
        findsNothing(stranger, interview);
        List<String> queries =
                tap.seen().stream().filter(query -> query.contains("interview")).toList();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(4);
        for (String query : queries) {
            tap.strip(query);
            try {
                findsNothing(stranger, interview);
                assertThat(tap.stripped()).as(query).isPositive();
            } finally {
                tap.strip("");
            }
        }
    }

    private void findsNothing(TestAccount stranger, String interview) {
        String absent = "int_" + "0".repeat(32);
        Map<String, Object> body = Map.of("scheduled_at", clock.instant().toString(), "outcome", "failed");
        record Try(HttpMethod method, String what) {}
        List<Try> tries = Stream.of(
                        Stream.of("", "/questions", "/scorecards", "/scorecards/mine")
                                .map(what -> new Try(HttpMethod.GET, what)),
                        Stream.of("/schedule", "/complete", "/cancel", "/follow-ups")
                                .map(what -> new Try(HttpMethod.POST, what)),
                        Stream.of(new Try(HttpMethod.PUT, "/scorecards/mine")))
                .flatMap(all -> all)
                .toList();
        for (Try one : tries) {
            String foreign = refusal(stranger, one.method(), path(interview, one.what()), body);
            String missing = refusal(stranger, one.method(), path(absent, one.what()), body);
            assertThat(foreign).as(one.what()).isEqualTo(missing).contains("RESOURCE_NOT_FOUND");
        }
        String calendar = new String(
                Objects.requireNonNull(http.get()
                        .uri(path(interview, ""))
                        .headers(stranger::authorize)
                        .accept(MediaType.parseMediaType("text/calendar"))
                        .exchange()
                        .expectStatus()
                        .isNotFound()
                        .expectBody()
                        .returnResult()
                        .getResponseBody()),
                StandardCharsets.UTF_8);
        assertThat(calendar).contains("RESOURCE_NOT_FOUND");
        assertThat(answer(get(stranger, INTERVIEWS), 200).path("data").size()).isZero();
        assertThat(code(send(stranger, HttpMethod.POST, GENERATE, documented()), 404))
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    private String refusal(TestAccount account, HttpMethod method, String uri, Object body) {
        var request = http.method(method).uri(uri).headers(account::authorize);
        ResponseSpec response = (method.equals(HttpMethod.GET) ? request : request.bodyValue(body)).exchange();
        return String.valueOf(answer(response, 404))
                .replaceAll("int_[0-9a-f]{32}", "ID")
                .replaceAll("\"timestamp\":\"[^\"]*\"", "")
                .replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
