package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class AccountTests extends AccessTest {

    private static final String PATH = "/api/v1/accounts";
    private static final String GOOD = "seven tall green trees";

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Test
    void isMadeByAnAdministratorAndLogsIn() {
        TestAccount admin = accounts.admin();
        String email = unique();
        var response = post(
                admin,
                PATH,
                Map.of(
                        "email", email.toUpperCase(java.util.Locale.ROOT),
                        "password", GOOD,
                        "role", "recruiter",
                        "first_name", "Ada",
                        "last_name", "Example"));
        JsonNode made = json(response.expectHeader().exists(HttpHeaders.LOCATION), HttpStatus.CREATED);
        assertThat(made.path("id").asString()).startsWith("usr_");
        assertThat(made.path("email").asString()).isEqualTo(email);
        assertThat(made.path("role").asString()).isEqualTo("recruiter");
        assertThat(made.path("status").asString()).isEqualTo("active");
        assertThat(made.path("first_name").asString()).isEqualTo("Ada");
        assertThat(made.toString()).doesNotContain("argon2").doesNotContain(GOOD);
        login(email, GOOD).expectStatus().isOk();
        JsonNode again = json(get(admin.token(), PATH + "/" + made.path("id").asString()), HttpStatus.OK);
        assertThat(again.path("email").asString()).isEqualTo(email);
    }

    @Test
    void isForAdministratorsAlone() {
        for (TestAccount account : List.of(accounts.candidate(), accounts.recruiter())) {
            refused(get(account.token(), PATH), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
            refused(get(account.token(), PATH + "/" + account.publicId()), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
            // Before the body is looked at.
            refused(post(account, PATH, Map.of()), HttpStatus.FORBIDDEN, "PERMISSION_DENIED");
            refused(
                    patch(account, PATH + "/" + account.publicId(), Map.of("role", "admin")),
                    HttpStatus.FORBIDDEN,
                    "PERMISSION_DENIED");
        }
        refused(post(PATH, Map.of()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void hasAnAddressOfItsOwnWhateverItsCase() {
        TestAccount admin = accounts.admin();
        TestAccount account = accounts.recruiter();
        refused(
                post(
                        admin,
                        PATH,
                        Map.of("email", account.email().toUpperCase(java.util.Locale.ROOT), "password", GOOD)),
                HttpStatus.CONFLICT,
                "CONFLICT");
        TestAccount another = accounts.recruiter();
        refused(
                patch(admin, PATH + "/" + another.publicId(), Map.of("email", account.email())),
                HttpStatus.CONFLICT,
                "CONFLICT");
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        JsonNode answer = json(
                post(
                        accounts.admin(),
                        PATH,
                        Map.of(
                                "email", "no address",
                                "password", "short",
                                "role", "owner",
                                "status", "gone",
                                "first_name", "x".repeat(101))),
                HttpStatus.BAD_REQUEST);
        assertThat(answer.path("error").path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.path("error")
                        .path("details")
                        .valueStream()
                        .map(detail -> detail.path("field").asString()))
                .containsExactly("email", "password", "role", "status", "first_name");
    }

    @Test
    void isFoundInTheList() {
        TestAccount admin = accounts.admin();
        TestAccount newest = accounts.recruiter();
        JsonNode page = json(get(admin.token(), PATH + "?page=1&per_page=500"), HttpStatus.OK);
        assertThat(page.path("pagination").path("limit").asInt()).isEqualTo(100);
        assertThat(page.path("pagination").path("page").asInt()).isEqualTo(1);
        assertThat(page.path("pagination").path("total").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(page.path("pagination").path("total_pages").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(page.path("data")
                        .valueStream()
                        .map(account -> account.path("id").asString()))
                .contains(newest.publicId(), admin.publicId());
        JsonNode second = json(get(admin.token(), PATH + "?skip=1&limit=1"), HttpStatus.OK);
        assertThat(second.path("data")).hasSize(1);
    }

    @Test
    void isNotFoundUnderAnotherId() {
        TestAccount admin = accounts.admin();
        refused(get(admin.token(), PATH + "/usr_" + "0".repeat(32)), HttpStatus.NOT_FOUND, "RESOURCE_NOT_FOUND");
        refused(get(admin.token(), PATH + "/nonsense"), HttpStatus.NOT_FOUND, "RESOURCE_NOT_FOUND");
        refused(
                patch(admin, PATH + "/usr_" + "0".repeat(32), Map.of("role", "admin")),
                HttpStatus.NOT_FOUND,
                "RESOURCE_NOT_FOUND");
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        TestAccount admin = accounts.admin();
        TestAccount account = accounts.recruiter();
        String email = unique();
        JsonNode changed = json(
                patch(
                        admin,
                        PATH + "/" + account.publicId(),
                        Map.of("email", email, "first_name", "Grace", "last_name", "")),
                HttpStatus.OK);
        assertThat(changed.path("email").asString()).isEqualTo(email);
        assertThat(changed.path("first_name").asString()).isEqualTo("Grace");
        assertThat(changed.path("last_name").isNull()).isTrue();
        assertThat(changed.path("role").asString()).isEqualTo("recruiter");
        // A name is no reason to end a session.
        me(account.token()).expectStatus().isOk();
        login(email, account.password()).expectStatus().isOk();
    }

    @Test
    void takesANewPasswordAndEndsTheSessionsOfTheOldOne() {
        TestAccount account = accounts.recruiter();
        patch(accounts.admin(), PATH + "/" + account.publicId(), Map.of("password", GOOD))
                .expectStatus()
                .isOk();
        refused(me(account.token()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(login(account.email(), account.password()), HttpStatus.UNAUTHORIZED, "INVALID_CREDENTIALS");
        login(account.email(), GOOD).expectStatus().isOk();
    }

    @Test
    void keepsTheLastActiveAdministrator(
            @Autowired Accounts all, @Autowired AccountRepository repository, @Autowired Clock clock) {
        // Everything happens in one transaction that is rolled back, since other tests have administrators too.
        UUID last = UuidV7.next(clock);
        Account account = new Account(
                last,
                unique(),
                null,
                Role.ADMIN,
                AccountStatus.ACTIVE,
                null,
                null,
                null,
                clock.instant(),
                clock.instant(),
                null);
        for (AccountChange change : List.of(
                new AccountChange(null, null, "recruiter", null, null, null, null),
                new AccountChange(null, null, null, null, null, "suspended", null))) {
            Mono<Void> attempt = transactions.mono(
                    Tenant.system(),
                    () -> all.insert(account)
                            .then(database.sql(
                                            "update account set status = 'suspended' where role = 'admin' and id <> :id")
                                    .bind("id", last)
                                    .then())
                            .then(all.change(last, change))
                            .then(Mono.error(new IllegalStateException("It was changed"))));
            StepVerifier.create(attempt)
                    .expectErrorSatisfies(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(
                                    Problem.class,
                                    problem -> assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT)))
                    .verify(Duration.ofSeconds(20));
        }
    }

    @Test
    void mayNotBeSeenOutsideOfSystemScope() {
        TestAccount admin = accounts.admin();
        for (Tenant tenant : List.of(Tenant.account(admin.id()), Tenant.admin(admin.id()))) {
            for (String table : List.of("account", "account_session", "refresh_token", "signing_key", "api_key")) {
                Long rows = transactions
                        .mono(
                                tenant,
                                () -> database.sql("select count(*) as n from " + table)
                                        .map(row -> row.get("n", Long.class))
                                        .one())
                        .block(Duration.ofSeconds(10));
                assertThat(rows).as(table).isZero();
            }
        }
    }

    private static String unique() {
        return "person-" + UUID.randomUUID() + "@example.com";
    }
}
