package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.tenancy.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class ApiKeyTests extends AccessTest {

    private static final String PATH = "/api/v1/api-keys";

    @Autowired
    private ApiKeys apiKeys;

    @Test
    void isShownOnceAndStoredAsAHash() {
        TestAccount admin = accounts.admin();
        JsonNode made = json(
                post(admin, PATH, Map.of("name", "Feed", "scopes", List.of("jobs:write", "jobs:read"))),
                HttpStatus.CREATED);
        String key = made.path("key").asString();
        assertThat(made.path("id").asString()).startsWith("key_");
        assertThat(key)
                .startsWith("rk_")
                .startsWith(made.path("prefix").asString())
                .hasSizeGreaterThan(40);
        assertThat(made.path("scopes").valueStream().map(JsonNode::asString))
                .containsExactly("jobs:read", "jobs:write");
        JsonNode list = json(get(admin.token(), PATH + "?limit=100"), HttpStatus.OK);
        JsonNode shown = list.path("data")
                .valueStream()
                .filter(each -> each.path("id").equals(made.path("id")))
                .findFirst()
                .orElseThrow();
        assertThat(shown.path("name").asString()).isEqualTo("Feed");
        assertThat(list.toString()).doesNotContain(key);
    }

    @Test
    void doesWhatItsScopesNameAndNothingElse() {
        String key = accounts.apiKey("jobs:read");
        refused(with(key, "/api/v1/accounts"), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
        refused(with(key, "/api/v1/auth/me"), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
        refused(with(key, "/api/v1/nowhere"), HttpStatus.NOT_FOUND, "RESOURCE_NOT_FOUND");
    }

    @Test
    void hasNoMoreSightThanARecruiter() {
        Caller caller = Objects.requireNonNull(
                apiKeys.authenticate(accounts.apiKey("jobs:read")).block());
        assertThat(caller.role()).isEqualTo(Role.RECRUITER);
        assertThat(caller.tenant().scope()).isEqualTo(Tenant.Scope.ACCOUNT);
        assertThat(caller.isKey()).isTrue();
    }

    @Test
    void isRefusedWhenItIsUnknown() {
        refused(with("rk_unknown", "/api/v1/accounts"), HttpStatus.UNAUTHORIZED, "INVALID_API_KEY");
        refused(with("", "/api/v1/accounts"), HttpStatus.UNAUTHORIZED, "INVALID_API_KEY");
    }

    @Test
    void isRefusedOnceRevoked() {
        TestAccount admin = accounts.admin();
        JsonNode made =
                json(post(admin, PATH, Map.of("name", "Feed", "scopes", List.of("jobs:read"))), HttpStatus.CREATED);
        for (int times = 0; times < 2; times++) {
            http.delete()
                    .uri(PATH + "/{id}", made.path("id").asString())
                    .headers(admin::authorize)
                    .exchange()
                    .expectStatus()
                    .isNoContent();
        }
        refused(with(made.path("key").asString(), "/api/v1/accounts"), HttpStatus.UNAUTHORIZED, "INVALID_API_KEY");
        http.delete()
                .uri(PATH + "/{id}", "key_" + "0".repeat(32))
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void sleepsWhileItsAccountIsSuspended() {
        TestAccount owner = accounts.admin();
        TestAccount admin = accounts.admin();
        String key = json(post(owner, PATH, Map.of("name", "Feed", "scopes", List.of("jobs:read"))), HttpStatus.CREATED)
                .path("key")
                .asString();
        patch(admin, "/api/v1/accounts/" + owner.publicId(), Map.of("status", "suspended"))
                .expectStatus()
                .isOk();
        refused(with(key, "/api/v1/accounts"), HttpStatus.UNAUTHORIZED, "INVALID_API_KEY");
        patch(admin, "/api/v1/accounts/" + owner.publicId(), Map.of("status", "active"))
                .expectStatus()
                .isOk();
        refused(with(key, "/api/v1/accounts"), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
    }

    @Test
    void tellsWhenItWasLastUsed() {
        TestAccount admin = accounts.admin();
        JsonNode made =
                json(post(admin, PATH, Map.of("name", "Feed", "scopes", List.of("jobs:read"))), HttpStatus.CREATED);
        with(made.path("key").asString(), "/api/v1/accounts").expectStatus().isForbidden();
        apiKeys.recordUse().block();
        JsonNode shown = json(get(admin.token(), PATH + "?limit=100"), HttpStatus.OK)
                .path("data")
                .valueStream()
                .filter(each -> each.path("id").equals(made.path("id")))
                .findFirst()
                .orElseThrow();
        assertThat(shown.path("last_used_at").asString()).isNotBlank();
    }

    @Test
    void isAskedForWithANameAndKnownScopes() {
        TestAccount admin = accounts.admin();
        JsonNode answer =
                json(post(admin, PATH, Map.of("name", " ", "scopes", List.of("everything"))), HttpStatus.BAD_REQUEST);
        assertThat(answer.path("error")
                        .path("details")
                        .valueStream()
                        .map(detail -> detail.path("field").asString()))
                .containsExactly("name", "scopes");
        refused(
                post(accounts.recruiter(), PATH, Map.of("name", "x", "scopes", List.of("jobs:read"))),
                HttpStatus.FORBIDDEN,
                "PERMISSION_DENIED");
    }

    private ResponseSpec with(String key, String path) {
        return http.get().uri(path).header("X-API-Key", key).exchange();
    }

    @Test
    void worksInTheNameOfTheAccountItIsMadeFor() {
        TestAccount recruiter = accounts.recruiter();
        JsonNode made = json(
                post(
                        accounts.admin(),
                        PATH,
                        Map.of("name", "Feed", "scopes", List.of("jobs:read"), "account_id", recruiter.publicId())),
                HttpStatus.CREATED);
        assertThat(made.path("account_id").asString()).isEqualTo(recruiter.publicId());
        Caller caller = Objects.requireNonNull(
                apiKeys.authenticate(made.path("key").asString()).block());
        assertThat(caller.accountId()).isEqualTo(recruiter.id());
        for (String wrong : List.of("nonsense", "usr_" + "0".repeat(32))) {
            refused(
                    post(
                            accounts.admin(),
                            PATH,
                            Map.of("name", "Feed", "scopes", List.of("jobs:read"), "account_id", wrong)),
                    HttpStatus.BAD_REQUEST,
                    "INVALID_REQUEST");
        }
    }

    private JsonNode make(TestAccount admin, Map<String, ?> more) {
        Map<String, Object> key = new HashMap<>(Map.of("name", "Feed", "scopes", List.of("jobs:read")));
        key.putAll(more);
        return json(post(admin, PATH, key), HttpStatus.CREATED);
    }

    @Test
    void hasAnotherSecretAfterARotationAndTheOldOneUntilTheOverlapEnds() {
        TestAccount admin = accounts.admin();
        JsonNode made = make(admin, Map.of());
        String old = made.path("key").asString();
        String path = PATH + "/" + made.path("id").asString();
        JsonNode rotated = json(post(admin, path + "/rotate", Map.of("overlap_seconds", 60)), HttpStatus.OK);
        String next = rotated.path("key").asString();
        assertThat(next).startsWith("rk_").isNotEqualTo(old);
        assertThat(rotated.path("previous_ends_at").asString()).isNotBlank();
        assertThat(rotated.path("id")).isEqualTo(made.path("id"));
        for (String works : List.of(old, next)) {
            refused(with(works, "/api/v1/accounts"), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
        }
        // At once, and the one before that with it.
        String last = json(post(admin, path + "/rotate", Map.of("overlap_seconds", 0)), HttpStatus.OK)
                .path("key")
                .asString();
        for (String ended : List.of(old, next)) {
            refused(with(ended, "/api/v1/accounts"), HttpStatus.UNAUTHORIZED, "INVALID_API_KEY");
        }
        refused(with(last, "/api/v1/accounts"), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
        refused(
                post(admin, path + "/rotate", Map.of("overlap_seconds", -1)),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST");
        assertThat(get(admin.token(), path)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .doesNotContain(last)
                .contains("rotated_at");
    }

    @Test
    void endsWithTheOverlapAndWithItsExpiry(@Autowired Clock clock) {
        TestAccount admin = accounts.admin();
        JsonNode made = make(admin, Map.of());
        post(admin, PATH + "/" + made.path("id").asString() + "/rotate", Map.of("overlap_seconds", 1))
                .expectStatus()
                .isOk();
        String ending = make(
                        admin,
                        Map.of("expires_at", clock.instant().plusMillis(700).toString()))
                .path("key")
                .asString();
        refused(with(ending, "/api/v1/accounts"), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
        for (String each : List.of(made.path("key").asString(), ending)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> with(each, "/api/v1/accounts")
                            .returnResult(String.class)
                            .getStatus()
                            .isSameCodeAs(HttpStatus.UNAUTHORIZED));
        }
        refused(
                post(
                        admin,
                        PATH,
                        Map.of("name", "x", "scopes", List.of("jobs:read"), "expires_at", "2020-01-01T00:00:00Z")),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST");
        apiKeys.endOverlaps().block();
        assertThat(json(get(admin.token(), PATH + "/" + made.path("id").asString()), HttpStatus.OK)
                        .path("previous_ends_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void canBeChangedUntilItIsRevoked() {
        TestAccount admin = accounts.admin();
        JsonNode made = make(admin, Map.of("plan", "pro"));
        assertThat(made.path("plan").asString()).isEqualTo("pro");
        String path = PATH + "/" + made.path("id").asString();
        JsonNode changed = json(
                patch(admin, path, Map.of("name", "Other", "scopes", List.of("jobs:write"), "plan", "free")),
                HttpStatus.OK);
        assertThat(changed.path("name").asString()).isEqualTo("Other");
        assertThat(changed.path("plan").asString()).isEqualTo("free");
        Caller caller = Objects.requireNonNull(
                apiKeys.authenticate(made.path("key").asString()).block());
        assertThat(caller.scopes()).containsExactly("jobs:write");
        assertThat(apiKeys.planOf(caller)).isEqualTo(Plan.FREE);
        assertThat(json(patch(admin, path, Map.of("plan", "")), HttpStatus.OK)
                        .path("plan")
                        .asString())
                .as("that of the account")
                .isEqualTo("enterprise");
        refused(patch(admin, path, Map.of("plan", "gold")), HttpStatus.BAD_REQUEST, "INVALID_REQUEST");
        http.delete()
                .uri(path)
                .headers(admin::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();
        refused(patch(admin, path, Map.of("name", "x")), HttpStatus.CONFLICT, "CONFLICT");
        refused(post(admin, path + "/rotate", Map.of()), HttpStatus.CONFLICT, "CONFLICT");
        refused(
                patch(admin, PATH + "/key_" + "0".repeat(32), Map.of("name", "x")),
                HttpStatus.NOT_FOUND,
                "RESOURCE_NOT_FOUND");
    }
}
