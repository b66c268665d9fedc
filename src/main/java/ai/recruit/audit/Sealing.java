package ai.recruit.audit;

import ai.recruit.events.Events;
import ai.recruit.events.NewEvent;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Chains the entries, in the order of their transactions, as the log of events is read: an entry that commits late is
 * behind the place where sealing waits, never before it. The row with the place is locked for as long as a page takes, so
 * one node does it at a time and the others pass by; a node that dies in the middle has done nothing.
 */
@Component
class Sealing {

    /** Internal: these entries can be read now. Its data are their ids. */
    static final String RECORDED = "audit.recorded";

    static final String HEAD_PUBLISHED = "audit.head_published";

    private static final int PAGE = 500;

    private final TenantTransactions transactions;
    private final ChainRepository chain;
    private final Events events;
    private final AuditProperties properties;
    private final Clock clock;

    Sealing(
            TenantTransactions transactions,
            ChainRepository chain,
            Events events,
            AuditProperties properties,
            Clock clock) {
        this.transactions = transactions;
        this.chain = chain;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    Flux<Integer> sealing() {
        return Flux.interval(Duration.ZERO, properties.sealEvery())
                .onBackpressureDrop()
                .concatMap(tick -> seal(), 0);
    }

    /** Seals all that can be sealed now; gives how many entries that were. */
    Mono<Integer> seal() {
        return anythingToDo()
                .flatMap(some -> some ? page(properties.publishEvery()) : Mono.just(0))
                .flatMap(done -> done == PAGE ? seal().map(more -> done + more) : Mono.just(done));
    }

    /** Publishes the head now, if it has moved since the last time. */
    Mono<Void> publish() {
        return page(Duration.ZERO).then();
    }

    /** Locking the place takes a transaction id, which every reader of the log waits for: not done for nothing. */
    private Mono<Boolean> anythingToDo() {
        return transactions.mono(
                Tenant.system(),
                () -> chain.place()
                        .flatMap(place -> due(place, properties.publishEvery())
                                ? Mono.just(true)
                                : chain.behind(place, 1).collectList().map(found -> !found.isEmpty())));
    }

    private boolean due(ChainPlace place, Duration age) {
        return !place.published() && place.publishedBefore(clock.instant(), age);
    }

    private Mono<Integer> page(Duration publishAfter) {
        return transactions
                .mono(
                        Tenant.system(),
                        () -> chain.lock()
                                .flatMap(place -> chain.behind(place, PAGE)
                                        .collectList()
                                        .flatMap(entries -> write(place, entries, publishAfter)
                                                .thenReturn(entries.size()))))
                .defaultIfEmpty(0);
    }

    private Mono<Void> write(ChainPlace before, List<ChainedEntry> entries, Duration publishAfter) {
        List<ChainPlace> links = new ArrayList<>(entries.size());
        List<ChainPlace> heads = new ArrayList<>();
        ChainPlace place = before;
        for (ChainedEntry entry : entries) {
            ChainPlace next = place.with(entry);
            if (!next.day().equals(place.day()) && place.seq() > 0 && !place.published()) {
                heads.add(place);
            }
            links.add(next);
            place = next;
        }
        if (due(place, publishAfter)) {
            heads.add(place);
        }
        if (links.isEmpty() && heads.isEmpty()) {
            return Mono.empty();
        }
        ChainPlace end = heads.isEmpty() ? place : place.published(heads.get(heads.size() - 1), clock.instant());
        Mono<Void> added = links.isEmpty() ? Mono.empty() : chain.add(links).then(told(links));
        return added.then(chain.move(end))
                .thenMany(Flux.fromIterable(heads))
                .concatMap(head -> chain.publish(head)
                        .flatMap(id -> events.append(NewEvent.common(
                                HEAD_PUBLISHED,
                                IdKind.AUDIT_HEAD.format(id),
                                Map.of(
                                        "day", head.day().toString(),
                                        "seq", head.seq(),
                                        "hash", HexFormat.of().formatHex(head.hash()))))))
                .then();
    }

    private Mono<Void> told(List<ChainPlace> links) {
        List<String> ids = links.stream()
                .map(link -> IdKind.AUDIT_ENTRY.format(link.entryId()))
                .toList();
        return events.append(NewEvent.internal(RECORDED, ids.get(0), Map.of("ids", ids)));
    }
}
