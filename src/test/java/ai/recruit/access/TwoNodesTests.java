package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.standalone.ExternalServers;
import ai.recruit.standalone.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Two processes that were started at the same time on the same empty servers. */
class TwoNodesTests {

    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    private static ExternalServers servers;
    private static ServiceProcess first;
    private static ServiceProcess second;

    @BeforeAll
    static void start() throws Exception {
        servers = ExternalServers.start(folder.resolve("servers"));
        first = ServiceProcess.start(folder, settings("a secret of this test alone, which protects nothing"));
        second = ServiceProcess.start(folder, settings("a secret of this test alone, which protects nothing"));
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        first.close();
        second.close();
        servers.close();
    }

    private static Map<String, String> settings(String secretKey) {
        Map<String, String> settings = new HashMap<>(servers.environment());
        settings.put("RECRUIT_DATA_DIR", folder.resolve("data").toString());
        settings.put("SECRET_KEY", secretKey);
        return settings;
    }

    @Test
    void makeOneAdministratorAndAreOneService() throws Exception {
        assertThat(passwords()).as("one process told one password").hasSize(1);
        WebTestClient here = client(first);
        WebTestClient there = client(second);
        String admin =
                token(login(here, FirstAdministrator.DEFAULT_EMAIL, passwords().get(0)));

        // What one node makes, the other knows.
        String email = "person-" + UUID.randomUUID() + "@example.com";
        JsonNode made = json(
                there.post()
                        .uri("/api/v1/accounts")
                        .headers(headers -> headers.setBearerAuth(admin))
                        .bodyValue(Map.of("email", email, "password", TestAccounts.PASSWORD, "role", "recruiter"))
                        .exchange(),
                HttpStatus.CREATED);
        String person = token(login(here, email, TestAccounts.PASSWORD));
        there.get()
                .uri("/api/v1/auth/me")
                .headers(headers -> headers.setBearerAuth(person))
                .exchange()
                .expectStatus()
                .isOk();
        String ticket = json(
                        here.post()
                                .uri("/api/v1/auth/stream-ticket")
                                .headers(headers -> headers.setBearerAuth(person))
                                .exchange(),
                        HttpStatus.OK)
                .path("ticket")
                .asString();
        FluxExchangeResult<String> stream = there.get()
                .uri("/api/events?ticket={ticket}", ticket)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class);

        // What one node revokes, the other refuses, and its streams end.
        StepVerifier.create(stream.getResponseBody())
                .then(() -> here.patch()
                        .uri("/api/v1/accounts/{id}", made.path("id").asString())
                        .headers(headers -> headers.setBearerAuth(admin))
                        .bodyValue(Map.of("status", "suspended"))
                        .exchange()
                        .expectStatus()
                        .isOk())
                .thenConsumeWhile(any -> true)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> there.get()
                        .uri("/api/v1/auth/me")
                        .headers(headers -> headers.setBearerAuth(person))
                        .exchange()
                        .returnResult(String.class)
                        .getStatus()
                        .isSameCodeAs(HttpStatus.UNAUTHORIZED));
    }

    @Test
    void doNotStartWithoutTheSecretOrWithAnother() throws Exception {
        for (String secretKey : List.of("", "another secret, which does not open these keys")) {
            try (ServiceProcess refused = ServiceProcess.start(folder, settings(secretKey))) {
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.err().lines())
                        .filteredOn(line -> line.startsWith("Recruit.ai cannot start"))
                        .singleElement()
                        .asString()
                        .contains("SECRET_KEY");
                assertThat(refused.err() + refused.out()).doesNotContain("\tat ");
            }
        }
    }

    private static List<String> passwords() throws IOException {
        return Stream.of(first.out(), second.out())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("  Password "))
                .map(line -> line.strip().split("\\s+", -1)[1])
                .toList();
    }

    private static WebTestClient client(ServiceProcess process) throws IOException {
        return WebTestClient.bindToServer()
                .baseUrl(process.address())
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static JsonNode login(WebTestClient client, String email, String password) {
        return json(
                client.post()
                        .uri("/api/v1/auth/login")
                        .bodyValue(Map.of("email", email, "password", password))
                        .exchange(),
                HttpStatus.OK);
    }

    private static String token(JsonNode login) {
        return login.path("access_token").asString();
    }

    private static JsonNode json(WebTestClient.ResponseSpec response, HttpStatus expected) {
        return Objects.requireNonNull(response.expectStatus()
                .isEqualTo(expected)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }
}
