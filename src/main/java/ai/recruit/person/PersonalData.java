package ai.recruit.person;

import ai.recruit.tenancy.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What one feature holds about people. Everything here that touches the database runs in a transaction of the subscriber,
 * which is the service's own and sees all rows.
 */
public interface PersonalData {

    /** Rows that hang on others go before them: 0 unless the feature's rows are what others hang on. */
    default int order() {
        return 0;
    }

    /**
     * The feature's tables that hold personal data, each with what becomes of its rows when a person is erased. A test
     * compares them with the tables that there are.
     */
    Map<String, String> tables();

    /**
     * All that is held about a person.
     *
     * @param byThemselves whether the person reads it. What others have judged in confidence (private notes,
     *     scorecards) and who they are is then left out
     */
    default Flux<Held> held(Person person, boolean byThemselves) {
        return Flux.empty();
    }

    /** The person's files; not in a transaction. */
    default Flux<HeldFile> files(Person person) {
        return Flux.empty();
    }

    /** Which of these candidates something was done about since then that does not show in their own rows. */
    default Flux<UUID> activeSince(Collection<UUID> candidateIds, Instant since) {
        return Flux.empty();
    }

    /** Erases rows, and appends the events by which open lists let go of them. May be called again. */
    default Mono<Erased> erase(Person person) {
        return Mono.just(Erased.NOTHING);
    }

    /**
     * Erases everything that an account says of its own person alone, when the last candidate that is the same person is
     * erased. May be called again.
     */
    default Mono<Erased> eraseOwn(UUID accountId) {
        return Mono.just(Erased.NOTHING);
    }

    /**
     * A thing of the tenant's that may be about somebody and is tied to nobody, which stays locked. Empty when the id is of
     * another feature or there is none.
     *
     * @throws ai.recruit.kernel.Problem {@code CONFLICT} when it is tied to somebody, or in use
     */
    default Mono<Stray> stray(Tenant tenant, String id) {
        return Mono.empty();
    }

    /** Such things about which nothing has happened since then, the oldest first; of one account or of all but some. */
    default Flux<Stray> strays(@Nullable UUID owner, Collection<UUID> others, Instant since, int most) {
        return Flux.empty();
    }

    /** Erases such a thing. May be called again. */
    default Mono<Erased> erase(Stray stray) {
        return Mono.just(Erased.NOTHING);
    }

    /** Removes files of the storage, those excepted that something else needs; gives how many. Not in a transaction. */
    default Mono<Long> removeFiles(Set<String> keys) {
        return Mono.just(0L);
    }

    /**
     * Clears what was kept on the way about things that are gone: events, answers, details of audit entries. Called
     * after all transactions that could still have written such traces have ended. May be called again.
     *
     * @param ids public ids
     * @return how many of what
     */
    default Mono<Map<String, Long>> forget(Set<String> ids) {
        return Mono.just(Map.of());
    }
}
