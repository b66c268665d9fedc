package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class LoginTests extends IntegrationTest {

    @Test
    void answersWithTheDocumentedShape() {
        TestAccount account = accounts.recruiter();
        JsonNode answer = Objects.requireNonNull(login(account.email(), account.password())
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
        assertThat(answer.path("token_type").asString()).isEqualTo("bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.path("refresh_token").asString()).isNotBlank();
        assertThat(answer.path("user").path("id").asString()).isEqualTo(account.publicId());
        assertThat(answer.path("user").path("email").asString()).isEqualTo(account.email());
        assertThat(answer.path("user").path("role").asString()).isEqualTo("recruiter");
        http.get()
                .uri("/api/v1/auth/me")
                .headers(headers ->
                        headers.setBearerAuth(answer.path("access_token").asString()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(account.publicId());
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownAddressAlike() {
        TestAccount account = accounts.recruiter();
        login(account.email(), "a wrong password here")
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("INVALID_CREDENTIALS");
        login("nobody-" + account.email(), "a wrong password here")
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("INVALID_CREDENTIALS");
    }

    private ResponseSpec login(String email, String password) {
        return http.post()
                .uri("/api/v1/auth/login")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("email", email, "password", password))
                .exchange();
    }
}
