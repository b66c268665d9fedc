package ai.recruit.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.recruit.IntegrationTest;
import ai.recruit.access.TestAccounts.TestAccount;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AuditEntryTests extends IntegrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private Audits audits;

    @Autowired
    private TenantTransactions transactions;

    @Autowired
    private DatabaseClient database;

    @Test
    void anEntryStandsOrFallsWithItsTransaction() {
        TestAccount recruiter = accounts.recruiter();
        String kept = subject();
        String undone = subject();

        transactions
                .mono(recruiter.caller().tenant(), () -> audits.record(entry(recruiter, kept)))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);
        transactions
                .mono(
                        recruiter.caller().tenant(),
                        () -> audits.record(entry(recruiter, undone))
                                .then(Mono.error(new IllegalStateException("undone"))))
                .as(StepVerifier::create)
                .expectErrorMessage("undone")
                .verify(PATIENCE);

        assertThat(count(Tenant.system(), kept)).isEqualTo(1);
        assertThat(count(Tenant.system(), undone)).isZero();
    }

    @Test
    void refusesAnEntryWithoutATransaction() {
        audits.record(entry(accounts.recruiter(), subject()))
                .as(StepVerifier::create)
                .expectError(IllegalStateException.class)
                .verify(PATIENCE);
    }

    @Test
    void readsThatComeTogetherAreAllRecorded() {
        TestAccount recruiter = accounts.recruiter();
        String subject = subject();

        Flux.range(0, 600)
                .flatMap(i -> audits.recordRead(entry(recruiter, subject)), 600)
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(count(Tenant.system(), subject)).isEqualTo(600);
    }

    @Test
    void anEntryIsForItsActorItsOwnerAndAdministrators() {
        TestAccount actor = accounts.recruiter();
        TestAccount owner = accounts.recruiter();
        String subject = subject();
        audits.recordRead(AuditEntry.by(actor.caller(), "candidate.viewed", subject, owner.id()))
                .as(StepVerifier::create)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(count(actor.caller().tenant(), subject)).isEqualTo(1);
        assertThat(count(owner.caller().tenant(), subject)).isEqualTo(1);
        assertThat(count(accounts.admin().caller().tenant(), subject)).isEqualTo(1);
        assertThat(count(accounts.recruiter().caller().tenant(), subject)).isZero();
    }

    @Test
    void nobodyChangesOrRemovesAnEntry() {
        for (String sql : List.of("delete from audit_entries", "update audit_entries set action = 'other.done'")) {
            transactions
                    .mono(Tenant.system(), () -> database.sql(sql).then())
                    .as(StepVerifier::create)
                    .expectErrorSatisfies(refused -> assertThat(refused).hasMessageContaining("permission denied"))
                    .verify(PATIENCE);
        }
    }

    private long count(Tenant tenant, String subject) {
        Long count = transactions
                .mono(
                        tenant,
                        () -> database.sql("select count(*) from audit_entries where subject = :subject")
                                .bind("subject", subject)
                                .mapValue(Long.class)
                                .one())
                .block(PATIENCE);
        return count == null ? -1 : count;
    }

    private static String subject() {
        return IdKind.CANDIDATE.format(UUID.randomUUID());
    }

    private static AuditEntry entry(TestAccount actor, String subject) {
        return AuditEntry.by(actor.caller(), "candidate.viewed", subject, actor.id())
                .with(Map.of("note", "Ünïcode \"quoted\""));
    }
}
