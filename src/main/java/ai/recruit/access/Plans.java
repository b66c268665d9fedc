package ai.recruit.access;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.r2dbc.spi.Readable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The plans of people, in memory: only of those for whom one is set, since all others have the usual one of their role. It
 * follows the log with {@link AccessFollower}. The plans of service keys are with {@link ApiKeys}.
 */
@Component
class Plans {

    private final TenantTransactions transactions;
    private final DatabaseClient database;
    private final Map<UUID, Plan> set = new ConcurrentHashMap<>();

    Plans(TenantTransactions transactions, DatabaseClient database) {
        this.transactions = transactions;
        this.database = database;
    }

    /** The plan of an account. */
    Plan of(UUID accountId, Role role) {
        Plan own = set.get(accountId);
        return own == null ? Plan.usual(role) : own;
    }

    /** From now on the account has this plan; null for the usual one. */
    void apply(UUID accountId, @Nullable Plan plan) {
        if (plan == null) {
            set.remove(accountId);
        } else {
            set.put(accountId, plan);
        }
    }

    /** Reads the plans that are set. What changes meanwhile is told by the log behind it. */
    Mono<Void> load() {
        return transactions
                .flux(
                        Tenant.system(),
                        () -> database.sql("select id, plan from account where plan is not null")
                                .map(Plans::entry)
                                .all())
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(loaded -> {
                    set.keySet().retainAll(loaded.keySet());
                    set.putAll(loaded);
                })
                .then();
    }

    private static Map.Entry<UUID, Plan> entry(Readable row) {
        return Map.entry(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Plan.ofWord(Objects.requireNonNull(row.get("plan", String.class))));
    }
}
