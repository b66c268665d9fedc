package ai.recruit.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of bytes and of texts made of tokens, each decided by the random numbers it is given. */
final class FuzzBytes {

    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        3,
        7,
        8,
        15,
        16,
        31,
        32,
        63,
        64,
        127,
        128,
        255,
        256,
        511,
        512,
        1_023,
        1_024,
        4_095,
        4_096,
        32_767,
        32_768,
        65_535,
        65_536,
        1_000_000,
        16_777_215,
        2_147_483_647L,
        -2_147_483_648L,
        4_294_967_295L,
        99_999_999_999L
    };
    private static final String[] NUMBERS = {
        "0", "1", "-1", "2", "3", "255", "256", "65535", "65536", "2147483647", "-2147483648", "4294967296",
                "99999999999999999999",
        "0.0000001", "-0.5", "1e9", "3.4e38", "-3.4e38", "1.#INF", "NaN", ".", "-", "--5", "0.1.2", "1000000", "32768"
    };
    /** Letters that something has stumbled over somewhere: blanks, controls, marks, tags, halves of pairs, capitals that grow. */
    private static final String[] LETTERS = {
        "\u0000",
        "\u0001",
        "\t",
        "\r",
        "\n",
        "\u000b",
        "\f",
        "\u0085",
        "\u00a0",
        "\u00ad",
        "\u0130",
        "\u0131",
        "\u00df",
        "\u0149",
        "\u0301",
        "\u0345",
        "\u034f",
        "\u0660",
        "\u06f3",
        "\u0967",
        "\u0e33",
        "\u115f",
        "\u180e",
        "\u1e9e",
        "\u200b",
        "\u200d",
        "\u200e",
        "\u202e",
        "\u202c",
        "\u2028",
        "\u2029",
        "\u2060",
        "\u20ac",
        "\u2160",
        "\u2460",
        "\u2488",
        "\u3000",
        "\u3164",
        "\ud800",
        "\udc00",
        "\ud83d\ude00",
        "\ud835\udc00",
        "\udb40\udc41",
        "\ufb01",
        "\ufdfa",
        "\ufe0f",
        "\ufeff",
        "\uff10",
        "\uff0b",
        "\uffff",
        "\ufffd",
        "\ufffe",
        "\u0410",
        "\u044f",
        "\u4e2d",
        "\u05d0",
        "\u0627"
    };

    private FuzzBytes() {}

    static String number(Random random) {
        return random.nextInt(3) > 0
                ? NUMBERS[random.nextInt(NUMBERS.length)]
                : Long.toString(EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1);
    }

    /** A few odd letters, now and then very many of one. */
    static String letters(Random random) {
        StringBuilder out = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String letter = random.nextInt(3) > 0
                    ? LETTERS[random.nextInt(LETTERS.length)]
                    : Character.toString(random.nextInt(random.nextBoolean() ? 0x250 : 0x10ffff));
            out.append(letter.repeat(random.nextInt(40) == 0 ? 1 + random.nextInt(6_000) : 1));
        }
        return out.toString();
    }

    /** One to eight changes: bits, bytes, numbers of two and four bytes, blocks taken out, doubled, moved or put in. */
    static byte[] binary(byte[] from, byte[] other, Random random) {
        byte[] now = from.clone();
        int changes = 1 << random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            now = once(now, other, random);
        }
        return now;
    }

    private static byte[] once(byte[] bytes, byte[] other, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(10)));
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> put(bytes, at, 2, EDGES[random.nextInt(EDGES.length)], random.nextBoolean());
            case 3 -> put(bytes, at, 4, EDGES[random.nextInt(EDGES.length)], random.nextBoolean());
            case 4 -> {
                return splice(bytes, at, at + length, new byte[0]);
            }
            case 5 -> {
                int times = 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 3);
                ByteArrayOutputStream block = new ByteArrayOutputStream();
                for (int i = 0; i <= times && block.size() < 200_000; i++) {
                    block.write(bytes, at, length);
                }
                return splice(bytes, at, at + length, block.toByteArray());
            }
            case 6 -> {
                int from = random.nextInt(bytes.length);
                int count = Math.min(length, bytes.length - from);
                return splice(bytes, at, at, Arrays.copyOfRange(bytes, from, from + count));
            }
            case 7 -> {
                if (other.length > 0) {
                    int from = random.nextInt(other.length);
                    int count = Math.min(1 + random.nextInt(1 << random.nextInt(12)), other.length - from);
                    int to = random.nextBoolean() ? at : Math.min(bytes.length, at + count);
                    return splice(bytes, at, to, Arrays.copyOfRange(other, from, from + count));
                }
            }
            default -> {
                byte with = (byte) (random.nextBoolean() ? 0 : 0xff);
                Arrays.fill(bytes, at, at + Math.min(length, 64), with);
            }
        }
        return bytes;
    }

    private static void put(byte[] bytes, int at, int width, long value, boolean little) {
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            int shift = 8 * (little ? i : width - 1 - i);
            bytes[at + i] = (byte) (value >> shift);
        }
    }

    static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
        byte[] out = new byte[from + between.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(between, 0, out, from, between.length);
        System.arraycopy(bytes, to, out, from + between.length, bytes.length - to);
        return out;
    }

    /** How the tokens of a language are cut and what may stand among them. */
    record Tokens(Pattern cut, String[] words, Pattern literal) {

        /**
         * One to eight changes of tokens. The bytes are read as Latin 1, so that whatever is no text survives; letters
         * beyond are put in as UTF-8.
         */
        byte[] change(byte[] from, byte[] other, Random random) {
            List<String> tokens = tokens(from);
            List<String> others = other.length == 0 ? List.of() : tokens(other);
            int changes = 1 << random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                once(tokens, others, random);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (String token : tokens) {
                byte[] bytes = latin(token);
                out.write(bytes, 0, bytes.length);
                if (out.size() > 2_000_000) {
                    break;
                }
            }
            return out.toByteArray();
        }

        private List<String> tokens(byte[] bytes) {
            List<String> tokens = new ArrayList<>();
            Matcher matcher = cut.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                tokens.add(matcher.group());
            }
            return tokens;
        }

        private void once(List<String> tokens, List<String> others, Random random) {
            if (tokens.isEmpty()) {
                tokens.add(word(random));
                return;
            }
            int at = random.nextInt(tokens.size());
            int length = Math.min(tokens.size() - at, 1 + random.nextInt(1 << random.nextInt(7)));
            switch (random.nextInt(12)) {
                case 0 -> tokens.subList(at, at + length).clear();
                case 1 -> tokens.addAll(at, List.copyOf(tokens.subList(at, at + length)));
                case 2 -> tokens.set(at, word(random));
                case 3 -> tokens.add(at, word(random));
                case 4 -> {
                    int with = random.nextInt(tokens.size());
                    String moved = tokens.get(at);
                    tokens.set(at, tokens.get(with));
                    tokens.set(with, moved);
                }
                case 5 -> {
                    if (!others.isEmpty()) {
                        int from = random.nextInt(others.size());
                        tokens.addAll(at, List.copyOf(others.subList(from, Math.min(others.size(), from + length))));
                    }
                }
                case 6 -> {
                    // Nesting and repetition, the food of recursion and of squares.
                    List<String> block = List.copyOf(tokens.subList(at, at + Math.min(length, 3)));
                    List<String> many = new ArrayList<>();
                    int times = 1 << random.nextInt(13);
                    String wedge = random.nextBoolean() ? word(random) : "";
                    for (int i = 0; i < times && many.size() < 20_000; i++) {
                        many.addAll(block);
                        many.add(wedge);
                    }
                    tokens.addAll(at, many);
                }
                default -> {
                    // Mostly: a number, a string or letters within a token.
                    for (int i = 0; i < 20 && !literal.matcher(tokens.get(at)).find(); i++) {
                        at = random.nextInt(tokens.size());
                    }
                    tokens.set(at, literal(tokens.get(at), random));
                }
            }
        }

        private String literal(String token, Random random) {
            Matcher matcher = literal.matcher(token);
            List<int[]> places = new ArrayList<>();
            while (matcher.find()) {
                places.add(new int[] {matcher.start(), matcher.end()});
            }
            if (places.isEmpty()) {
                return word(random);
            }
            int[] place = places.get(random.nextInt(places.size()));
            String with =
                    switch (random.nextInt(4)) {
                        case 0 -> utf8(letters(random));
                        case 1 -> word(random);
                        default -> number(random);
                    };
            int from = random.nextInt(3) == 0 ? place[0] + random.nextInt(place[1] - place[0] + 1) : place[0];
            return token.substring(0, from) + with + token.substring(place[1]);
        }

        private String word(Random random) {
            return words[random.nextInt(words.length)];
        }
    }

    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
