package ai.recruit.access;

import ai.recruit.kernel.Hashes;
import ai.recruit.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * One-time tickets that open a stream, for browsers, whose EventSource and WebSocket cannot send a header. A ticket lies
 * in Redis under its hash, is taken out by its first use, and carries its caller, whose streams end with the token that
 * asked for it.
 */
@Component
class Tickets {

    private static final String KEY = "recruit:access:ticket:";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReactiveStringRedisTemplate redis;
    private final AccessProperties properties;

    Tickets(ReactiveStringRedisTemplate redis, AccessProperties properties) {
        this.redis = redis;
        this.properties = properties;
    }

    Mono<Ticket> issue(Caller caller) {
        return Mono.defer(() -> {
                    String ticket = Randoms.token("tkt_");
                    return redis.opsForValue()
                            .set(KEY + Hashes.hex(ticket), write(caller), properties.ticketLifetime())
                            .thenReturn(new Ticket(
                                    ticket, properties.ticketLifetime().toSeconds()));
                })
                .timeout(PATIENCE);
    }

    /**
     * Takes a ticket.
     *
     * @throws Problem {@link ai.recruit.kernel.ProblemCode#INVALID_TOKEN} when it is unknown, used or too old
     */
    Mono<Caller> take(String ticket) {
        return redis.opsForValue()
                .getAndDelete(KEY + Hashes.hex(ticket))
                .timeout(PATIENCE)
                .map(Tickets::read)
                .switchIfEmpty(Mono.error(() ->
                        Tokens.invalid("The ticket is unknown, has been used, or is too old. Ask for a new one.")));
    }

    private static String write(Caller caller) {
        return String.join(
                " ",
                caller.accountId().toString(),
                caller.role().name(),
                caller.sessionId().toString(),
                Long.toString(caller.expiresAt().getEpochSecond()));
    }

    private static Caller read(String text) {
        String[] parts = text.split(" ", -1);
        return new Caller(
                UUID.fromString(parts[0]),
                Role.valueOf(parts[1]),
                UUID.fromString(parts[2]),
                Set.of(),
                Instant.ofEpochSecond(Long.parseLong(parts[3])));
    }

    /**
     * A ticket for one stream.
     *
     * @param expiresIn seconds until which it must be used
     */
    record Ticket(String ticket, long expiresIn) {}
}
