package ai.recruit.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.filter.reactive.UrlHandlerFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * The other spellings of a path that documented clients use (table 1.R, C01): {@code /v1/} for {@code /api/v1/},
 * {@code mismatch} for {@code Mismatch}, and a slash at the end. They are rewritten before anything else looks at the path, so that the same rules hold for them; a
 * redirect would break clients that post.
 */
@Configuration(proxyBeanMethods = false)
class PathSpellings {

    private static final int BEFORE_ACCESS = Ordered.HIGHEST_PRECEDENCE + 10;
    private static final String SHORT = "/v1/";
    private static final String PREFIX = "/api";
    private static final String LOWER_MARKETPLACE = "/api/v1/mismatch/";
    static final String MARKETPLACE = "/api/v1/Mismatch/";

    @Bean
    @Order(BEFORE_ACCESS)
    WebFilter shortPrefixFilter() {
        return (exchange, chain) -> chain.filter(full(exchange));
    }

    @Bean
    @Order(BEFORE_ACCESS + 1)
    UrlHandlerFilter trailingSlashFilter() {
        return UrlHandlerFilter.trailingSlashHandler("/**").mutateRequest().build();
    }

    private static ServerWebExchange full(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().value();
        String full = full(path);
        return full.equals(path)
                ? exchange
                : exchange.mutate().request(request.mutate().path(full).build()).build();
    }

    /** The one spelling of a path, but for a slash at its end. */
    static String full(String path) {
        String full = path.startsWith(SHORT) ? PREFIX + path : path;
        return full.startsWith(LOWER_MARKETPLACE) ? MARKETPLACE + full.substring(LOWER_MARKETPLACE.length()) : full;
    }
}
