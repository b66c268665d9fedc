package ai.recruit.events;

import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What somebody has been told up to now. That a follower has caught up is no sign of it, since an older transaction of
 * anybody else may hold the end of the log back: an event of its own that comes after all others is.
 */
@Component
public class PastEvents {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String MARK = "test.mark";

    private final Events events;
    private final TenantTransactions transactions;

    PastEvents(Events events, TenantTransactions transactions) {
        this.events = events;
        this.transactions = transactions;
    }

    /** The events of these types that the account may see, from a place up to now. */
    public List<Event> since(UUID accountId, Start start, String... types) {
        Tenant account = Tenant.account(accountId);
        String mark = "mark_" + UUID.randomUUID();
        Set<String> wanted = new HashSet<>(List.of(types));
        wanted.add(MARK);
        return Objects.requireNonNull(transactions
                .mono(
                        account,
                        () -> events.append(NewEvent.owned(accountId, MARK, mark, Map.of()))
                                .thenReturn(true))
                .thenMany(events.follow(account, Selection.ofTypes(wanted), start))
                .ofType(Event.class)
                .takeUntil(event -> event.subject().equals(mark))
                .filter(event -> !event.type().equals(MARK))
                .collectList()
                .block(PATIENCE));
    }
}
