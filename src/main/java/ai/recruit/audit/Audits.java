package ai.recruit.audit;

import ai.recruit.web.RowList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /**
     * What was done to something and to what belongs to it, the newest first, as far as the caller may read it: what they
     * did themselves, and what was done in their database. To be answered with {@link ai.recruit.web.Lists}; the rows are
     * {@code {id, action, user_id, role, subject, timestamp, ip, metadata}}. Entries are in it about a second after they
     * were committed.
     *
     * @param publicId for example {@code cand_...}, as its kind formats it
     * @param action only what was done thus; null for all. The endpoint's parameter is called {@code action}
     */
    RowList activity(String publicId, @Nullable String action);

    /**
     * Blanks the details of all entries about something and about what belongs to it, in the transaction of the
     * subscriber, which must be the service's own. The entries stay, and so does the chain.
     *
     * @return how many entries had details
     */
    Mono<Long> eraseDetails(String publicId);
}
