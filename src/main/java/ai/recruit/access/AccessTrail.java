package ai.recruit.access;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where this module has recorded who came in and what was done to accounts and keys. The audit implements it. */
public interface AccessTrail {

    /** Records in the transaction of the subscriber. */
    Mono<Void> record(Deed deed);

    /** Records without a transaction of one's own. */
    Mono<Void> recordAlone(Deed deed);

    /**
     * What was done.
     *
     * @param by who did it; null for somebody who is not known, or for the service itself
     * @param address where it came from; null when it is not known or came from nowhere
     * @param requestId the request; null outside of one
     * @param action for example {@code account.changed}
     * @param subject the public id of the account or key
     * @param accountId the account that it concerns; null for none
     * @param details ids and words without personal data
     */
    record Deed(
            @Nullable Caller by,
            @Nullable String address,
            @Nullable String requestId,
            String action,
            String subject,
            @Nullable UUID accountId,
            Map<String, ?> details) {}
}
