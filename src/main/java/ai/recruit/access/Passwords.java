package ai.recruit.access;

import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.Problem;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Passwords by Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet), on a bounded lane of
 * threads. A password for an account that does not exist costs as much as a wrong one.
 */
@Component
class Passwords {

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    /** How many hashes may wait on this node, in all and from sources that nobody knows. */
    private static final int MOST = 128;

    private static final int MOST_UNKNOWN = 48;
    private static final Duration WAIT = Duration.ofSeconds(3);

    private final BlockingBridge bridge;
    private final Argon2PasswordEncoder encoder;
    private final Mono<String> nobodysHash;
    private final AtomicInteger waiting = new AtomicInteger();

    Passwords(BlockingBridge bridge) {
        this.bridge = bridge;
        this.encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, PASSES);
        // A failure must not stay.
        this.nobodysHash = hash(Randoms.token(""))
                .cache(made -> Duration.ofDays(3650), failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    /** Prepares what a password for nobody is compared with, which otherwise would make the first such answer slow. */
    Mono<Void> prepare() {
        return nobodysHash.then();
    }

    Mono<String> hash(String password) {
        return bounded(MOST, bridge.passwords(() -> encode(password)));
    }

    /** Hashes for somebody whom nobody knows, who must leave room for those who log in. */
    Mono<String> hashForUnknown(String password) {
        return bounded(MOST_UNKNOWN, bridge.passwords(() -> encode(password)));
    }

    /**
     * Compares.
     *
     * @param hash null for an account that has none or does not exist
     * @param knownSource whether the source has logged in to the account before: a flood from elsewhere leaves room for it
     * @throws Problem {@code RATE_LIMIT_EXCEEDED} when too many are waiting
     */
    Mono<Verdict> verify(String password, @Nullable String hash, boolean knownSource) {
        return (hash == null ? nobodysHash : Mono.just(hash))
                .flatMap(stored -> bounded(knownSource ? MOST : MOST_UNKNOWN, bridge.passwords(() -> {
                    boolean matches = encoder.matches(normalized(password), stored) && hash != null;
                    String better = matches && encoder.upgradeEncoding(stored) ? encode(password) : null;
                    return new Verdict(matches, better);
                })));
    }

    private String encode(String password) {
        String encoded = encoder.encode(normalized(password));
        if (encoded == null) {
            throw new IllegalStateException("No hash");
        }
        return encoded;
    }

    private <T> Mono<T> bounded(int most, Mono<T> work) {
        return Mono.defer(() -> {
                    if (waiting.incrementAndGet() > most) {
                        waiting.decrementAndGet();
                        return Mono.error(Problem.rateLimited(WAIT));
                    }
                    return work.doFinally(signal -> waiting.decrementAndGet());
                })
                .onErrorMap(RejectedExecutionException.class, full -> Problem.rateLimited(WAIT));
    }

    private static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /**
     * Whether a password is right.
     *
     * @param betterHash the hash to store from now on, where the stored one was made with weaker parameters
     */
    record Verdict(boolean matches, @Nullable String betterHash) {}
}
