package ai.recruit.parsing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes of a text file to characters, guessing the encoding among those that resumes come in. */
final class PlainText {

    static final Charset WINDOWS_1251 = Charset.forName("windows-1251");
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset KOI8_R = Charset.forName("KOI8-R");
    private static final String COMMON_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфё";

    private PlainText() {}

    static boolean looksBinary(byte[] bytes) {
        return looksBinary(bytes, bytes.length);
    }

    /** Whether the bytes hold more control characters than a text does; UTF-16 with a byte order mark is text. */
    static boolean looksBinary(byte[] bytes, int length) {
        if (utf16(bytes, length) != null) {
            return false;
        }
        int controls = 0;
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xff;
            if (b == 0) {
                return true;
            }
            if (b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x0b && b != 0x1b && b != 0x1a) {
                controls++;
            }
        }
        return controls * 100L > length;
    }

    /** The bytes as Latin-1, with every second byte of UTF-16 left out: enough to look for markup. */
    static String asciiView(byte[] bytes, int length) {
        Charset utf16 = utf16(bytes, length);
        if (utf16 != null) {
            return new String(bytes, 2, length - 2, utf16);
        }
        int from = length >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb ? 3 : 0;
        return new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
    }

    static String decode(byte[] bytes) {
        Charset utf16 = utf16(bytes, bytes.length);
        if (utf16 != null) {
            return new String(bytes, 2, bytes.length - 2, utf16);
        }
        int from =
                bytes.length >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf
                        ? 3
                        : 0;
        String utf8 = utf8(bytes, from);
        return utf8 != null ? utf8 : new String(bytes, guess(bytes));
    }

    static boolean isUtf8(byte[] bytes) {
        return utf8(bytes, 0) != null;
    }

    private static @Nullable String utf8(byte[] bytes, int from) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    /** The best of the single-byte encodings by how much the result looks like words of its script. */
    static Charset guess(byte[] bytes) {
        long best = Long.MIN_VALUE;
        Charset winner = WINDOWS_1252;
        for (Charset charset : new Charset[] {WINDOWS_1252, WINDOWS_1251, KOI8_R}) {
            int length = Math.min(bytes.length, 64 * 1024);
            long score = score(new String(bytes, 0, length, charset));
            if (score > best) {
                best = score;
                winner = charset;
            }
        }
        return winner;
    }

    private static long score(String text) {
        long score = 0;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                int rank = COMMON_RUSSIAN.indexOf(Character.toLowerCase(c));
                if (rank >= 0) {
                    // Words are lower case after their first letter; the wrong Russian encoding swaps the cases.
                    boolean odd = Character.isUpperCase(c) && Character.isLowerCase(before);
                    boolean joined = before < 0x80 && Character.isLetter(before);
                    score += odd || joined ? -8 : (rank < 12 ? 4 : 2) + (Character.isLowerCase(c) ? 1 : 0);
                } else if (Character.isLetter(c) && c < 0x250) {
                    score += before >= 0x80 ? -4 : Character.isLetter(before) && Character.isUpperCase(c) ? -4 : 1;
                } else if (c == '\u2013'
                        || c == '\u2014'
                        || c == '\u2022'
                        || c == '\u2019'
                        || c == '\u00a0'
                        || c == '«') {
                    score += 1;
                } else {
                    score -= 3;
                }
            }
            before = c;
        }
        return score;
    }

    private static @Nullable Charset utf16(byte[] bytes, int length) {
        if (length < 2) {
            return null;
        }
        int mark = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return mark == 0xfeff ? StandardCharsets.UTF_16BE : mark == 0xfffe ? StandardCharsets.UTF_16LE : null;
    }
}
