package ai.recruit.matching;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.candidate.Candidates;
import ai.recruit.candidate.Education;
import ai.recruit.candidate.EducationLevel;
import ai.recruit.candidate.ParsedProfile;
import ai.recruit.candidate.StoredCandidate;
import ai.recruit.candidate.Wishes;
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
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Tests with candidates and jobs of their own. */
abstract class MatchingIntegrationTest extends IntegrationTest {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    Candidates candidates;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    Clock clock;

    final String source = "source-" + UUID.randomUUID();
    /** A skill that no other test's jobs ask for; what the lexicon does not know is kept as it is. */
    final String skill = "Skill-" + UUID.randomUUID();

    TestAccount recruiter;

    @BeforeEach
    void logIn() {
        recruiter = accounts.recruiter();
    }

    /** Stores a software engineer from Berlin with five years of experience and a bachelor's degree. */
    UUID candidate(TestAccount owner, String email, String... skills) {
        ParsedProfile profile = new ParsedProfile(
                UuidV7.next(clock),
                "Anna",
                "Testova",
                email,
                null,
                "Berlin, Germany",
                "Software Engineer",
                null,
                List.of(skills),
                60,
                new Education("Bachelor's", "Computer Science", null, EducationLevel.BACHELOR),
                "resume_upload",
                "{}",
                Wishes.NONE);
        StoredCandidate stored = transactions
                .mono(owner.caller().tenant(), () -> candidates.store(owner.id(), null, profile))
                .block(PATIENCE);
        return Objects.requireNonNull(stored).id();
    }

    UUID someone(TestAccount owner, String... skills) {
        return candidate(owner, UuidV7.next(clock) + "@example.com", skills);
    }

    /** Takes in a job for a software engineer, with what is told otherwise; gives back its public id. */
    String job(String externalId, Map<String, Object> otherwise) {
        Map<String, Object> job = new HashMap<>(Map.of(
                "external_id", externalId,
                "title", "Software Engineer",
                "location", "Berlin",
                "description", "At least 3 years of experience. Bachelor's degree.",
                "skills", List.of(skill)));
        job.putAll(otherwise);
        http.post()
                .uri("/api/v1/ingestion/jobs")
                .headers(recruiter::authorize)
                .bodyValue(Map.of("source", source, "jobs", List.of(job)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
        JsonNode page = Objects.requireNonNull(get(recruiter, "/api/v1/jobs?limit=100&source=" + source)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
        for (JsonNode row : page.path("data")) {
            if (row.path("external_id").asString().equals(externalId)) {
                return row.path("id").asString();
            }
        }
        throw new AssertionError("The job is not listed");
    }

    ResponseSpec get(TestAccount account, String uri) {
        return http.get().uri(uri).headers(account::authorize).exchange();
    }
}
