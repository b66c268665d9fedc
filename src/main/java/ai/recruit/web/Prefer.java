package ai.recruit.web;

import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The preference for an answer before the work is done (RFC 7240, section 4.1). */
public final class Prefer {

    public static final String HEADER = "Prefer";
    private static final String RESPOND_ASYNC = "respond-async";

    private Prefer() {}

    /** 200, or 202 with the place where the work can be watched, for those who ask for it. */
    public static <T> ResponseEntity<T> answer(T body, URI place, @Nullable String prefer) {
        boolean async = prefer != null
                && Arrays.stream(prefer.split("[,;]", -1))
                        .anyMatch(preference -> preference.strip().equalsIgnoreCase(RESPOND_ASYNC));
        return async
                ? ResponseEntity.accepted()
                        .location(place)
                        .header("Preference-Applied", RESPOND_ASYNC)
                        .body(body)
                : ResponseEntity.ok(body);
    }
}
