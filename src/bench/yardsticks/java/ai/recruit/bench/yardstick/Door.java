package ai.recruit.bench.yardstick;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The checks of a token that the service makes: algorithm, type, key, signature, issuer, audience, end, whether the session
 * was revoked, and the role. As in the service a signature that was found right is remembered, and revoked sessions are
 * looked up in memory.
 */
public final class Door {

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Set<String> ROLES = Set.of("recruiter", "admin");

    private final Map<String, JWSVerifier> keys = new HashMap<>();
    private final Map<String, Reader> known = new ConcurrentHashMap<>();
    private final Set<UUID> revoked = ConcurrentHashMap.newKeySet();

    /** @param keySet where the service publishes its keys */
    public Door(URI keySet) {
        try {
            String published = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(keySet).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            for (JWK key : JWKSet.parse(published).getKeys()) {
                keys.put(key.getKeyID(), new ECDSAVerifier(key.toECKey()));
            }
        } catch (IOException | InterruptedException | ParseException | JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Who sends the header {@code Authorization}; null when nobody is to be let in. */
    public Reader enter(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "bearer ", 0, 7)) {
            return null;
        }
        String token = authorization.substring(7).strip();
        Reader reader = known.get(token);
        if (reader == null) {
            reader = verify(token);
            if (reader == null) {
                return null;
            }
            known.put(token, reader);
        }
        return keys.containsKey(reader.keyId())
                        && Instant.now().isBefore(reader.expiresAt().plus(SKEW))
                        && !revoked.contains(reader.session())
                        && ROLES.contains(reader.role())
                ? reader
                : null;
    }

    private Reader verify(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSVerifier verifier = keys.get(token.getHeader().getKeyID());
            if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())
                    || !TYPE.equals(token.getHeader().getType())
                    || verifier == null
                    || !token.verify(verifier)) {
                return null;
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (claims.getIssuer() == null || claims.getAudience().isEmpty()) {
                return null;
            }
            return new Reader(
                    Ids.parse("usr", claims.getSubject()),
                    claims.getStringClaim("role"),
                    UUID.fromString(claims.getStringClaim("sid")),
                    token.getHeader().getKeyID(),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException | JOSEException wrong) {
            return null;
        }
    }
}
