package ai.recruit.tenancy;

import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs database work in a transaction that carries its tenant as the settings {@code recruit.account} and
 * {@code recruit.scope}, which the row-level policies read. Outside of such a transaction no tenant row is visible.
 *
 * <p>Work started inside another piece of work joins the transaction of the outer one; the inner tenant then holds until
 * that transaction ends, so do not nest different tenants.
 */
@Component
public class TenantTransactions {

    private static final String ENTER =
            "select set_config('recruit.account', :account, true), set_config('recruit.scope', :scope, true)";

    private final DatabaseClient database;
    private final TransactionalOperator operator;

    TenantTransactions(DatabaseClient database, ReactiveTransactionManager transactions) {
        this.database = database;
        this.operator = TransactionalOperator.create(transactions);
    }

    /** One result, or none. */
    public <T> Mono<T> mono(Tenant tenant, Supplier<Mono<T>> work) {
        return enter(tenant).then(Mono.defer(work)).as(operator::transactional);
    }

    /** Many results, read inside one transaction: for bounded results only, since it holds a connection meanwhile. */
    public <T> Flux<T> flux(Tenant tenant, Supplier<Flux<T>> work) {
        return enter(tenant).thenMany(Flux.defer(work)).as(operator::transactional);
    }

    private Mono<Void> enter(Tenant tenant) {
        return database.sql(ENTER)
                .bind(
                        "account",
                        tenant.accountId() == null ? "" : tenant.accountId().toString())
                .bind("scope", tenant.scope().name().toLowerCase(Locale.ROOT))
                .then();
    }
}
