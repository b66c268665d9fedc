package ai.recruit.parsing;

import java.nio.charset.StandardCharsets;

/** What an OLE2 container holds, by the names of its streams. */
final class Ole2 {

    private static final byte[] WORD = "WordDocument".getBytes(StandardCharsets.UTF_16LE);
    private static final byte[] ENCRYPTED_PACKAGE = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

    private Ole2() {}

    /** Whether it holds a binary Word document, or an Open XML document behind a password. */
    static boolean looksLikeWord(byte[] bytes) {
        return contains(bytes, WORD) || holdsEncryptedPackage(bytes);
    }

    static boolean holdsEncryptedPackage(byte[] bytes) {
        return contains(bytes, ENCRYPTED_PACKAGE);
    }

    private static boolean contains(byte[] bytes, byte[] name) {
        // Directory entries are 128 bytes long and aligned, so their names begin at multiples of 128.
        for (int at = 0; at + name.length <= bytes.length; at += 128) {
            int i = 0;
            while (i < name.length && bytes[at + i] == name[i]) {
                i++;
            }
            if (i == name.length) {
                return true;
            }
        }
        return false;
    }
}
