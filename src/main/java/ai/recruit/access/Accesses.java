package ai.recruit.access;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Who may come in, for those who do not get a {@link Caller} as a controller's argument: sockets and open streams. */
public interface Accesses {

    /**
     * Reads a bearer token.
     *
     * @param token an access token of {@code POST /api/v1/auth/login}
     * @throws ai.recruit.kernel.Problem {@code INVALID_TOKEN} when it is not one, has ended, or has been revoked
     */
    Mono<Caller> authenticate(String token);

    /**
     * Lets a caller through by the rule for {@code GET} of a path, for those who show the same on another way.
     *
     * @param path of an endpoint that there is; what stands for an id in it may be anything
     * @throws ai.recruit.kernel.Problem {@code PERMISSION_DENIED} when the caller's role or key may not use it
     */
    void permit(Caller caller, String path);

    /**
     * Completes when the caller must be let go: the account is suspended or its role changed, the session or the key is
     * revoked, or the token has ended. Open streams end with {@code takeUntilOther(accesses.revoked(caller))}. It never
     * fails and never emits; for a caller that is revoked already it completes at once.
     */
    Mono<Void> revoked(Caller caller);

    /**
     * Which of these accounts there are, are not suspended, and are those of recruiters or administrators: whom work can
     * be shared with. Runs in a transaction of its own, so it must not be called inside one.
     */
    Mono<Set<UUID>> recruiters(Collection<UUID> accountIds);
}
