package ai.recruit.tenancy;

import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Runs database work in a transaction that carries its tenant as the settings {@code recruit.account} and
 * {@code recruit.scope}, which the row-level policies read. Outside of such a transaction no tenant row is visible.
 *
 * <p>Work started inside another piece of work joins the transaction of the outer one; the inner tenant then holds until
 * that transaction ends, so do not nest different tenants.
 */
@Component
public class TenantTransactions {

    /** Stands in the context of whatever is in a transaction, under the class of what would not see it. */
    private static final Object INSIDE = new Object();

    private static final String ENTER =
            "select set_config('recruit.account', :account, true), set_config('recruit.scope', :scope, true)";

    private final DatabaseClient database;
    private final TransactionalOperator operator;
    private final GroupReads reads;

    TenantTransactions(
            DatabaseClient database, ReactiveTransactionManager transactions, ConnectionFactory connections) {
        this.database = database;
        this.operator = TransactionalOperator.create(transactions);
        this.reads = new GroupReads(connections);
    }

    /** One result, or none. */
    public <T> Mono<T> mono(Tenant tenant, Supplier<Mono<T>> work) {
        return inTurn(enter(tenant)
                .then(Mono.defer(work))
                .as(operator::transactional)
                .contextWrite(context -> context.put(GroupReads.class, INSIDE)));
    }

    /**
     * The row with this id, or none, in a transaction that is nothing but the statement that reads it, and reads others of the
     * tenant beside it that are asked for at the same time: one way to the database and back instead of four, for one or for
     * many. Within another piece of work it is a part of that one, for its tenant.
     *
     * @param select a query that changes nothing and gives one row at most; constant text, in which {@code :id} stands for the
     *     id and {@code :owner} for the tenant's account, null for one without
     */
    public <T> Mono<T> row(Tenant tenant, String select, UUID id, Function<Readable, T> mapper) {
        return Mono.deferContextual(context -> {
            if (context.hasKey(GroupReads.class)) {
                return joined(tenant, select, id, mapper);
            }
            return context.hasKey(Turns.class)
                    ? mono(tenant, () -> joined(tenant, select, id, mapper))
                    : reads.row(tenant, select, id, mapper);
        });
    }

    private <T> Mono<T> joined(Tenant tenant, String select, UUID id, Function<Readable, T> mapper) {
        DatabaseClient.GenericExecuteSpec query = database.sql(select).bind("id", id);
        if (select.contains(":owner")) {
            query = query.bind("owner", Parameters.in(PostgresqlObjectId.UUID, tenant.accountId()));
        }
        return query.map(mapper).one();
    }

    /** Many results, read inside one transaction: for bounded results only, since it holds a connection meanwhile. */
    public <T> Flux<T> flux(Tenant tenant, Supplier<Flux<T>> work) {
        Flux<T> alone = enter(tenant)
                .thenMany(Flux.defer(work))
                .as(operator::transactional)
                .contextWrite(context -> context.put(GroupReads.class, INSIDE));
        return Flux.deferContextual(context -> {
            Turns turns = context.getOrDefault(Turns.class, null);
            return turns == null ? alone : turns.take(alone);
        });
    }

    private static <T> Mono<T> inTurn(Mono<T> alone) {
        return Mono.deferContextual(context -> {
            Turns turns = context.getOrDefault(Turns.class, null);
            return turns == null ? alone : turns.take(alone).singleOrEmpty();
        });
    }

    /**
     * Puts all pieces of work that are started in here, each with its own tenant, into one transaction, which is committed
     * when the result is there: all of it happens, or nothing. They go one after another, also those that were meant to go
     * at the same time. What is in here must not wait for something that another transaction does, and must not take long:
     * it holds a connection, and from its first write on the tail of the event log waits for it.
     */
    public <T> Mono<T> together(Supplier<Mono<T>> work) {
        return Mono.deferContextual(outside -> outside.hasKey(Turns.class)
                // Somebody has put all of it together already.
                ? Mono.defer(work)
                : Mono.deferContextual(inside -> Mono.defer(work)
                                // Between the pieces there is no transaction to be seen, as usual.
                                .contextWrite(context -> Context.of(outside).put(Turns.class, new Turns(inside))))
                        .as(operator::transactional));
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
