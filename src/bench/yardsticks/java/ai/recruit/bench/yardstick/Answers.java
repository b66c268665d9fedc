package ai.recruit.bench.yardstick;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** The headers of an answer, as the service sends them, and the limit of requests, counted in this process alone. */
public final class Answers {

    public static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action"
                    + " 'self'; frame-ancestors 'none'";

    private static final String[][] FIXED = {
        {"Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"X-XSS-Protection", "0"},
        {"Referrer-Policy", "no-referrer"},
        {"Content-Security-Policy", POLICY}
    };

    private final int most;
    private final AtomicLong used = new AtomicLong();

    public Answers(int most) {
        this.most = most;
    }

    public static String requestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Counts a request, and gives the headers that say what is left; false when nothing is. */
    public boolean admit(BiConsumer<String, String> header) {
        long left = most - used.incrementAndGet();
        header.accept("X-RateLimit-Limit", Integer.toString(most));
        header.accept("X-RateLimit-Remaining", Long.toString(Math.max(0, left)));
        header.accept("X-RateLimit-Reset", Long.toString(System.currentTimeMillis() / 1000 + 3600));
        header.accept("RateLimit", "\"hour\";r=" + Math.max(0, left) + ";t=3600");
        header.accept("RateLimit-Policy", "\"hour\";q=" + most + ";w=3600");
        return left >= 0;
    }

    public static void fixed(String requestId, BiConsumer<String, String> header) {
        header.accept("X-Request-Id", requestId);
        for (String[] each : FIXED) {
            header.accept(each[0], each[1]);
        }
    }

    public static String tag(UUID id, long version, boolean... access) {
        return tag((id + " " + version + " " + Arrays.toString(access)).getBytes(StandardCharsets.UTF_8));
    }

    /** The tag of these bytes. */
    public static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)) + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
