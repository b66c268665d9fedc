package ai.recruit.access;

import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.Problem;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Slows down whoever guesses passwords, without a lock that somebody could put on another one's account.
 *
 * <p>Attempts are counted by source and by pair of source and account, never by account alone: a hundred failures from
 * elsewhere change nothing for the owner. A source that has logged in to an account before is known for it, and then only
 * its own attempts on that account count, so it is not blocked by what others behind the same address do either. What
 * many sources together may cost is bounded by {@link Passwords}, which keeps room for known sources. Attempts are
 * counted before the password is looked at, and given back when it was right, so that guessing in parallel gains nothing.
 */
@Component
class LoginThrottle {

    private final Counters counters;
    private final AccessProperties.Throttle limits;

    LoginThrottle(Counters counters, AccessProperties properties) {
        this.counters = counters;
        this.limits = properties.throttle();
    }

    /**
     * Lets an attempt through.
     *
     * @throws Problem {@link ai.recruit.kernel.ProblemCode#RATE_LIMIT_EXCEEDED}
     */
    Mono<Attempt> attempt(String source, String email) {
        String pair = Hashes.hex(source + ' ' + email).substring(0, 32);
        String pairKey = "login:pair:" + pair;
        String sourceKey = "login:source:" + source;
        String knownKey = "login:known:" + pair;
        return counters.hit(pairKey, limits.window())
                .flatMap(hit -> hit.allow(limits.perPair()))
                .then(counters.exists(knownKey))
                .flatMap(known -> known
                        ? Mono.just(new Attempt(pairKey, sourceKey, knownKey, true))
                        : counters.hit(sourceKey, limits.window())
                                .flatMap(hit -> hit.allow(limits.perSource()))
                                .thenReturn(new Attempt(pairKey, sourceKey, knownKey, false)));
    }

    /** The password was right. */
    Mono<Void> succeeded(Attempt attempt) {
        return counters.remove(attempt.pairKey())
                .then(attempt.known() ? Mono.empty() : counters.giveBack(attempt.sourceKey()))
                .then(counters.remember(attempt.knownKey(), limits.knownFor()));
    }

    /**
     * Lets a registration through.
     *
     * @throws Problem {@link ai.recruit.kernel.ProblemCode#RATE_LIMIT_EXCEEDED}
     */
    Mono<Void> registration(String source) {
        return counters.hit("register:source:" + source, limits.window())
                .flatMap(hit -> hit.allow(limits.registrationsPerSource()));
    }

    /** The source of a request, hashed: an IPv4 address, or the 64 bits of IPv6 that one household or server has. */
    static String source(@Nullable InetSocketAddress remote) {
        InetAddress address = Remote.of(remote);
        if (address == null) {
            return "unknown";
        }
        byte[] bytes = address.getAddress();
        byte[] net = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
        return Hashes.hex(HexFormat.of().formatHex(net)).substring(0, 32);
    }

    /**
     * An attempt that was let through.
     *
     * @param known whether the source has logged in to the account before
     */
    record Attempt(String pairKey, String sourceKey, String knownKey, boolean known) {}
}
