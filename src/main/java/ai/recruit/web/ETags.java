package ai.recruit.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Strong entity tags (RFC 9110, 8.8.3), and the answer 304 to a client that has the same version already. A controller of a
 * resource with a version ends with {@code map(found -> ETags.answer(headers, ETags.of(found.updatedAt()), found))}; for
 * {@code If-Match} on writes see {@link Preconditions}.
 */
public final class ETags {

    private static final int BYTES = 16;

    private ETags() {}

    /**
     * The tag of a version.
     *
     * @param version all that changes whenever the representation does: a counter, the time of the last change (as exact
     *     as it is stored), and whatever else decides what this caller is shown
     */
    public static String of(@Nullable Object... version) {
        return ofBytes(Arrays.deepToString(version).getBytes(StandardCharsets.UTF_8));
    }

    /** The tag of these very bytes. */
    public static String ofBytes(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)) + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Whether the client says in {@code If-None-Match} that it has this version. Weak tags count (RFC 9110, 13.1.2). */
    public static boolean unchanged(HttpHeaders request, String tag) {
        return tags(request, HttpHeaders.IF_NONE_MATCH).stream()
                .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                .anyMatch(known -> known.equals("*") || known.equals(tag));
    }

    /** The body with its tag, or 304 without a body when the client has it. For GET. */
    public static <T> ResponseEntity<T> answer(HttpHeaders request, String tag, T body) {
        return unchanged(request, tag)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build()
                : ResponseEntity.ok().eTag(tag).body(body);
    }

    /** The tags in a header, as they are written there; commas do not stand in tags that this service makes. */
    static List<String> tags(HttpHeaders request, String header) {
        return request.getOrEmpty(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
