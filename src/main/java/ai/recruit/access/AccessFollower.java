package ai.recruit.access;

import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.LogSignal;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.kernel.IdKind;
import ai.recruit.tenancy.Tenant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what this node knows of sessions and keys in step with the log. */
@Component
class AccessFollower {

    private static final Selection SELECTION =
            Selection.ofTypes(Set.of(Sessions.REVOKED, Accounts.CHANGED, ApiKeys.CHANGED));

    private final Events events;
    private final Revocations revocations;
    private final ApiKeys apiKeys;
    private final Plans plans;
    private final JsonMapper json;

    AccessFollower(Events events, Revocations revocations, ApiKeys apiKeys, Plans plans, JsonMapper json) {
        this.events = events;
        this.revocations = revocations;
        this.apiKeys = apiKeys;
        this.plans = plans;
        this.json = json;
    }

    /** Reads what holds now. */
    Mono<Void> load() {
        return revocations.load().then(plans.load()).then(apiKeys.reload());
    }

    /** Reads what holds now, then follows what changes, without end. */
    Mono<Void> follow() {
        // The place in the log is taken first, so that nothing falls between it and what is read.
        return events.now()
                .flatMap(place -> load().thenMany(events.follow(Tenant.system(), SELECTION, Start.after(place)))
                        .concatMap(this::apply)
                        .then());
    }

    private Mono<Void> apply(LogSignal signal) {
        if (signal instanceof LogSignal.Resync) {
            return load();
        }
        if (signal instanceof Event event) {
            if (event.type().equals(Sessions.REVOKED)) {
                revocations.revoke(sessions(event));
                return Mono.empty();
            }
            if (event.type().equals(Accounts.CHANGED)) {
                IdKind.ACCOUNT.parse(event.subject()).ifPresent(account -> plans.apply(account, plan(event)));
            }
            return apiKeys.reload();
        }
        return Mono.empty();
    }

    private @Nullable Plan plan(Event event) {
        String word = json.readTree(event.data()).path("plan").asString("");
        return word.isEmpty() ? null : Plan.ofWord(word);
    }

    private List<UUID> sessions(Event event) {
        return json.readTree(event.data())
                .path("session_ids")
                .valueStream()
                .map(id -> UUID.fromString(id.asString()))
                .toList();
    }
}
