package ai.recruit.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the method that answers a request without matching its path against the patterns of all methods: only those whose
 * beginning, up to the first variable, the path has.
 */
@Configuration(proxyBeanMethods = false)
class QuickMappings implements WebFluxRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping();
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        private final Map<RequestMappingInfo, String[]> beginnings = new ConcurrentHashMap<>();

        @Override
        protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, ServerWebExchange exchange) {
            String path = exchange.getRequest().getPath().value();
            // Parameters of segments and encoded letters are for those who read paths in full.
            if (path.indexOf('%') < 0 && path.indexOf(';') < 0) {
                boolean possible = false;
                for (String beginning : beginnings.computeIfAbsent(info, Mapping::beginnings)) {
                    possible |= path.startsWith(beginning);
                }
                if (!possible) {
                    return null;
                }
            }
            return super.getMatchingMapping(info, exchange);
        }

        private static String[] beginnings(RequestMappingInfo info) {
            return info.getPatternsCondition().getPatterns().stream()
                    .map(pattern -> beginning(pattern.getPatternString()))
                    .toArray(String[]::new);
        }

        /** A pattern up to its first variable or wildcard; a slash before that may be missing in a path. */
        private static String beginning(String pattern) {
            int end = 0;
            while (end < pattern.length() && "{*?".indexOf(pattern.charAt(end)) < 0) {
                end++;
            }
            return end > 0 && end < pattern.length() && pattern.charAt(end - 1) == '/'
                    ? pattern.substring(0, end - 1)
                    : pattern.substring(0, end);
        }
    }
}
