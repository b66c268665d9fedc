package ai.recruit.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what must not lie open in the database, as <a href="https://github.com/fernet/spec">Fernet</a> tokens. The key is
 * derived by HKDF-SHA256 (RFC 5869) from {@code SECRET_KEY} and the id of the row that holds the token, so that a token
 * moved to another row does not open. Tokens written under the plain key, SHA-256 of {@code SECRET_KEY}, and tokens
 * written under the previous {@code SECRET_KEY}, still open.
 */
public final class Secrets {

    private static final byte VERSION = (byte) 0x80;
    private static final int HEADER = 1 + 8 + 16;
    private static final int MAC = 32;
    private static final byte[] SALT = "recruit.ai".getBytes(StandardCharsets.UTF_8);

    private final Clock clock;
    private final byte[] present;
    private final byte @Nullable [] previous;

    Secrets(Clock clock, String secretKey, @Nullable String previousSecretKey) {
        this.clock = clock;
        this.present = secretKey.getBytes(StandardCharsets.UTF_8);
        this.previous = previousSecretKey == null ? null : previousSecretKey.getBytes(StandardCharsets.UTF_8);
    }

    /** Seals a text for the row with this id. */
    public String seal(UUID row, String text) {
        return fernet(derive(present, row), clock.instant().getEpochSecond(), Randoms.bytes(16), text);
    }

    /** Opens what was sealed for the row with this id; empty when it was not, or not with a key that is known here. */
    public Optional<String> open(UUID row, String token) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(derive(present, row));
        keys.add(sha256(present));
        byte[] before = previous;
        if (before != null) {
            keys.add(derive(before, row));
            keys.add(sha256(before));
        }
        return keys.stream()
                .map(key -> unfernet(key, token))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A Fernet token: the first half of the key signs, the second half encrypts. */
    static String fernet(byte[] key, long seconds, byte[] iv, String text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(Arrays.copyOfRange(key, 16, 32), "AES"),
                    new IvParameterSpec(iv));
            byte[] encrypted = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer token = ByteBuffer.allocate(HEADER + encrypted.length + MAC);
            token.put(VERSION).putLong(seconds).put(iv).put(encrypted);
            token.put(hmac(Arrays.copyOf(key, 16), Arrays.copyOf(token.array(), token.position())));
            return Base64.getUrlEncoder().encodeToString(token.array());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static Optional<String> unfernet(byte[] key, String text) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (token.length < HEADER + 16 + MAC || token[0] != VERSION) {
            return Optional.empty();
        }
        int signed = token.length - MAC;
        byte[] expected = hmac(Arrays.copyOf(key, 16), Arrays.copyOf(token, signed));
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(token, signed, token.length))) {
            return Optional.empty();
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(Arrays.copyOfRange(key, 16, 32), "AES"),
                    new IvParameterSpec(Arrays.copyOfRange(token, 9, HEADER)));
            return Optional.of(new String(cipher.doFinal(token, HEADER, signed - HEADER), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException damaged) {
            return Optional.empty();
        }
    }

    /** HKDF for 32 bytes, which one round of its second step gives. */
    private static byte[] derive(byte[] secretKey, UUID row) {
        byte[] info = ("fernet:" + row).getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(hmac(SALT, secretKey), block);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
