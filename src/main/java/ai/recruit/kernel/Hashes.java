package ai.recruit.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts in UTF-8. As a hash of secrets only for those that are long and random by themselves. */
public final class Hashes {

    private Hashes() {}

    /** 32 bytes. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** 64 hexadecimal digits in lower case. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }
}
