package ai.recruit.access;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rows of accounts. Everything here runs in the caller's transaction, in system scope. */
@Component
class AccountRepository {

    private static final String COLUMNS =
            "id, email, password_hash, role, status, plan, first_name, last_name, created_at, updated_at, last_login_at";

    private final DatabaseClient database;

    AccountRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<Account> find(UUID id) {
        return database.sql("select " + COLUMNS + " from account where id = :id")
                .bind("id", id)
                .map(AccountRepository::account)
                .one();
    }

    Mono<Account> findByEmail(String email) {
        return database.sql("select " + COLUMNS + " from account where email = :email")
                .bind("email", email)
                .map(AccountRepository::account)
                .one();
    }

    /** Finds an account and keeps others from changing it until the transaction ends. */
    Mono<Account> lock(UUID id) {
        return database.sql("select " + COLUMNS + " from account where id = :id for update")
                .bind("id", id)
                .map(AccountRepository::account)
                .one();
    }

    Flux<UUID> recruiters(Collection<UUID> ids) {
        return database.sql("""
                        select id from account
                        where id = any(:ids) and status = 'active' and role in ('recruiter', 'admin')
                        """)
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .all();
    }

    Flux<Account> list(long skip, int limit) {
        return database.sql("select " + COLUMNS
                        + " from account order by created_at desc, id desc offset :skip limit :limit")
                .bind("skip", skip)
                .bind("limit", limit)
                .map(AccountRepository::account)
                .all();
    }

    Mono<Long> count() {
        return database.sql("select count(*) as n from account")
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .one();
    }

    /** Adds an account; false when the address is taken. */
    Mono<Boolean> insert(Account account) {
        return bind(database.sql("""
                        insert into account (id, email, password_hash, role, status, plan, first_name, last_name,
                            created_at, updated_at)
                        values (:id, :email, :password_hash, :role, :status, :plan, :first_name, :last_name,
                            :created_at, :updated_at)
                        on conflict (email) do nothing
                        """), account)
                .bind("created_at", account.createdAt())
                .fetch()
                .rowsUpdated()
                .map(count -> count == 1);
    }

    /** Writes an account back. */
    Mono<Void> update(Account account) {
        return bind(database.sql("""
                        update account set email = :email, password_hash = :password_hash, role = :role, status = :status,
                            plan = :plan,
                            first_name = :first_name, last_name = :last_name, updated_at = :updated_at
                        where id = :id
                        """), account).then();
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, Account account) {
        return statement
                .bind("id", account.id())
                .bind("email", account.email())
                .bind("password_hash", text(account.passwordHash()))
                .bind("role", account.role().word())
                .bind("status", account.status().word())
                .bind(
                        "plan",
                        text(account.plan() == null ? null : account.plan().word()))
                .bind("first_name", text(account.firstName()))
                .bind("last_name", text(account.lastName()))
                .bind("updated_at", account.updatedAt());
    }

    private static Parameter text(@Nullable String value) {
        return value == null ? Parameters.in(String.class) : Parameters.in(value);
    }

    Mono<Void> recordLogin(UUID id, Instant at, @Nullable String betterHash) {
        return database.sql("""
                        update account set last_login_at = :at, password_hash = coalesce(:better_hash, password_hash)
                        where id = :id
                        """)
                .bind("id", id)
                .bind("at", at)
                .bind("better_hash", text(betterHash))
                .then();
    }

    /** Lets one transaction at a time change who is an administrator. */
    Mono<Void> lockAdministrators() {
        return database.sql("select pg_advisory_xact_lock(hashtext('account.administrators'))")
                .then();
    }

    /** Whether another account than this one is an active administrator. */
    Mono<Boolean> hasOtherAdministrator(UUID id) {
        return database.sql("""
                        select exists (
                            select from account where role = 'admin' and status = 'active' and id <> :id) as other
                        """)
                .bind("id", id)
                .map(row -> Boolean.TRUE.equals(row.get("other", Boolean.class)))
                .one();
    }

    /** Whether some active administrator has ever logged in, and whether there is one at all. */
    Mono<Administrators> administrators() {
        return database.sql("""
                        select count(*) as active, count(last_login_at) as used
                        from account where role = 'admin' and status = 'active'
                        """)
                .map(row -> new Administrators(
                        Objects.requireNonNull(row.get("active", Long.class)),
                        Objects.requireNonNull(row.get("used", Long.class))))
                .one();
    }

    private static Account account(Readable row) {
        String plan = row.get("plan", String.class);
        return new Account(
                Objects.requireNonNull(row.get("id", UUID.class)),
                text(row, "email"),
                row.get("password_hash", String.class),
                Role.valueOf(text(row, "role").toUpperCase(Locale.ROOT)),
                AccountStatus.valueOf(text(row, "status").toUpperCase(Locale.ROOT)),
                plan == null ? null : Plan.ofWord(plan),
                row.get("first_name", String.class),
                row.get("last_name", String.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                Objects.requireNonNull(row.get("updated_at", Instant.class)),
                row.get("last_login_at", Instant.class));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    /** How many administrators there are. */
    record Administrators(long active, long used) {}
}
