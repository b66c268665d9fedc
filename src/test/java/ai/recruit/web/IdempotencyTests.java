package ai.recruit.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.Caller;
import ai.recruit.access.TestAccounts;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String KEYS = "/api/v1/api-keys";
    private static final String REPLAYED = "Idempotency-Replayed";

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private IdempotencyRepository repository;

    @Autowired
    private JsonMapper json;

    private final String key = UUID.randomUUID().toString();

    private EntityExchangeResult<byte[]> send(
            HttpMethod method, TestAccount account, String path, String key, Map<String, ?> body) {
        return http.method(method)
                .uri(path)
                .headers(account::authorize)
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
    }

    private EntityExchangeResult<byte[]> post(TestAccount account, String path, Map<String, ?> body) {
        return send(HttpMethod.POST, account, path, key, body);
    }

    private static Map<String, String> person() {
        return Map.of("email", "person-" + UUID.randomUUID() + "@example.com", "password", TestAccounts.PASSWORD);
    }

    private static String text(EntityExchangeResult<byte[]> answer) {
        return new String(Objects.requireNonNullElse(answer.getResponseBody(), new byte[0]), StandardCharsets.UTF_8);
    }

    private void refused(EntityExchangeResult<byte[]> answer, HttpStatus status, String code) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(json.readTree(text(answer)).path("error").path("code").asString())
                .isEqualTo(code);
    }

    private long count(String sql, Object value) {
        return Objects.requireNonNull(transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(sql)
                                .bind("value", value)
                                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                                .one())
                .block(PATIENCE));
    }

    @Test
    void theSameRequestGetsTheSameAnswerAndHasItsEffectOnce() {
        TestAccount admin = accounts.admin();
        Map<String, String> person = person();
        EntityExchangeResult<byte[]> first = post(admin, ACCOUNTS, person);
        assertThat(first.getStatus()).isEqualTo(HttpStatus.CREATED);
        assertThat(first.getResponseHeaders().containsHeader(REPLAYED)).isFalse();
        for (String path : List.of(ACCOUNTS, "/v1/accounts/")) {
            EntityExchangeResult<byte[]> again = post(admin, path, person);
            assertThat(again.getStatus()).isEqualTo(HttpStatus.CREATED);
            assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
            assertThat(again.getResponseHeaders().getFirst(REPLAYED)).isEqualTo("true");
            assertThat(again.getResponseHeaders().getLocation())
                    .isEqualTo(first.getResponseHeaders().getLocation());
            assertThat(again.getResponseHeaders().getContentType())
                    .isEqualTo(first.getResponseHeaders().getContentType());
            assertThat(again.getResponseHeaders().getFirst("X-Request-Id"))
                    .isNotEqualTo(first.getResponseHeaders().getFirst("X-Request-Id"));
        }
        // Another key is another request, and so is one without a key.
        refused(
                send(HttpMethod.POST, admin, ACCOUNTS, UUID.randomUUID().toString(), person),
                HttpStatus.CONFLICT,
                "CONFLICT");
    }

    @Test
    void aKeyIsForOneRequest() {
        TestAccount admin = accounts.admin();
        Map<String, String> person = person();
        assertThat(post(admin, ACCOUNTS, person).getStatus()).isEqualTo(HttpStatus.CREATED);
        refused(post(admin, ACCOUNTS, person()), HttpStatus.UNPROCESSABLE_CONTENT, "IDEMPOTENCY_KEY_REUSED");
        refused(post(admin, KEYS, person), HttpStatus.UNPROCESSABLE_CONTENT, "IDEMPOTENCY_KEY_REUSED");
        refused(
                send(HttpMethod.PATCH, admin, ACCOUNTS + "/usr_1", key, person),
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aKeyIsItsOwners() {
        EntityExchangeResult<byte[]> one = post(accounts.admin(), ACCOUNTS, person());
        EntityExchangeResult<byte[]> other = post(accounts.admin(), ACCOUNTS, person());
        assertThat(List.of(one.getStatus(), other.getStatus())).containsOnly(HttpStatus.CREATED);
        assertThat(other.getResponseHeaders().containsHeader(REPLAYED)).isFalse();
    }

    @Test
    void aRefusalIsKeptUnlessItMayBeOtherwiseNextTime() {
        TestAccount admin = accounts.admin();
        EntityExchangeResult<byte[]> wrong = post(admin, ACCOUNTS, Map.of("email", "nobody"));
        refused(wrong, HttpStatus.BAD_REQUEST, "INVALID_REQUEST");
        EntityExchangeResult<byte[]> again = post(admin, ACCOUNTS, Map.of("email", "nobody"));
        assertThat(again.getStatus()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(again.getResponseBody()).isEqualTo(wrong.getResponseBody());
        assertThat(again.getResponseHeaders().getFirst(REPLAYED)).isEqualTo("true");

        Map<String, String> person = person();
        String other = UUID.randomUUID().toString();
        send(HttpMethod.POST, admin, ACCOUNTS, UUID.randomUUID().toString(), person);
        for (int i = 0; i < 2; i++) {
            EntityExchangeResult<byte[]> taken = send(HttpMethod.POST, admin, ACCOUNTS, other, person);
            refused(taken, HttpStatus.CONFLICT, "CONFLICT");
            assertThat(taken.getResponseHeaders().containsHeader(REPLAYED)).isFalse();
        }
    }

    @Test
    void equalRequestsAtTheSameTimeHaveOneEffect() {
        TestAccount admin = accounts.admin();
        String name = "Key " + UUID.randomUUID();
        Map<String, ?> body = Map.of("name", name, "scopes", List.of("jobs:read"));
        List<EntityExchangeResult<byte[]>> answers = Objects.requireNonNull(Flux.range(0, 24)
                .flatMap(
                        i -> Mono.fromCallable(() -> post(admin, KEYS, body)).subscribeOn(Schedulers.boundedElastic()),
                        12)
                .collectList()
                .block(PATIENCE));
        assertThat(answers)
                .extracting(EntityExchangeResult::getStatus)
                .containsOnly(HttpStatus.CREATED, HttpStatus.CONFLICT)
                .contains(HttpStatus.CREATED);
        assertThat(answers.stream()
                        .filter(answer -> answer.getStatus().isSameCodeAs(HttpStatus.CREATED))
                        .map(IdempotencyTests::text)
                        .distinct())
                .hasSize(1);
        assertThat(count("select count(*) from api_key where name = :value", name))
                .isEqualTo(1);
        String secret = json.readTree(text(post(admin, KEYS, body))).path("key").asString();
        assertThat(secret).startsWith("rk_");
        assertThat(count("select count(*) from idempotency_key where key = :value and body like '%rk\\_%'", key))
                .as("answers are sealed")
                .isZero();
        assertThat(count("select count(*) from idempotency_key where key = :value and body is not null", key))
                .isEqualTo(1);
    }

    @Test
    void deletingTwiceIsDeletingOnce() {
        TestAccount admin = accounts.admin();
        String id = json.readTree(text(post(admin, KEYS, Map.of("name", "x", "scopes", List.of("jobs:read")))))
                .path("id")
                .asString();
        String other = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            var answer = http.delete()
                    .uri(KEYS + "/" + id)
                    .headers(admin::authorize)
                    .header("Idempotency-Key", other)
                    .exchange()
                    .expectBody()
                    .returnResult();
            assertThat(answer.getStatus()).isEqualTo(HttpStatus.NO_CONTENT);
            assertThat(answer.getResponseBody()).isNull();
            assertThat(answer.getResponseHeaders().containsHeader(REPLAYED)).isEqualTo(i == 1);
        }
    }

    @Test
    void anUploadIsAnsweredAgain() {
        TestAccount recruiter = accounts.recruiter();
        String first = upload(recruiter, false);
        assertThat(upload(recruiter, true)).isEqualTo(first);
    }

    private String upload(TestAccount recruiter, boolean again) {
        MultipartBodyBuilder body = new MultipartBodyBuilder();
        body.part(
                        "file",
                        new ByteArrayResource(
                                ("Anna Berg\nCook\nanna@example.com\n" + key).getBytes(StandardCharsets.UTF_8)))
                .filename("anna.txt")
                .contentType(MediaType.TEXT_PLAIN);
        EntityExchangeResult<byte[]> answer = http.post()
                .uri("/api/resumes/upload")
                .headers(recruiter::authorize)
                .header("Idempotency-Key", key)
                .body(BodyInserters.fromMultipartData(body.build()))
                .exchange()
                .expectBody()
                .returnResult();
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getResponseHeaders().containsHeader(REPLAYED)).isEqualTo(again);
        return text(answer);
    }

    @Test
    void jobsAreTakenInAsOneRequestToo() {
        TestAccount recruiter = accounts.recruiter();
        Map<String, ?> jobs = Map.of(
                "source",
                "idempotent-" + key,
                "jobs",
                List.of(Map.of("external_id", "1", "title", "Cook", "company", "C")));
        EntityExchangeResult<byte[]> first = post(recruiter, "/api/v1/ingestion/jobs", jobs);
        assertThat(first.getStatus()).isEqualTo(HttpStatus.OK);
        EntityExchangeResult<byte[]> again = post(recruiter, "/api/v1/ingestion/jobs", jobs);
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(again.getResponseHeaders().getFirst(REPLAYED)).isEqualTo("true");
    }

    @Test
    void aKeyThatIsNoneIsRefusedAndWhereItMeansNothingItIsIgnored() {
        TestAccount admin = accounts.admin();
        refused(send(HttpMethod.POST, admin, ACCOUNTS, "", person()), HttpStatus.BAD_REQUEST, "INVALID_REQUEST");
        refused(
                send(HttpMethod.POST, admin, ACCOUNTS, "k".repeat(256), person()),
                HttpStatus.BAD_REQUEST,
                "INVALID_REQUEST");
        for (int i = 0; i < 2; i++) {
            HttpHeaders headers = http.get()
                    .uri(ACCOUNTS)
                    .headers(admin::authorize)
                    .header("Idempotency-Key", key)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult()
                    .getResponseHeaders();
            assertThat(headers.containsHeader(REPLAYED)).isFalse();
            http.post()
                    .uri("/api/v1/auth/login")
                    .header("Idempotency-Key", key)
                    .bodyValue(Map.of("email", admin.email(), "password", admin.password()))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist(REPLAYED);
        }
    }

    @Test
    void isForgottenAfterADay() {
        TestAccount admin = accounts.admin();
        Map<String, ?> body = Map.of("name", key, "scopes", List.of("jobs:read"));
        post(admin, KEYS, body);
        assertThat(count(
                        "select count(*) from idempotency_key where key = :value"
                                + " and expires_at between now() + interval '23 hours' and now() + interval '24 hours'",
                        key))
                .isEqualTo(1);
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(
                                        "update idempotency_key set expires_at = now() - interval '1 s' where key = :key")
                                .bind("key", key)
                                .then())
                .block(PATIENCE);
        assertThat(post(admin, KEYS, body).getResponseHeaders().containsHeader(REPLAYED))
                .isFalse();
        assertThat(count("select count(*) from api_key where name = :value", key))
                .isEqualTo(2);
        transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(
                                        "update idempotency_key set expires_at = now() - interval '1 s' where key = :key")
                                .bind("key", key)
                                .then()
                                .then(Mono.defer(repository::removeExpired))
                                .then())
                .block(PATIENCE);
        assertThat(count("select count(*) from idempotency_key where key = :value", key))
                .isZero();
    }

    @Test
    void aHandlerThatGoesOnAfterAFailedStatementRunsByItself(@Autowired Idempotency idempotency) {
        TestAccount recruiter = accounts.recruiter();
        MockServerWebExchange exchange = MockServerWebExchange.from(
                MockServerHttpRequest.post("/api/v1/things").header("Idempotency-Key", key));
        exchange.getAttributes().put(Caller.class.getName(), recruiter.caller());
        AtomicInteger runs = new AtomicInteger();
        Tenant tenant = recruiter.caller().tenant();
        idempotency
                .filter(
                        exchange,
                        inner -> transactions
                                .mono(
                                        tenant,
                                        () -> database.sql("select 1 / 0 as never where :run >= 0")
                                                .bind("run", runs.incrementAndGet())
                                                .then())
                                .onErrorResume(failure -> transactions.mono(
                                        tenant, () -> database.sql("select 1").then()))
                                .then(Mono.defer(() -> {
                                    inner.getResponse().setStatusCode(HttpStatus.ACCEPTED);
                                    return inner.getResponse().setComplete();
                                })))
                .block(PATIENCE);
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
        assertThat(runs).hasValue(2);
        assertThat(count("select status::bigint from idempotency_key where key = :value", key))
                .isEqualTo(202);
    }

    @Test
    void whatFailsLeavesNothingBehind(@Autowired Idempotency idempotency) {
        TestAccount recruiter = accounts.recruiter();
        MockServerWebExchange exchange = MockServerWebExchange.from(
                MockServerHttpRequest.post("/api/v1/things").header("Idempotency-Key", key));
        exchange.getAttributes().put(Caller.class.getName(), recruiter.caller());
        idempotency
                .filter(
                        exchange,
                        inner -> transactions
                                .mono(
                                        Tenant.system(),
                                        () -> database.sql("update account set first_name = 'Changed' where id = :id")
                                                .bind("id", recruiter.id())
                                                .then())
                                .then(Mono.error(new IllegalStateException("after the effect"))))
                .block(PATIENCE);
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(count("select count(*) from account where first_name = 'Test' and id = :value", recruiter.id()))
                .isEqualTo(1);
        assertThat(count("select count(*) from idempotency_key where key = :value", key))
                .isZero();
    }

    /** What is written in groups, such as the audit of reads, uses a connection of its own while the request waits. */
    @Test
    void manyAtOnceLeaveConnectionsForWhatTheyDoBesides(@Autowired Idempotency idempotency) {
        TestAccount recruiter = accounts.recruiter();
        Tenant tenant = recruiter.caller().tenant();
        // A future has no context, and so no transaction of another one.
        Mono<Void> besides = Mono.fromFuture(() -> transactions
                .mono(tenant, () -> database.sql("select pg_sleep(0.01)").then())
                .toFuture());
        Long accepted = Flux.range(0, 60)
                .flatMap(
                        i -> {
                            MockServerWebExchange exchange = MockServerWebExchange.from(
                                    MockServerHttpRequest.post("/api/v1/things").header("Idempotency-Key", key + i));
                            exchange.getAttributes().put(Caller.class.getName(), recruiter.caller());
                            return idempotency
                                    .filter(
                                            exchange,
                                            inner -> transactions
                                                    .mono(
                                                            tenant,
                                                            () -> database.sql("select 1")
                                                                    .then())
                                                    .then(besides)
                                                    .then(Mono.defer(() -> {
                                                        inner.getResponse().setStatusCode(HttpStatus.ACCEPTED);
                                                        return inner.getResponse()
                                                                .setComplete();
                                                    })))
                                    .thenReturn(exchange);
                        },
                        60)
                .filter(exchange -> exchange.getResponse().getStatusCode() == HttpStatus.ACCEPTED)
                .count()
                .block(PATIENCE);
        assertThat(accepted).isEqualTo(60);
    }
}
