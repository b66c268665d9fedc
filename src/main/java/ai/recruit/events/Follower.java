package ai.recruit.events;

import ai.recruit.tenancy.Tenant;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.FluxSink;
import reactor.util.retry.Retry;

/**
 * One subscriber's way through the log: out of the database until it has come up to what the {@link Ring} holds, then
 * out of the ring; back to the database when it was too slow for the ring. It moves only as far as the subscriber has
 * asked, and holds at most one page.
 */
@SuppressWarnings("CheckReturnValue") // a sink's methods return the sink for chaining
final class Follower {

    private static final int PAGE = 256;
    private static final int RETRIES = 30;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final LogRepository repository;
    private final LogTail tail;
    private final Tenant viewer;
    private final Selection selection;
    private final FluxSink<LogSignal> sink;
    private final AtomicInteger passes = new AtomicInteger();
    private final Deque<Event> page = new ArrayDeque<>();

    // Everything below is touched by whoever is inside the drain loop alone.
    private final Start start;
    private @Nullable Cursor position;
    private @Nullable Cursor pageEnd;
    private boolean caughtUp;
    private volatile @Nullable LogPage loaded;
    private volatile boolean loading;
    private volatile @Nullable Disposable load;

    Follower(
            LogRepository repository,
            LogTail tail,
            Tenant viewer,
            Selection selection,
            Start start,
            FluxSink<LogSignal> sink) {
        this.repository = repository;
        this.tail = tail;
        this.viewer = viewer;
        this.selection = selection;
        this.start = start;
        this.sink = sink;
    }

    void begin() {
        sink.onDispose(this::end).onRequest(demand -> drain());
        tail.add(this);
        drain();
    }

    private void end() {
        tail.remove(this);
        Disposable present = load;
        if (present != null) {
            present.dispose();
        }
    }

    /** Delivers as much as there is and as much as is wanted. May be called by any thread at any time. */
    void drain() {
        if (passes.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (!sink.isCancelled() && !loading && sink.requestedFromDownstream() > 0 && step()) {
                // One signal, or one move without a signal, at a time.
            }
            missed = passes.addAndGet(-missed);
        } while (missed != 0);
    }

    /** Whether there may be more to do at once. */
    private boolean step() {
        LogPage arrived = loaded;
        if (arrived != null) {
            loaded = null;
            return take(arrived);
        }
        Event next = page.poll();
        if (next != null) {
            position = next.cursor();
            sink.next(next);
            return true;
        }
        if (pageEnd != null) {
            position = pageEnd;
            pageEnd = null;
        }
        Cursor here = position;
        if (here == null && start instanceof Start.Now) {
            here = tail.ring().head();
        }
        if (here == null) {
            load(start instanceof Start.After after ? after.cursor() : Cursor.START);
            return false;
        }
        Ring.Reading reading = tail.ring().read(here, this::wanted, PAGE);
        List<Event> found = reading.events();
        if (found == null) {
            load(here);
            return false;
        }
        page.addAll(found);
        pageEnd = reading.upTo();
        if (!found.isEmpty()) {
            return true;
        }
        position = reading.upTo();
        pageEnd = null;
        if (!caughtUp) {
            caughtUp = true;
            sink.next(new LogSignal.CaughtUp(reading.upTo()));
            return true;
        }
        return false;
    }

    private boolean take(LogPage arrived) {
        if (lost(arrived)) {
            // The client reloads the present state, so a reader that had a place goes on from the present; one that
            // asked
            // for a history still gets what is left of it.
            Cursor anew = position == null && start instanceof Start.Beginning ? arrived.horizon() : arrived.upTo();
            position = anew;
            sink.next(new LogSignal.Resync(anew));
            return true;
        }
        arrived.rows().forEach(row -> page.add(row.event()));
        pageEnd = arrived.upTo();
        return true;
    }

    /** Whether something between the reader's place and what has arrived had already been removed from the log. */
    private boolean lost(LogPage arrived) {
        if (position != null) {
            return position.compareTo(arrived.horizon()) < 0;
        }
        if (start instanceof Start.Beginning beginning) {
            return arrived.horizonAt().isAfter(beginning.since());
        }
        // A place beyond the end of the log is of another database, or of this one before it was restored.
        return start instanceof Start.After after
                && (after.cursor().compareTo(arrived.horizon()) < 0
                        || after.cursor().transactionId() >= arrived.end());
    }

    private void load(Cursor after) {
        loading = true;
        // A reader that begins now needs the end of the log alone: it asks for a subject that does not exist.
        Selection wanted = position == null && start instanceof Start.Now ? Selection.of("") : selection;
        load = repository
                .read(viewer, wanted, after, PAGE)
                .retryWhen(Retry.backoff(RETRIES, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
                .subscribe(
                        arrived -> {
                            loaded = arrived;
                            loading = false;
                            drain();
                        },
                        sink::error);
    }

    private boolean wanted(Event event) {
        return selection.matches(event) && visible(event);
    }

    private boolean visible(Event event) {
        return switch (event.audience()) {
            case INTERNAL -> viewer.scope() == Tenant.Scope.SYSTEM;
            case EVERYONE -> true;
            case OWNER -> viewer.seesAll() || ownedBy(event, viewer.accountId());
        };
    }

    private static boolean ownedBy(Event event, @Nullable UUID account) {
        return account != null && account.equals(event.ownerId());
    }
}
