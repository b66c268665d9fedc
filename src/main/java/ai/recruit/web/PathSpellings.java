package ai.recruit.web;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The other spellings of a path that documented clients use (table 1.R, C01): {@code /v1/} for {@code /api/v1/},
 * {@code mismatch} for {@code Mismatch}, and a slash at the end. They are rewritten before anything else looks at the path,
 * so that the same rules hold for them; a redirect would break clients that post.
 */
final class PathSpellings {

    private static final String SHORT = "/v1/";
    private static final String PREFIX = "/api";
    private static final String LOWER_MARKETPLACE = "/api/v1/mismatch/";
    static final String MARKETPLACE = "/api/v1/Mismatch/";

    private PathSpellings() {}

    /** The same request under the one spelling of its path. */
    static ServerWebExchange plain(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().value();
        String plain = plain(path);
        return plain.equals(path)
                ? exchange
                : exchange.mutate()
                        .request(request.mutate().path(plain).build())
                        .build();
    }

    /** The one spelling of a path. */
    static String plain(String path) {
        String full = path.startsWith(SHORT) ? PREFIX + path : path;
        String cased =
                full.startsWith(LOWER_MARKETPLACE) ? MARKETPLACE + full.substring(LOWER_MARKETPLACE.length()) : full;
        int end = cased.length();
        while (end > 1 && cased.charAt(end - 1) == '/') {
            end--;
        }
        return cased.substring(0, end);
    }
}
