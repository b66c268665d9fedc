package ai.recruit.access;

import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as this node uses it.
 *
 * @param id the row's id, which is also the {@code kid}
 * @param publicJwk the public half
 * @param signsFrom from when on it signs, until the next one begins
 * @param retiresAt when its last token has ended; null while it signs or is still to sign
 */
record SigningKey(
        UUID id,
        ECKey publicJwk,
        JWSVerifier verifier,
        JWSSigner signer,
        Instant signsFrom,
        @Nullable Instant retiresAt) {

    String kid() {
        return publicJwk.getKeyID();
    }
}
