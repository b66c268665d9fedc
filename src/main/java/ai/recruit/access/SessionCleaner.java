package ai.recruit.access;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes logins that ended long ago. */
@Component
class SessionCleaner {

    private final TenantTransactions transactions;
    private final Sessions sessions;

    SessionCleaner(TenantTransactions transactions, Sessions sessions) {
        this.transactions = transactions;
        this.sessions = sessions;
    }

    Mono<Void> clean() {
        return transactions.mono(Tenant.system(), sessions::forget).then();
    }
}
