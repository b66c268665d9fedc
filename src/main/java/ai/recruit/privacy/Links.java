package ai.recruit.privacy;

import ai.recruit.access.Caller;
import ai.recruit.audit.AuditEntry;
import ai.recruit.audit.Audits;
import ai.recruit.candidate.Candidate;
import ai.recruit.candidate.Candidates;
import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.UuidV7;
import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which account is which person. Addresses of accounts are not confirmed, so an equal address proves nothing: whoever
 * owns the candidate hands out a code on a way that reaches the person, and the account that brings the code is linked.
 */
@Component
class Links {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String INVITE = """
            insert into candidate_invitations (id, owner_id, candidate_id, code_hash, created_by, expires_at)
            values (:id, :owner, :candidate, :hash, :by, :expires)
            """;

    private static final String REDEEM = """
            update candidate_invitations i set used_at = now(), used_by = :account
             where i.code_hash = :hash and i.used_at is null and i.expires_at > now() and (:all or i.owner_id = :owner)
            returning i.owner_id, i.candidate_id
            """;

    // Somebody who is invited anew takes the place of who was linked before: the owner has said so.
    private static final String LINK = """
            insert into candidate_accounts as a (candidate_id, owner_id, account_id) values (:candidate, :owner, :account)
            on conflict (candidate_id) do update set account_id = excluded.account_id, linked_at = now()
             where a.owner_id = :owner
            """;

    private static final String UNLINK =
            "delete from candidate_accounts a where a.candidate_id = any (candidate_group(:candidate)) and a.owner_id = :owner";

    private static final String VOID = """
            delete from candidate_invitations i
             where i.candidate_id = any (candidate_group(:candidate)) and i.owner_id = :owner and i.used_at is null
            """;

    // In the name of the account itself: row-level security shows it its own links and nobody else's.
    private static final String LINKED = """
            select a.candidate_id from candidate_accounts a where a.account_id = :account order by a.linked_at
            """;

    private static final String PROFILES = """
            select coalesce(jsonb_agg(jsonb_build_object('candidate_id', public_id('cand', a.candidate_id),
                       'linked_at', public_time(a.linked_at), 'first_name', c.first_name, 'last_name', c.last_name,
                       'status', c.status) order by a.linked_at), '[]')::text as json
              from candidate_accounts a join candidates c on c.id = candidate_root(a.candidate_id)
             where a.candidate_id = any (:ids) and a.account_id = :account
            """;

    private final DatabaseClient database;
    private final TenantTransactions transactions;
    private final Candidates candidates;
    private final Audits audits;
    private final PrivacyProperties properties;
    private final Clock clock;

    Links(
            DatabaseClient database,
            TenantTransactions transactions,
            Candidates candidates,
            Audits audits,
            PrivacyProperties properties,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.candidates = candidates;
        this.audits = audits;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param code shown once, for whoever owns the candidate to hand on */
    record Invitation(String candidateId, String code, Instant expiresAt) {}

    Mono<Invitation> invite(Caller caller, Candidate candidate) {
        return Mono.defer(() -> {
            byte[] random = new byte[32];
            RANDOM.nextBytes(random);
            String code = "rci_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Instant ends = clock.instant().plus(properties.invitation()).truncatedTo(ChronoUnit.MILLIS);
            String id = IdKind.CANDIDATE.format(candidate.id());
            return transactions
                    .mono(
                            Tenant.account(candidate.ownerId()),
                            () -> database.sql(INVITE)
                                    .bind("id", UuidV7.next(clock))
                                    .bind("owner", candidate.ownerId())
                                    .bind("candidate", candidate.id())
                                    .bind("hash", Hashes.sha256(code))
                                    .bind("by", caller.accountId())
                                    .bind("expires", ends)
                                    .then()
                                    .then(Mono.defer(() -> audits.record(
                                            AuditEntry.by(caller, "candidate.invited", id, candidate.ownerId())))))
                    .thenReturn(new Invitation(id, code, ends));
        });
    }

    /** Ends the link, and all codes that have not been used. */
    Mono<Void> end(Caller caller, Candidate candidate) {
        return transactions.mono(
                Tenant.account(candidate.ownerId()),
                () -> database.sql(UNLINK)
                        .bind("candidate", candidate.id())
                        .bind("owner", candidate.ownerId())
                        .then()
                        .then(Mono.defer(() -> database.sql(VOID)
                                .bind("candidate", candidate.id())
                                .bind("owner", candidate.ownerId())
                                .then()))
                        .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                caller,
                                "candidate.unlinked",
                                IdKind.CANDIDATE.format(candidate.id()),
                                candidate.ownerId())))));
    }

    /**
     * Links the caller's account with the candidate of a code.
     *
     * @throws Problem {@code INVALID_REQUEST} when the code is unknown, used or too old
     */
    Mono<UUID> redeem(Caller caller, String code) {
        record Invited(UUID owner, UUID candidate) {}
        return transactions
                .mono(
                        Tenant.system(),
                        () -> database.sql(REDEEM)
                                .bind("hash", Hashes.sha256(code))
                                .bind("account", caller.accountId())
                                .bind("all", true)
                                .bindNull("owner", UUID.class)
                                .map(row -> new Invited(
                                        Objects.requireNonNull(row.get("owner_id", UUID.class)),
                                        Objects.requireNonNull(row.get("candidate_id", UUID.class))))
                                .one()
                                .flatMap(invited -> database.sql(LINK)
                                        .bind("candidate", invited.candidate())
                                        .bind("owner", invited.owner())
                                        .bind("account", caller.accountId())
                                        .then()
                                        .then(Mono.defer(() -> audits.record(AuditEntry.by(
                                                        caller,
                                                        "candidate.linked",
                                                        IdKind.CANDIDATE.format(invited.candidate()),
                                                        invited.owner())
                                                .with(Map.of()))))
                                        .thenReturn(invited.candidate())))
                .switchIfEmpty(Mono.error(() ->
                        Problem.invalid("code", "is unknown, has been used, or is too old; ask for another one")));
    }

    private Mono<List<UUID>> linked(Caller caller) {
        return transactions.mono(
                Tenant.account(caller.accountId()),
                () -> database.sql(LINKED)
                        .bind("account", caller.accountId())
                        .map(row -> Objects.requireNonNull(row.get("candidate_id", UUID.class)))
                        .all()
                        .collectList());
    }

    /** The caller's own profiles as a JSON array. */
    Mono<String> mine(Caller caller) {
        return linked(caller)
                .flatMap(ids -> transactions.mono(
                        Tenant.system(),
                        () -> database.sql(PROFILES)
                                .bind("ids", ids.toArray(UUID[]::new))
                                .bind("account", caller.accountId())
                                .map(row -> String.valueOf(row.get("json", String.class)))
                                .one()));
    }

    /**
     * The person that the caller is in somebody's database.
     *
     * @throws Problem {@code RESOURCE_NOT_FOUND} when the account is not linked with this candidate
     */
    Mono<Person> require(Caller caller, String candidateId) {
        return Mono.defer(() -> {
            UUID id = IdKind.CANDIDATE.get(candidateId);
            return linked(caller)
                    .filter(ids -> !ids.isEmpty())
                    .flatMap(ids -> transactions
                            .mono(Tenant.system(), () -> candidates.person(Tenant.system(), id))
                            // The candidate may have been merged since, in either direction.
                            .filter(person -> person.candidateIds().stream().anyMatch(ids::contains)))
                    .switchIfEmpty(Mono.error(() -> IdKind.CANDIDATE.notFound(candidateId)));
        });
    }
}
