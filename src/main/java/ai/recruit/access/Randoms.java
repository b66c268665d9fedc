package ai.recruit.access;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets that nobody can guess. */
final class Randoms {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Randoms() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A text of 256 random bits after a prefix that tells what it is. */
    static String token(String prefix) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }
}
