package ai.recruit.audit;

import ai.recruit.tenancy.GroupCommit;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.RowList;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

@Component
class AuditLog implements Audits {

    private static final int MOST_AT_ONCE = 256;

    private final AuditRepository repository;
    private final AuditLists lists;
    private final GroupCommit<Boolean, AuditEntry, Boolean> reads;

    AuditLog(AuditRepository repository, AuditLists lists, TenantTransactions transactions) {
        this.repository = repository;
        this.lists = lists;
        // Entries say themselves whose they are, so those of all accounts can be written together.
        this.reads = new GroupCommit<>(
                MOST_AT_ONCE,
                Duration.ZERO,
                entry -> true,
                (all, entries) -> transactions.mono(
                        Tenant.system(),
                        () -> repository
                                .insert(entries)
                                .thenReturn(entries.stream().map(entry -> true).toList())));
    }

    @Override
    public Mono<Void> record(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return Mono.empty();
        }
        return TransactionSynchronizationManager.forCurrentTransaction()
                .onErrorMap(
                        NoTransactionException.class,
                        none -> new IllegalStateException("Entries are recorded in the transaction of the deed", none))
                .then(repository.insert(entries));
    }

    @Override
    public Mono<Void> recordRead(AuditEntry entry) {
        return Mono.defer(() -> reads.submit(entry)).then();
    }

    @Override
    public RowList activity(String publicId, @Nullable String action) {
        return lists.activity(publicId, action);
    }

    @Override
    public Mono<Long> eraseDetails(String publicId) {
        return repository.eraseDetails(publicId);
    }
}
