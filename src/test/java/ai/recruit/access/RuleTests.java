package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.access.TestAccounts.TestAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

class RuleTests extends AccessTest {

    @Autowired
    private RuleBook rules;

    @Autowired
    private List<RequestMappingInfoHandlerMapping> mappings;

    @Test
    void everyEndpointHasARule() {
        Set<String> endpoints = new TreeSet<>();
        mappings.forEach(
                mapping -> mapping.getHandlerMethods().keySet().forEach(info -> endpoints.addAll(spell(info))));
        assertThat(endpoints).contains("POST /api/v1/auth/login", "GET /api/v1/accounts/{id}");
        assertThat(withoutRule(rules, endpoints))
                .as("Endpoints that their feature's AccessRules bean has no rule for")
                .isEmpty();
    }

    @Test
    void noticesAnEndpointWithoutARule() {
        assertThat(withoutRule(
                        rules, Set.of("GET /api/v1/accounts", "PUT /api/v1/accounts", "GET /api/forgotten/{id}")))
                .containsExactlyInAnyOrder("PUT /api/v1/accounts", "GET /api/forgotten/{id}");
    }

    @Test
    void anEndpointWithoutARuleIsRefusedToEverybody() {
        RuleBook none = new RuleBook(List.of());
        assertThat(none.find(HttpMethod.GET, PathContainer.parsePath("/api/v1/accounts")))
                .isNull();
    }

    @Test
    void theMoreLiteralPathHolds() {
        RuleBook book = new RuleBook(List.of(
                AccessRules.of(AccessRule.atLeast(Role.CANDIDATE, HttpMethod.GET, "/api/things/{id}")),
                AccessRules.of(
                        AccessRule.atLeast(Role.RECRUITER, HttpMethod.GET, "/api/things/**"),
                        AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/things/secret"))));
        assertThat(least(book, "/api/things/secret")).isEqualTo(Role.ADMIN);
        assertThat(least(book, "/api/things/other")).isEqualTo(Role.CANDIDATE);
        assertThat(least(book, "/api/things/other/part")).isEqualTo(Role.RECRUITER);
        assertThat(Objects.requireNonNull(book.find(HttpMethod.HEAD, PathContainer.parsePath("/api/things/secret")))
                        .role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void rulesThatContradictEachOtherEndTheStart() {
        List<AccessRules> contradiction = List.of(
                AccessRules.of(AccessRule.anonymous(HttpMethod.GET, "/api/things")),
                AccessRules.of(AccessRule.atLeast(Role.ADMIN, HttpMethod.GET, "/api/things")));
        assertThatThrownBy(() -> new RuleBook(contradiction)).hasMessageContaining("/api/things");
    }

    @Test
    void unknownPathsTellNothingWithoutAToken() {
        TestAccount account = accounts.candidate();
        for (String path : List.of("/", "/nowhere", "/api/v1/nowhere", "/api/v1/accounts/x/y", "/actuator", "/admin")) {
            refused(http.get().uri(path).exchange(), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
            refused(get(account.token(), path), HttpStatus.NOT_FOUND, "RESOURCE_NOT_FOUND");
        }
    }

    @Test
    void unknownMethodsAreToldWithAToken() {
        TestAccount account = accounts.candidate();
        refused(http.put().uri("/api/v1/accounts").exchange(), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        ResponseSpec put =
                http.put().uri("/api/v1/accounts").headers(account::authorize).exchange();
        put.expectHeader().valueEquals("Allow", "GET, POST");
        refused(put, HttpStatus.METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED");
        http.options()
                .uri("/api/v1/accounts")
                .headers(account::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Allow", "GET, POST");
    }

    @Test
    void tricksWithThePathDoNotGetPastARule() {
        TestAccount account = accounts.candidate();
        for (String path : List.of(
                "/api/v1/accounts/",
                "/v1/accounts",
                "/v1/accounts/",
                "//api/v1/accounts",
                "/api//v1/accounts",
                "/api/v1/./accounts",
                "/api/v1/x/../accounts",
                "/api/v1/accounts;x=1",
                "/api/v1;x=1/accounts",
                "/api/v1/%61ccounts",
                "/api/v1/accounts%2f",
                "/api/v1/accounts%00",
                "/API/V1/ACCOUNTS",
                "/v1/v1/accounts")) {
            for (boolean withToken : List.of(true, false)) {
                var response = http.get()
                        .uri(builder -> java.net.URI.create(
                                builder.path("/").build().toString().replaceFirst("/$", "") + path))
                        .headers(headers -> {
                            if (withToken) {
                                account.authorize(headers);
                            }
                        })
                        .exchange()
                        .expectBody(String.class)
                        .returnResult();
                assertThat(response.getStatus().value()).as(path).isIn(400, 401, 403, 404);
                assertThat(response.getResponseBody()).as(path).contains("\"error\":{");
            }
        }
    }

    /** A word of one path in the place of another one's id: ids are typed, so it matters only that both agree on whose it is. */
    @Test
    void whereTwoEndpointsClaimAPathTheRuleIsThatOfTheOneThatHasIt() {
        Set<String> endpoints = new TreeSet<>();
        mappings.forEach(
                mapping -> mapping.getHandlerMethods().keySet().forEach(info -> endpoints.addAll(spell(info))));
        int pairs = 0;
        for (String one : endpoints) {
            for (String other : endpoints) {
                String path = one.compareTo(other) < 0 ? contested(one, other) : null;
                if (path == null) {
                    continue;
                }
                pairs++;
                HttpMethod method = HttpMethod.valueOf(one.split(" ", 2)[0]);
                AccessRule rule = Objects.requireNonNull(rules.find(method, PathContainer.parsePath(path)));
                assertThat(unnamed(rule.pattern())).as(method + " " + path).isEqualTo(unnamed(handler(method, path)));
            }
        }
        assertThat(pairs).isPositive();
    }

    /** A path that both endpoints match; null when there is none. */
    private static @Nullable String contested(String one, String other) {
        String[] left = one.split("[ /]", -1);
        String[] right = other.split("[ /]", -1);
        if (left.length != right.length || one.contains("**") || other.contains("**")) {
            return null;
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < left.length; i++) {
            boolean leftOpen = left[i].startsWith("{");
            boolean rightOpen = right[i].startsWith("{");
            if (!leftOpen && !rightOpen && !left[i].equals(right[i])) {
                return null;
            }
            if (i > 1) {
                path.append('/').append(leftOpen ? rightOpen ? "x" : right[i] : left[i]);
            }
        }
        return path.toString();
    }

    private static String unnamed(String pattern) {
        return pattern.replaceAll("\\{[^}]*}", "{}");
    }

    private String handler(HttpMethod method, String path) {
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            MockServerWebExchange exchange =
                    MockServerWebExchange.from(MockServerHttpRequest.method(method, java.net.URI.create(path))
                            .header("Content-Type", "application/json"));
            Object found = mapping.getHandler(exchange).onErrorComplete().block(Duration.ofSeconds(5));
            PathPattern best = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            if (found != null && best != null) {
                return best.getPatternString();
            }
        }
        return "";
    }

    private static @Nullable Role least(RuleBook book, String path) {
        return Objects.requireNonNull(book.find(HttpMethod.GET, PathContainer.parsePath(path)))
                .role();
    }

    private static List<String> spell(RequestMappingInfo info) {
        List<String> endpoints = new ArrayList<>();
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        info.getPatternsCondition().getPatterns().forEach(pattern -> {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                if (method != RequestMethod.OPTIONS && method != RequestMethod.TRACE) {
                    endpoints.add(method + " " + pattern.getPatternString());
                }
            }
        });
        return endpoints;
    }

    private static List<String> withoutRule(RuleBook rules, Set<String> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> {
                    String[] parts = endpoint.split(" ", 2);
                    String path = parts[1].replaceAll("\\{[^}]*}", "x").replace("**", "x");
                    return rules.find(HttpMethod.valueOf(parts[0]), PathContainer.parsePath(path)) == null;
                })
                .toList();
    }
}
