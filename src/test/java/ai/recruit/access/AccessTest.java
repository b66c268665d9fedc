package ai.recruit.access;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** What tests of access say over and over. */
abstract class AccessTest extends IntegrationTest {

    ResponseSpec login(String email, String password) {
        return post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }

    ResponseSpec post(String path, Map<String, ?> body) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    ResponseSpec post(TestAccount account, String path, Map<String, ?> body) {
        return http.post()
                .uri(path)
                .headers(account::authorize)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    ResponseSpec patch(TestAccount account, String path, Map<String, ?> body) {
        return http.patch()
                .uri(path)
                .headers(account::authorize)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    ResponseSpec get(String token, String path) {
        return http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    ResponseSpec me(String token) {
        return get(token, "/api/v1/auth/me");
    }

    static JsonNode json(ResponseSpec response, HttpStatus expected) {
        return Objects.requireNonNull(response.expectStatus()
                .isEqualTo(expected)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    static void refused(ResponseSpec response, HttpStatus status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(false)
                .jsonPath("$.error.code")
                .isEqualTo(code)
                .jsonPath("$.error.message")
                .isNotEmpty()
                .jsonPath("$.error.request_id")
                .isNotEmpty();
    }
}
