package ai.recruit.access;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.test.web.reactive.server.HttpHandlerConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** The chain with rules and settings of its own, before a handler that would answer anything. */
class AccessChainTests extends IntegrationTest {

    private static final RuleBook RULES = new RuleBook(List.of(AccessRules.of(
            AccessRule.anonymous(HttpMethod.GET, "/open"),
            AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/closed").orKeyWith("jobs:read"))));

    @Autowired
    private Authenticator authenticator;

    @Autowired
    private RateLimits limits;

    @Autowired
    private List<WebExceptionHandler> handlers;

    @Test
    void refusesAHandlerThatHasNoRule() {
        WebTestClient client = client(Map.of());
        TestAccount admin = accounts.admin();
        client.get().uri("/forgotten").exchange().expectStatus().isUnauthorized();
        client.get()
                .uri("/forgotten")
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNotFound();
        client.delete()
                .uri("/closed")
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isEqualTo(405);
        client.get().uri("/open").exchange().expectStatus().isOk();
    }

    @Test
    void letsInByRoleOrByScope() {
        WebTestClient client = client(Map.of());
        client.get()
                .uri("/closed")
                .headers(accounts.candidate()::authorize)
                .exchange()
                .expectStatus()
                .isForbidden();
        client.get()
                .uri("/closed")
                .headers(accounts.recruiter()::authorize)
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/closed")
                .headers(accounts.admin()::authorize)
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/closed")
                .header("X-API-Key", accounts.apiKey("jobs:read"))
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/closed")
                .header("X-API-Key", accounts.apiKey("jobs:write"))
                .exchange()
                .expectStatus()
                .isForbidden();
        client.head()
                .uri("/closed")
                .headers(accounts.candidate()::authorize)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void letsConfiguredOriginsInAndNoOthers() {
        WebTestClient client =
                client(Map.of("recruit.access.cors-origins", "https://app.example,https://*.team.example"));
        for (String origin : List.of("https://app.example", "https://a.team.example")) {
            preflight(client, origin)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .expectHeader()
                    .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "authorization");
        }
        preflight(client, "https://elsewhere.example").expectStatus().isForbidden();
        client.get()
                .uri("/closed")
                .header(HttpHeaders.ORIGIN, "https://app.example")
                .headers(accounts.recruiter()::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example");
    }

    private static WebTestClient.ResponseSpec preflight(WebTestClient client, String origin) {
        return client.options()
                .uri("/closed")
                .header(HttpHeaders.ORIGIN, origin)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "authorization")
                .exchange();
    }

    private WebTestClient client(Map<String, String> settings) {
        AccessProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("recruit.access", AccessProperties.class);
        WebFilter door = new AccessConfiguration().accessFilter(RULES, authenticator, limits, properties);
        HttpHandler everything = WebHttpHandlerBuilder.webHandler(exchange -> {
                    exchange.getResponse().setStatusCode(HttpStatus.OK);
                    return exchange.getResponse().setComplete();
                })
                .filter(door)
                .exceptionHandlers(all -> all.addAll(handlers))
                .build();
        return WebTestClient.bindToServer(new HttpHandlerConnector(everything))
                .baseUrl("http://recruit.example")
                .build();
    }
}
