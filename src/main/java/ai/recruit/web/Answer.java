package ai.recruit.web;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A whole answer.
 *
 * @param headers those that are part of it, by name
 * @param body null when it is not known any more
 */
record Answer(int status, Map<String, List<String>> headers, byte @Nullable [] body) {

    private static final List<String> KEPT = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LINK,
            HttpHeaders.ALLOW,
            HttpHeaders.CACHE_CONTROL,
            HttpHeaders.WWW_AUTHENTICATE,
            HttpHeaders.RETRY_AFTER);

    static Answer of(@Nullable HttpStatusCode status, HttpHeaders headers, byte @Nullable [] body) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        KEPT.forEach(name -> {
            List<String> values = headers.get(name);
            if (values != null && !values.isEmpty()) {
                kept.put(name, List.copyOf(values));
            }
        });
        return new Answer(status == null ? 200 : status.value(), kept, body);
    }

    /** Whether the same request should get it again: what may be otherwise next time is tried again. */
    boolean isFinal() {
        return status < 500 && status != 409 && status != 429;
    }

    boolean isRefusal() {
        return status >= 400;
    }

    Mono<Void> write(ServerHttpResponse response) {
        return Mono.defer(() -> {
            response.setStatusCode(HttpStatusCode.valueOf(status));
            HttpHeaders target = response.getHeaders();
            KEPT.forEach(target::remove);
            headers.forEach(target::addAll);
            byte[] bytes = Objects.requireNonNullElse(body, new byte[0]);
            if (bytes.length == 0) {
                target.remove(HttpHeaders.CONTENT_LENGTH);
                return response.setComplete();
            }
            target.setContentLength(bytes.length);
            return response.writeWith(Mono.just(response.bufferFactory().wrap(ByteBuffer.wrap(bytes))));
        });
    }
}
