package ai.recruit.access;

import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.UuidV7;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Access tokens: JWTs of type {@code at+jwt} (RFC 9068), signed with ES256 and nothing else. What a token's header says
 * about its algorithm is compared with what this service signs with, never followed (RFC 8725).
 */
@Component
class Tokens {

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final int LONGEST = 4096;

    private static final int MOST_REMEMBERED = 20_000;

    private final SigningKeys keys;
    private final AccessProperties properties;
    private final Clock clock;

    /** Signatures that were found right: checking one costs a millisecond of an event loop, and clients repeat them. */
    private final Map<String, Verified> verified = new ConcurrentHashMap<>();

    Tokens(SigningKeys keys, AccessProperties properties, Clock clock) {
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    /** A token for the account in this session. */
    String issue(UUID accountId, Role role, UUID sessionId) {
        Instant now = clock.instant();
        SigningKey key = keys.signing();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(properties.issuer())
                .audience(properties.audience())
                .subject(IdKind.ACCOUNT.format(accountId))
                .claim("role", role.word())
                .claim("sid", sessionId.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(properties.tokenLifetime())))
                .jwtID(UuidV7.next(clock).toString())
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(key.kid())
                        .build(),
                claims);
        try {
            token.sign(key.signer());
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }

    /**
     * Reads a token.
     *
     * @throws Problem {@link ProblemCode#INVALID_TOKEN}
     */
    Mono<Caller> read(String text) {
        Verified before = verified.get(text);
        if (before != null && keys.find(before.kid()).isPresent()) {
            return isOver(before.caller().expiresAt()) ? Mono.error(over()) : Mono.just(before.caller());
        }
        return Mono.defer(() -> {
            SignedJWT token = parse(text);
            String kid = token.getHeader().getKeyID();
            if (kid == null) {
                throw invalid("The token names no key");
            }
            Optional<SigningKey> key = keys.find(kid);
            if (key.isPresent()) {
                return Mono.just(remember(text, kid, verify(token, key.get())));
            }
            // Another node may have made the key.
            return keys.reload().then(Mono.fromCallable(() -> {
                SigningKey found = keys.find(kid).orElseThrow(() -> invalid("The token is signed with an unknown key"));
                return remember(text, kid, verify(token, found));
            }));
        });
    }

    private Caller remember(String text, String kid, Caller caller) {
        if (verified.size() >= MOST_REMEMBERED) {
            Instant now = clock.instant();
            verified.values().removeIf(old -> old.caller().expiresAt().isBefore(now));
            if (verified.size() >= MOST_REMEMBERED) {
                verified.clear();
            }
        }
        verified.put(text, new Verified(kid, caller));
        return caller;
    }

    private boolean isOver(Instant expiresAt) {
        return !clock.instant().isBefore(expiresAt.plus(properties.clockSkew()));
    }

    private static Problem over() {
        return invalid("The token has expired. Log in again or use the refresh token.");
    }

    private static SignedJWT parse(String text) {
        if (text.length() > LONGEST) {
            throw invalid("The token is too long");
        }
        SignedJWT token;
        try {
            token = SignedJWT.parse(text);
        } catch (ParseException | IllegalArgumentException notSigned) {
            throw invalid("The token cannot be read");
        }
        if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())
                || !TYPE.equals(token.getHeader().getType())) {
            throw invalid("The token is not an access token of this service");
        }
        return token;
    }

    private Caller verify(SignedJWT token, SigningKey key) {
        try {
            if (!token.verify(key.verifier())) {
                throw invalid("The token's signature is wrong");
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (!properties.issuer().equals(claims.getIssuer())
                    || !claims.getAudience().contains(properties.audience())) {
                throw invalid("The token was not made for this service");
            }
            Date expires = claims.getExpirationTime();
            Date issued = claims.getIssueTime();
            String subject = claims.getSubject();
            String role = claims.getStringClaim("role");
            String session = claims.getStringClaim("sid");
            if (expires == null || issued == null || subject == null || role == null || session == null) {
                throw invalid("The token is incomplete");
            }
            Instant now = clock.instant();
            if (isOver(expires.toInstant())) {
                throw over();
            }
            if (issued.toInstant().isAfter(now.plus(properties.clockSkew()))) {
                throw invalid("The token is not valid yet");
            }
            return new Caller(
                    IdKind.ACCOUNT.parse(subject).orElseThrow(() -> invalid("The token is incomplete")),
                    Role.valueOf(role.toUpperCase(Locale.ROOT)),
                    UUID.fromString(session),
                    Set.of(),
                    expires.toInstant());
        } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
            throw invalid("The token cannot be read");
        }
    }

    /** A token whose signature and claims were right, but for its end, which is looked at each time. */
    private record Verified(String kid, Caller caller) {}

    static Problem invalid(String message) {
        return new Problem(ProblemCode.INVALID_TOKEN, message);
    }
}
