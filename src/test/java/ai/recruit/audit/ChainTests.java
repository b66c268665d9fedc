package ai.recruit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.UuidV7;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chain is changed behind the service's back, as the owner of the database, and each change is undone at the end. */
class ChainTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private Audits audits;

    @Autowired
    private Sealing sealing;

    @Autowired
    private Verification verification;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private ReactiveTransactionManager manager;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private JsonMapper json;

    @Autowired
    private Clock clock;

    @Test
    void anUntouchedChainIsIntact() {
        List<Link> links = sealed(10);

        assertThat(links).hasSize(10);
        assertThat(verified(today())).satisfies(day -> {
            assertThat(day.broken()).isNull();
            assertThat(day.intact()).isTrue();
            assertThat(day.sealed()).isGreaterThanOrEqualTo(10);
            assertThat(day.head()).hasSize(64);
        });
    }

    @Test
    void aTransactionThatCommitsLateIsNotSkipped() {
        TestAccount recruiter = accounts.recruiter();
        String late = subject();
        AtomicReference<Integer> meanwhile = new AtomicReference<>();
        transactions
                .mono(
                        recruiter.caller().tenant(),
                        () -> audits.record(entry(recruiter, late))
                                .then(Mono.defer(() -> audits.recordRead(entry(recruiter, subject()))
                                        .contextWrite(context -> reactor.util.context.Context.empty())))
                                .then(Mono.defer(() ->
                                        sealing.seal().contextWrite(context -> reactor.util.context.Context.empty())))
                                .doOnNext(meanwhile::set))
                .as(StepVerifier::create)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        // Transactions of others may still be running.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(links(recruiter)).hasSize(2));
        assertThat(verified(today()).broken()).isNull();
    }

    @Test
    void aChangedFieldIsFound() {
        Link link = sealed(10).get(4);
        tampered("update audit_entries set action = 'nothing.done' where id = '" + link.entry() + "'", broken -> {
            assertThat(broken.how()).isEqualTo("changed");
            assertThat(broken.seq()).isEqualTo(link.seq());
            assertThat(broken.entryId()).isEqualTo(IdKind.AUDIT_ENTRY.format(link.entry()));
        });
    }

    @Test
    void changedDetailsAreFoundEvenWithTheirHashMadeAnew() {
        Link link = sealed(10).get(4);
        tampered("update audit_entries set details = '{\"n\": 99}' where id = '" + link.entry() + "'", broken -> {
            assertThat(broken.how()).isEqualTo("changed");
            assertThat(broken.seq()).isEqualTo(link.seq());
        });
        tampered(
                "update audit_entries set details = '{}', details_hash = sha256(salt || convert_to('{}', 'UTF8'))"
                        + " where id = '" + link.entry() + "'",
                broken -> {
                    assertThat(broken.how()).isEqualTo("changed");
                    assertThat(broken.seq()).isEqualTo(link.seq());
                });
    }

    @Test
    void aDeletedEntryIsFoundWithAndWithoutItsLink() {
        Link link = sealed(10).get(4);
        String entry = "delete from audit_entries where id = '" + link.entry() + "'";
        String its = "delete from audit_chain where entry_id = '" + link.entry() + "'";
        for (String sql : List.of(entry, its, entry + ";" + its)) {
            tampered(sql, broken -> {
                assertThat(broken.how()).isEqualTo("missing");
                assertThat(broken.seq()).isEqualTo(link.seq());
            });
        }
    }

    @Test
    void anEntryPutAmongTheSealedOnesIsFound() {
        Link link = sealed(10).get(4);
        UUID forged = UuidV7.next(clock);
        tampered(
                "insert into audit_entries (id, txid, role, action, subject, details_hash) select '" + forged
                        + "', txid, role, action, 'forged', details_hash from audit_entries where id = '"
                        + link.entry() + "'",
                broken -> {
                    assertThat(broken.how()).isEqualTo("inserted");
                    assertThat(broken.entryId()).isEqualTo(IdKind.AUDIT_ENTRY.format(forged));
                });
    }

    @Test
    void anEntryPutIntoTheChainIsFoundWithAHashThatFitsAndWithOneThatDoesNot() {
        Link link = sealed(10).get(4);
        UUID forged = UuidV7.next(clock);
        String insert = "insert into audit_entries (id, txid, role, action, subject, details_hash) select '" + forged
                + "', txid, role, action, 'forged', details_hash from audit_entries where id = '" + link.entry()
                + "'; update audit_chain set seq = seq + 1000000 where day = '" + today() + "' and seq > " + link.seq()
                + "; update audit_chain set seq = seq - 999999 where day = '" + today() + "' and seq > 1000000"
                + "; insert into audit_chain values ('" + today() + "', " + (link.seq() + 1) + ", '" + forged
                + "', sha256('any'))";
        tampered(insert, broken -> {
            assertThat(broken.how()).isEqualTo("inserted");
            assertThat(broken.seq()).isEqualTo(link.seq() + 1);
            assertThat(broken.entryId()).isEqualTo(IdKind.AUDIT_ENTRY.format(forged));
        });
    }

    @Test
    void twoThatWereSwappedAreFound() {
        List<Link> links = sealed(10);
        for (Link other : List.of(links.get(5), links.get(8))) {
            Link one = links.get(4);
            tampered(
                    "delete from audit_chain where seq in (" + one.seq() + ", " + other.seq() + ") and day = '"
                            + today()
                            + "'; insert into audit_chain values "
                            + "('" + today() + "', " + one.seq() + ", '" + other.entry() + "', decode('" + other.hash()
                            + "', 'hex')), ('" + today() + "', " + other.seq() + ", '" + one.entry() + "', decode('"
                            + one.hash() + "', 'hex'))",
                    broken -> {
                        assertThat(broken.how()).isEqualTo("reordered");
                        assertThat(broken.seq()).isEqualTo(one.seq());
                    });
        }
    }

    @Test
    void aTailThatWasCutOffIsFoundByTheSealAndByThePublishedHead() {
        List<Link> links = sealed(10);
        sealing.publish().as(StepVerifier::create).expectComplete().verify(PATIENCE);
        long first = links.get(7).seq();
        String cut = "delete from audit_entries where id in (select entry_id from audit_chain where day = '" + today()
                + "' and seq >= " + first + "); delete from audit_chain where day = '" + today() + "' and seq >= "
                + first;
        String alsoTheSeal =
                cut + "; update audit_seal set (txid, entry_id, day, seq, hash) = (select e.txid, e.id, c.day,"
                        + " c.seq, c.hash from audit_chain c join audit_entries e on e.id = c.entry_id order by c.day desc, c.seq"
                        + " desc limit 1)";
        for (String sql : List.of(cut, alsoTheSeal)) {
            tampered(sql, broken -> {
                assertThat(broken.how()).isEqualTo("missing");
                assertThat(broken.seq()).isEqualTo(first);
            });
        }
    }

    @Test
    void aChainMadeAnewIsFoundByThePublishedHead() {
        sealed(3);
        sealing.publish().as(StepVerifier::create).expectComplete().verify(PATIENCE);
        tampered(
                "update audit_chain set hash = sha256('anew') where seq = (select seq from audit_seal) and day = '"
                        + today() + "'; update audit_seal set hash = sha256('anew')",
                broken -> assertThat(broken.how()).isEqualTo("changed"));
    }

    @Test
    void erasedDetailsLeaveTheChainIntact() {
        TestAccount recruiter = accounts.recruiter();
        String subject = subject();
        record(entry(recruiter, subject).with(Map.of("tag", "Ivanov")));
        sealing.seal()
                .as(StepVerifier::create)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        transactions
                .mono(Tenant.system(), () -> audits.eraseDetails(subject))
                .as(StepVerifier::create)
                .expectNext(1L)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(verified(today()).broken()).isNull();
        assertThat(verified(today()).erased()).isPositive();
        assertThat(get(accounts.admin(), "/api/audit?subject=" + subject))
                .doesNotContain("Ivanov")
                .contains("\"erased\":true");
    }

    @Test
    void daysAreLinkedWithEachOther() {
        sealed(3);
        asOwner(
                "update audit_seal set day = day - 1, published_day = day - 1",
                "update audit_chain set day = day - 1",
                "update audit_heads set day = day - 1");
        try {
            // The day before was sealed under another date, so it is broken; what matters is that this day goes on from
            // it.
            sealed(3);
            ChainReport.Day day = verified(today());
            assertThat(day.broken()).isNull();
            assertThat(day.sealed()).isGreaterThanOrEqualTo(3);
            assertThat(get(accounts.admin(), "/api/audit/heads"))
                    .contains(today().minusDays(1).toString());
            tampered(
                    "update audit_chain set hash = sha256('other') where day = '" + today().minusDays(1)
                            + "' and seq = (select max(seq) from audit_chain where day = '" + today().minusDays(1)
                            + "')",
                    broken -> {
                        assertThat(broken.seq()).isEqualTo(1);
                        assertThat(broken.how()).isEqualTo("changed");
                    });
        } finally {
            startAnew();
        }
    }

    @Test
    void verifiesOverHttpForAdministratorsAlone() {
        sealed(2);
        JsonNode report = json.readTree(get(accounts.admin(), "/api/audit/verify?from=" + today()));
        assertThat(report.path("intact").asBoolean()).isTrue();
        assertThat(report.path("days").get(0).path("day").asString()).isEqualTo(today().toString());
        http.get()
                .uri("/api/audit/verify")
                .headers(accounts.recruiter()::authorize)
                .exchange()
                .expectStatus()
                .isForbidden();
        http.get()
                .uri("/api/audit/verify?from=soon")
                .headers(accounts.admin()::authorize)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void publishesTheHeadOnceForEachPlace() {
        sealed(1);
        // Whoever finds the seal taken, by the loop, leaves it be: so it is asked for until it is done.
        JsonNode heads = await().atMost(PATIENCE)
                .until(
                        () -> {
                            sealing.publish()
                                    .then(sealing.publish())
                                    .as(StepVerifier::create)
                                    .expectComplete()
                                    .verify(PATIENCE);
                            return json.readTree(get(accounts.admin(), "/api/audit/heads"))
                                    .path("data");
                        },
                        data -> !data.isEmpty());
        assertThat(heads.get(0).path("hash").asString())
                .isEqualTo(verified(today()).head());
        assertThat(heads.get(0).path("seq").asLong()).isPositive();
    }

    private record Link(long seq, UUID entry, String hash) {}

    /** Records entries, each in a transaction of its own, and seals them; gives their links. */
    private List<Link> sealed(int count) {
        TestAccount recruiter = accounts.recruiter();
        for (int i = 0; i < count; i++) {
            record(entry(recruiter, subject()).with(Map.of("n", i)));
        }
        sealing.seal()
                .as(StepVerifier::create)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
        List<Link> links = links(recruiter);
        while (links.size() < count) {
            // A transaction of somebody else is still running.
            sealing.seal()
                    .as(StepVerifier::create)
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            links = links(recruiter);
        }
        return links;
    }

    private List<Link> links(TestAccount actor) {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("select c.seq, c.entry_id, encode(c.hash, 'hex') as hash from audit_chain c"
                                        + " join audit_entries e on e.id = c.entry_id where e.actor_id = :actor"
                                        + " order by c.day, c.seq")
                                .bind("actor", actor.id())
                                .map(row -> new Link(
                                        row.get("seq", Long.class),
                                        row.get("entry_id", UUID.class),
                                        row.get("hash", String.class)))
                                .all())
                .collectList()
                .block(PATIENCE);
    }

    private void record(AuditEntry entry) {
        audits.recordRead(entry).as(StepVerifier::create).expectComplete().verify(PATIENCE);
    }

    private ChainReport.Day verified(LocalDate day) {
        ChainReport report = verification.verify(day, null).block(PATIENCE);
        assertThat(report).isNotNull();
        List<ChainReport.Day> days =
                report.days().stream().filter(one -> one.day().equals(day)).toList();
        assertThat(days).hasSize(1);
        return days.get(0);
    }

    /** Tampers, looks what the check of today says, and puts everything back. */
    private void tampered(String sql, java.util.function.Consumer<ChainReport.Break> check) {
        assertThat(verified(today()).broken()).isNull();
        backUp();
        try {
            asOwner(sql.split(";"));
            ChainReport.Day day = verified(today());
            assertThat(day.intact()).isFalse();
            check.accept(day.broken());
        } finally {
            restore();
        }
        assertThat(verified(today()).broken()).isNull();
    }

    private static final List<String> TABLES = List.of("audit_entries", "audit_chain", "audit_seal", "audit_heads");

    private void backUp() {
        List<String> statements = new ArrayList<>();
        for (String table : TABLES) {
            statements.add("create table kept_" + table + " (like " + table + ")");
            statements.add("insert into kept_" + table + " select * from " + table);
        }
        asOwner(statements.toArray(String[]::new));
    }

    private void restore() {
        List<String> statements = new ArrayList<>();
        for (String table : TABLES) {
            statements.add("delete from " + table);
            statements.add("insert into " + table + " select * from kept_" + table);
            // Other tests look at what tables there are.
            statements.add("drop table kept_" + table);
        }
        asOwner(statements.toArray(String[]::new));
    }

    private void startAnew() {
        asOwner(
                "delete from audit_chain",
                "delete from audit_entries",
                "delete from audit_heads",
                "update audit_seal set txid = '0', entry_id = '00000000-0000-0000-0000-000000000000', day = '1970-01-01',"
                        + " seq = 0, hash = decode(repeat('00', 32), 'hex'), published_day = '1970-01-01', published_seq = 0");
    }

    /** In the role that the service's connections had before they took their own; it may switch row-level security off. */
    private void asOwner(String... statements) {
        List<String> work = new ArrayList<>(List.of("set local role none"));
        TABLES.forEach(table -> work.add("alter table " + table + " no force row level security"));
        work.addAll(List.of(statements));
        TABLES.forEach(table -> work.add("alter table " + table + " force row level security"));
        Mono<Void> all = Flux.fromIterable(work)
                .concatMap(statement -> database.sql(statement).then())
                .then();
        TransactionalOperator.create(manager)
                .transactional(all)
                // The loop that seals takes the same locks in another order, and one of the two may have to give way.
                .retryWhen(Retry.backoff(5, Duration.ofMillis(50)))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
    }

    private String get(TestAccount account, String path) {
        byte[] body = http.get()
                .uri(path)
                .headers(account::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String subject() {
        return IdKind.CANDIDATE.format(UUID.randomUUID());
    }

    private static AuditEntry entry(TestAccount actor, String subject) {
        return AuditEntry.by(actor.caller(), "candidate.viewed", subject, actor.id());
    }
}
