package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

class LoginTests extends AccessTest {

    @Test
    void answersWithTheDocumentedShape() {
        TestAccount account = accounts.recruiter();
        JsonNode answer = json(login(account.email(), account.password()), HttpStatus.OK);
        assertThat(answer.path("token_type").asString()).isEqualTo("bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.path("refresh_token").asString()).isNotBlank();
        assertThat(answer.path("user").path("id").asString()).isEqualTo(account.publicId());
        assertThat(answer.path("user").path("email").asString()).isEqualTo(account.email());
        assertThat(answer.path("user").path("role").asString()).isEqualTo("recruiter");
        assertThat(answer.toString()).doesNotContain("password").doesNotContain("argon2");

        JsonNode me = json(me(answer.path("access_token").asString()), HttpStatus.OK);
        assertThat(me.path("id").asString()).isEqualTo(account.publicId());
        assertThat(me.path("last_login_at").asString()).isNotBlank();
    }

    @Test
    void worksUnderTheShortPrefixAndWithASlashAtTheEnd() {
        TestAccount account = accounts.recruiter();
        Map<String, String> body = Map.of("email", account.email(), "password", account.password());
        post("/v1/auth/login", body).expectStatus().isOk();
        post("/v1/auth/login/", body).expectStatus().isOk();
        post("/api/v1/auth/login/", body).expectStatus().isOk();
        get(account.token(), "/v1/auth/me/").expectStatus().isOk();
        refused(get("wrong", "/v1/auth/me"), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void takesTheAddressInAnyCase() {
        TestAccount account = accounts.recruiter();
        login("  " + account.email().toUpperCase(Locale.ROOT), account.password())
                .expectStatus()
                .isOk();
    }

    @Test
    void ignoresAStaleTokenBesideThePassword() {
        TestAccount account = accounts.recruiter();
        http.post()
                .uri("/api/v1/auth/login")
                .header(HttpHeaders.AUTHORIZATION, "Bearer stale")
                .bodyValue(Map.of("email", account.email(), "password", account.password()))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownAddressAlike() {
        TestAccount account = accounts.recruiter();
        JsonNode wrong = json(login(account.email(), "a wrong password here"), HttpStatus.UNAUTHORIZED);
        JsonNode unknown = json(login("nobody-" + account.email(), "a wrong password here"), HttpStatus.UNAUTHORIZED);
        assertThat(wrong.path("error").path("code").asString()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(unknown.path("error").path("code").asString()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(unknown.path("detail")).isEqualTo(wrong.path("detail"));
    }

    @Test
    void namesEveryMissingField() {
        JsonNode answer = json(post("/api/v1/auth/login", Map.of()), HttpStatus.BAD_REQUEST);
        assertThat(answer.path("error").path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.path("error")
                        .path("details")
                        .valueStream()
                        .map(detail -> detail.path("field").asString()))
                .containsExactly("email", "password");
    }

    @Test
    void refusesABodyThatIsNoJson() {
        http.post()
                .uri("/api/v1/auth/login")
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .bodyValue("{\"email\":")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void refusesASuspendedAccount() {
        TestAccount account = accounts.recruiter();
        patch(accounts.admin(), "/api/v1/accounts/" + account.publicId(), Map.of("status", "suspended"))
                .expectStatus()
                .isOk();
        refused(login(account.email(), account.password()), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
        refused(login(account.email(), "a wrong password here"), HttpStatus.UNAUTHORIZED, "INVALID_CREDENTIALS");
    }

    @Test
    void endsTheSessionAtLogout() {
        TestAccount account = accounts.recruiter();
        JsonNode first = json(login(account.email(), account.password()), HttpStatus.OK);
        String token = first.path("access_token").asString();
        http.post()
                .uri("/api/v1/auth/logout")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isNoContent();
        refused(me(token), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(
                post(
                        "/api/v1/auth/refresh",
                        Map.of("refresh_token", first.path("refresh_token").asString())),
                HttpStatus.UNAUTHORIZED,
                "INVALID_TOKEN");
        // Another login of the same account goes on.
        me(account.token()).expectStatus().isOk();
    }
}
