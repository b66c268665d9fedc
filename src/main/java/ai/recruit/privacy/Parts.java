package ai.recruit.privacy;

import ai.recruit.person.Erased;
import ai.recruit.person.Held;
import ai.recruit.person.HeldFile;
import ai.recruit.person.Person;
import ai.recruit.person.PersonalData;
import ai.recruit.person.Stray;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What all features hold about a person, as one. */
@Component
class Parts {

    private final List<PersonalData> parts;
    private final TenantTransactions transactions;

    Parts(ObjectProvider<PersonalData> parts, TenantTransactions transactions) {
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(PersonalData::order))
                .toList();
        this.transactions = transactions;
    }

    /** Section by section, each read in a short transaction of its own. */
    Flux<Held> held(Person person, boolean byThemselves) {
        return Flux.fromIterable(parts)
                .concatMap(part -> transactions.mono(
                        Tenant.system(), () -> part.held(person, byThemselves).collectList()))
                .flatMapIterable(sections -> sections);
    }

    Flux<HeldFile> files(Person person) {
        return Flux.fromIterable(parts).concatMap(part -> part.files(person));
    }

    /** In the transaction of the subscriber. */
    Mono<Set<UUID>> activeSince(Collection<UUID> candidateIds, Instant since) {
        return candidateIds.isEmpty()
                ? Mono.just(Set.of())
                : Flux.fromIterable(parts)
                        .concatMap(part -> part.activeSince(candidateIds, since))
                        .collect(HashSet::new, Set::add);
    }

    /** In the transaction of the subscriber. */
    Mono<Erased> erase(Person person) {
        return Flux.fromIterable(parts).concatMap(part -> part.erase(person)).reduce(Erased.NOTHING, Erased::and);
    }

    /** In the transaction of the subscriber. */
    Mono<Erased> eraseOwn(Collection<UUID> accounts) {
        return Flux.fromIterable(accounts)
                .concatMap(account -> Flux.fromIterable(parts).concatMap(part -> part.eraseOwn(account)))
                .reduce(Erased.NOTHING, Erased::and);
    }

    /** In the transaction of the subscriber; empty when there is none. */
    Mono<Stray> stray(Tenant tenant, String id) {
        return Flux.fromIterable(parts)
                .concatMap(part -> part.stray(tenant, id))
                .next();
    }

    /** In the transaction of the subscriber. */
    Flux<Stray> strays(@Nullable UUID owner, Collection<UUID> others, Instant since, int most) {
        return Flux.fromIterable(parts).concatMap(part -> part.strays(owner, others, since, most));
    }

    /** In the transaction of the subscriber. */
    Mono<Erased> erase(Stray stray) {
        return Flux.fromIterable(parts).concatMap(part -> part.erase(stray)).reduce(Erased.NOTHING, Erased::and);
    }

    Mono<Long> removeFiles(Set<String> keys) {
        return Flux.fromIterable(parts)
                .concatMap(part -> part.removeFiles(keys))
                .reduce(0L, Long::sum);
    }

    /** In the transaction of the subscriber. */
    Mono<Map<String, Long>> forget(Set<String> ids) {
        return Flux.fromIterable(parts)
                .concatMap(part -> part.forget(ids))
                .collect(TreeMap::new, (all, some) -> some.forEach((what, count) -> all.merge(what, count, Long::sum)));
    }
}
