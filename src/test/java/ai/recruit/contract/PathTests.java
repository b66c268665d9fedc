package ai.recruit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** Paths of the documents that more than one endpoint could claim, and words of paths that are no ids. */
class PathTests extends IntegrationTest {

    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data; boundary=x";

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    @ParameterizedTest
    @CsvSource({
        "GET, /api/resumes/candidates, /api/resumes/candidates",
        "GET, /api/resumes/candidates/data, /api/resumes/candidates/{}",
        "GET, /api/resumes/candidates/status, /api/resumes/candidates/{}",
        "GET, /api/resumes/candidates/download, /api/resumes/candidates/{}",
        "GET, /api/resumes/candidates/events, /api/resumes/candidates/{}",
        "GET, /api/resumes/candidates/candidates, /api/resumes/candidates/{}",
        "GET, /api/resumes/res_1/data, /api/resumes/{}/data",
        "GET, /api/resumes/batches/data, /api/resumes/batches/{}",
        "GET, /api/resumes/batches/status, /api/resumes/batches/{}",
        "GET, /api/resumes/batches/data/events, /api/resumes/batches/{}/events",
        "GET, /api/resumes/admin/candidates, /api/resumes/admin/candidates",
        "GET, /api/resumes/admin/candidates/share, /api/resumes/admin/candidates/share",
        "POST, /api/resumes/admin/candidates/share, /api/resumes/admin/candidates/share",
        "POST, /api/resumes/candidates/admin/notes, /api/resumes/candidates/{}/notes",
        "POST, /api/resumes/upload, /api/resumes/upload",
        "POST, /api/v1/resumes/parse, /api/v1/resumes/parse",
        "POST, /api/v1/resume/parse, /api/v1/resume/parse",
        "GET, /api/v1/candidates/duplicates, /api/v1/candidates/duplicates",
        "POST, /api/v1/interviews/generate-questions, /api/v1/interviews/generate-questions",
        "GET, /api/v1/interviews/generate-questions, /api/v1/interviews/{}",
        "GET, /api/matching/candidates/stats/matches, /api/matching/candidates/{}/matches",
        "GET, /api/matching/stats/candidate/matches, /api/matching/stats/candidate/{}",
        "GET, /api/matching/stats/job/matches, /api/matching/stats/job/{}",
        "PUT, /api/matching/matches/stats/viewed, /api/matching/matches/{}/viewed",
        "GET, /api/matching/matches/viewed, /api/matching/matches/{}",
    })
    void theMoreLiteralPathWins(String method, String path, String pattern) {
        assertThat(handler(HttpMethod.valueOf(method), path)).isEqualTo(pattern);
    }

    private String handler(HttpMethod method, String path) {
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            MockServerWebExchange exchange =
                    MockServerWebExchange.from(MockServerHttpRequest.method(method, URI.create(path))
                            .header("Content-Type", path.matches(".*(upload|resumes/parse)") ? FORM : JSON));
            Object found = mapping.getHandler(exchange).onErrorComplete().block(Duration.ofSeconds(5));
            PathPattern best = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            if (found != null && best != null) {
                return best.getPatternString().replaceAll("\\{[^}]*}", "{}");
            }
        }
        return "";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidates",
                "admin",
                "batches",
                "search-candidates",
                "import-candidate",
                "stats",
                "imports",
                "data",
                "status"
            })
    void reservedWordsAreNoIds(String word) {
        TestAccount admin = accounts.admin();
        for (String path : List.of(
                "/api/resumes/" + word + "/status",
                "/api/resumes/" + word + "/data",
                "/api/resumes/" + word + "/download",
                "/api/resumes/candidates/" + word,
                "/api/resumes/batches/" + word,
                "/api/v1/candidates/" + word,
                "/api/matching/matches/" + word,
                "/api/matching/jobs/" + word + "/matches",
                "/api/matching/candidates/" + word + "/matches")) {
            http.get()
                    .uri(path)
                    .headers(admin::authorize)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }
    }
}
