package ai.recruit.interview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.candidate.Candidates;
import ai.recruit.candidate.Education;
import ai.recruit.candidate.ParsedProfile;
import ai.recruit.candidate.StoredCandidate;
import ai.recruit.candidate.Wishes;
import ai.recruit.events.Cursor;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.PastEvents;
import ai.recruit.events.Start;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Tests with a candidate whose resume leaves something to ask, and a position. */
abstract class InterviewIntegrationTest extends IntegrationTest {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String INTERVIEWS = "/api/v1/interviews";

    private static final String RESUME = """
            {"experience": [
                {"company": "Example Corp", "position": "Software Engineer", "start_date": "2022-03", "end_date": "present"},
                {"company": "Sample Ltd", "position": "Programmer", "start_date": "2018-01", "end_date": "2020-06"}],
             "education": [{"graduation_year": 2015}],
             "skill_use": [
                {"name": "Python", "months": 60, "last_used": "present"},
                {"name": "Docker", "months": null, "last_used": null}],
             "certifications": ["Certified Example Developer"],
             "language_levels": []}
            """;

    @Autowired
    Candidates candidates;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    Events events;

    @Autowired
    PastEvents past;

    @Autowired
    Clock clock;

    TestAccount recruiter;
    String candidate = "";
    String position = "";

    @BeforeEach
    void prepare() {
        recruiter = accounts.recruiter();
        candidate = candidate(recruiter);
        position = position("Backend Engineer", List.of("Python", "Kafka"));
    }

    String candidate(TestAccount owner) {
        ParsedProfile profile = new ParsedProfile(
                UuidV7.next(clock),
                "Anna",
                "Testova",
                UuidV7.next(clock) + "@example.com",
                null,
                "Berlin, Germany",
                "Software Engineer",
                null,
                List.of("Python", "Docker"),
                60,
                Education.NONE,
                "resume_upload",
                RESUME,
                Wishes.NONE);
        StoredCandidate stored = transactions
                .mono(owner.caller().tenant(), () -> candidates.store(owner.id(), null, profile))
                .block(PATIENCE);
        return IdKind.CANDIDATE.format(Objects.requireNonNull(stored).id());
    }

    String position(String title, List<String> skills) {
        String source = "source-" + UUID.randomUUID();
        answer(
                send(
                        recruiter,
                        HttpMethod.POST,
                        "/api/v1/ingestion/jobs",
                        Map.of(
                                "source",
                                source,
                                "jobs",
                                List.of(Map.of(
                                        "external_id",
                                        "1",
                                        "title",
                                        title,
                                        "description",
                                        "At least 8 years of experience. Bachelor's degree.",
                                        "languages",
                                        List.of("English B2"),
                                        "skills",
                                        skills)))),
                200);
        return answer(get(recruiter, "/api/v1/jobs?source=" + source), 200)
                .path("data")
                .path(0)
                .path("id")
                .asString()
                .replace("job_", "pos_");
    }

    Map<String, Object> documented() {
        return Map.of(
                "candidate_id",
                candidate,
                "position_id",
                position,
                "question_count",
                5,
                "difficulty_level",
                "intermediate",
                "focus_areas",
                List.of("technical_skills", "problem_solving", "communication"));
    }

    /** Generates an interview of the recruiter's; gives back its id. */
    String interview() {
        return answer(send(recruiter, HttpMethod.POST, INTERVIEWS + "/generate-questions", documented()), 200)
                .path("interview_id")
                .asString();
    }

    JsonNode schedule(String interview, TestAccount... interviewers) {
        Map<String, Object> body = new HashMap<>();
        body.put("scheduled_at", clock.instant().plus(Duration.ofDays(3)).toString());
        body.put("time_zone", "Asia/Bishkek");
        body.put("duration_minutes", 45);
        body.put("url", "https://meet.example.com/4f2a");
        body.put(
                "interviewers",
                java.util.Arrays.stream(interviewers).map(TestAccount::publicId).toList());
        return answer(send(recruiter, HttpMethod.POST, path(interview, "/schedule"), body), 200);
    }

    static String path(String interview, String what) {
        return INTERVIEWS + "/" + interview + what;
    }

    ResponseSpec get(TestAccount account, String uri) {
        return http.get().uri(uri).headers(account::authorize).exchange();
    }

    ResponseSpec send(TestAccount account, HttpMethod method, String uri, Object body) {
        return http.method(method)
                .uri(uri)
                .headers(account::authorize)
                .bodyValue(body)
                .exchange();
    }

    static JsonNode answer(ResponseSpec response, int status) {
        var result = response.expectBody(JsonNode.class).returnResult();
        assertThat(result.getStatus().value())
                .as(String.valueOf(result.getResponseBody()))
                .isEqualTo(status);
        return Objects.requireNonNull(result.getResponseBody());
    }

    static String code(ResponseSpec response, int status) {
        return answer(response, status).path("error").path("code").asString();
    }

    static List<String> fields(ResponseSpec response) {
        return answer(response, 400)
                .path("error")
                .path("details")
                .valueStream()
                .map(detail -> detail.path("field").asString())
                .toList();
    }

    Cursor here() {
        return Objects.requireNonNull(events.now().block(PATIENCE));
    }

    /** The events that the account may see from a place up to now. */
    List<Event> since(TestAccount account, Cursor place, String... types) {
        return past.since(account.id(), Start.after(place), types);
    }
}
