package ai.recruit.access;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class SecurityHeaderTests extends AccessTest {

    @LocalManagementPort
    private int managementPort;

    @Test
    void areOnEveryAnswer() {
        for (ResponseSpec response : List.of(
                me(accounts.recruiter().token()),
                http.get().uri("/api/v1/auth/me").exchange(),
                http.get().uri("/.well-known/jwks.json").exchange(),
                http.get().uri("/redoc").exchange())) {
            response.expectHeader()
                    .valueEquals("X-Content-Type-Options", "nosniff")
                    .expectHeader()
                    .valueEquals("X-Frame-Options", "DENY")
                    .expectHeader()
                    .valueEquals("Referrer-Policy", "no-referrer")
                    .expectHeader()
                    .valueMatches("Content-Security-Policy", "default-src 'self'; script-src 'self';.*");
        }
        me(accounts.recruiter().token()).expectHeader().valueMatches(HttpHeaders.CACHE_CONTROL, ".*no-store.*");
    }

    @Test
    void openPagesNeedNoToken() {
        for (String path :
                List.of("/health", "/health/liveness", "/health/readiness", "/openapi.json", "/redoc", "/docs/")) {
            HttpStatus status = HttpStatus.valueOf(http.get()
                    .uri(path)
                    .exchange()
                    .returnResult(String.class)
                    .getStatus()
                    .value());
            org.assertj.core.api.Assertions.assertThat(status.isError())
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void theManagementPortNeedsNoToken() {
        WebTestClient management = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + managementPort)
                .build();
        management.get().uri("/health").exchange().expectStatus().isOk();
        management.get().uri("/metrics").exchange().expectStatus().isOk();
        // And it serves nothing else.
        management.get().uri("/api/v1/accounts").exchange().expectStatus().isNotFound();
    }

    @Test
    void anotherOriginIsNotLetInByDefault() {
        http.options()
                .uri("/api/v1/accounts")
                .header(HttpHeaders.ORIGIN, "https://elsewhere.example")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    }

    @Test
    void callersStayOutOfTheDescription() {
        http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .build()
                .get()
                .uri("/openapi.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.schemas.Caller")
                .doesNotExist()
                .jsonPath("$.paths['/api/v1/auth/me'].get.parameters")
                .doesNotExist();
    }
}
