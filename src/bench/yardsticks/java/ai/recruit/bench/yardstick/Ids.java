package ai.recruit.bench.yardstick;

import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Public ids: a word and 32 hexadecimal digits. */
public final class Ids {

    private static final HexFormat HEX = HexFormat.of();

    private Ids() {}

    public static String format(String kind, UUID id) {
        return kind
                + '_'
                + HEX.toHexDigits(id.getMostSignificantBits())
                + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    /** Null when it is none of this kind. */
    public static UUID parse(String kind, String text) {
        int from = kind.length() + 1;
        if (text.length() != from + 32 || !text.startsWith(kind) || text.charAt(from - 1) != '_') {
            return null;
        }
        try {
            return new UUID(
                    HexFormat.fromHexDigitsToLong(text, from, from + 16),
                    HexFormat.fromHexDigitsToLong(text, from + 16, from + 32));
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    /** A new one in the order of time (version 7). */
    public static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(0x1000),
                random.nextLong() >>> 2 | 0x8000000000000000L);
    }
}
