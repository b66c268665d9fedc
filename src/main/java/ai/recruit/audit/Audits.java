package ai.recruit.audit;

import java.util.List;
import reactor.core.publisher.Mono;

/** The record of what was done. */
public interface Audits {

    /**
     * Records entries in the transaction that the subscriber runs in, so that what was done and its entry stand or fall
     * together.
     *
     * @throws IllegalStateException when there is no transaction
     */
    Mono<Void> record(List<AuditEntry> entries);

    /** Records one entry; see {@link #record(List)}. */
    default Mono<Void> record(AuditEntry entry) {
        return record(List.of(entry));
    }

    /**
     * Records that something was read, for whoever has no transaction of their own: the entries of all requests that come
     * at the same time share one. Completes when the entry is committed; answer after that.
     */
    Mono<Void> recordRead(AuditEntry entry);
}
