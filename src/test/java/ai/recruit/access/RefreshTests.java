package ai.recruit.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.Hashes;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

class RefreshTests extends AccessTest {

    @Autowired
    private Logins logins;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Test
    void givesNewTokensEachTime() {
        TestAccount account = accounts.recruiter();
        JsonNode first = json(refresh(account.refreshToken()), HttpStatus.OK);
        JsonNode second = json(refresh(first.path("refresh_token").asString()), HttpStatus.OK);
        assertThat(second.path("refresh_token")).isNotEqualTo(first.path("refresh_token"));
        assertThat(second.path("user").path("id").asString()).isEqualTo(account.publicId());
        me(second.path("access_token").asString()).expectStatus().isOk();
        // The tokens of one session live side by side until they end.
        me(account.token()).expectStatus().isOk();
    }

    @Test
    void revokesTheWholeSessionWhenATokenComesAgain() {
        TestAccount account = accounts.recruiter();
        JsonNode first = json(refresh(account.refreshToken()), HttpStatus.OK);
        JsonNode second = json(refresh(first.path("refresh_token").asString()), HttpStatus.OK);
        refused(refresh(account.refreshToken()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(refresh(second.path("refresh_token").asString()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(me(second.path("access_token").asString()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(me(account.token()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void letsOneOfTwoAtTheSameTimeThroughAndRevokes() {
        TestAccount account = accounts.recruiter();
        List<Boolean> outcomes = Flux.range(0, 2)
                .flatMap(attempt -> logins.refresh(account.refreshToken())
                        .thenReturn(true)
                        .onErrorReturn(false)
                        .subscribeOn(Schedulers.parallel()))
                .collectList()
                .block(Duration.ofSeconds(10));
        assertThat(outcomes).containsExactlyInAnyOrder(true, false);
        refused(me(account.token()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void refusesWhatIsNoRefreshToken() {
        TestAccount account = accounts.recruiter();
        refused(refresh("rt_unknown"), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(refresh(account.token()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
        refused(post("/api/v1/auth/refresh", Map.of()), HttpStatus.BAD_REQUEST, "INVALID_REQUEST");
    }

    @Test
    void refusesASessionThatHasEnded() {
        TestAccount account = accounts.recruiter();
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(
                                        "update account_session set expires_at = now() - interval '1 second' where id = :id")
                                .bind("id", account.caller().sessionId())
                                .then())
                .block(Duration.ofSeconds(10));
        refused(refresh(account.refreshToken()), HttpStatus.UNAUTHORIZED, "INVALID_TOKEN");
    }

    @Test
    void storesNoTokenInTheClear() {
        TestAccount account = accounts.recruiter();
        Long found = transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql("""
                                select count(*) as n from refresh_token
                                where position(convert_to(:token, 'UTF8') in hash) > 0
                                """)
                                .bind("token", account.refreshToken())
                                .map(row -> row.get("n", Long.class))
                                .one())
                .block(Duration.ofSeconds(10));
        assertThat(found).isZero();
        assertThat(Hashes.sha256(account.refreshToken())).hasSize(32);
    }

    @Test
    void carriesTheRoleThatTheAccountHasNow() {
        TestAccount account = accounts.recruiter();
        // Past the interface, which would end the session.
        Mono<Void> change = transactions.mono(
                Tenant.system(),
                () -> database.sql("update account set role = 'candidate' where id = :id")
                        .bind("id", account.id())
                        .then());
        change.block(Duration.ofSeconds(10));
        JsonNode next = json(refresh(account.refreshToken()), HttpStatus.OK);
        assertThat(next.path("user").path("role").asString()).isEqualTo("candidate");
    }

    private ResponseSpec refresh(String token) {
        return post("/api/v1/auth/refresh", Map.of("refresh_token", token));
    }
}
