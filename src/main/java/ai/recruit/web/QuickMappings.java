package ai.recruit.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds the method that answers a request by a tree of path segments, instead of by matching its path against the patterns of
 * all methods. Where that finds none, or more than one, Spring's own way decides.
 */
@Configuration(proxyBeanMethods = false)
class QuickMappings implements WebFluxRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping();
    }

    /** A place in the tree. */
    private static final class Branch {

        private final Map<String, Branch> named = new HashMap<>();
        private @Nullable Branch variable;
        private final List<Map.Entry<RequestMappingInfo, HandlerMethod>> ends = new ArrayList<>();

        void add(String[] segments, int place, Map.Entry<RequestMappingInfo, HandlerMethod> end) {
            if (place == segments.length) {
                ends.add(end);
            } else {
                at(segments[place]).add(segments, place + 1, end);
            }
        }

        private Branch at(String segment) {
            if (segment.indexOf('{') < 0 && segment.indexOf('*') < 0 && segment.indexOf('?') < 0) {
                return named.computeIfAbsent(segment, name -> new Branch());
            }
            Branch present = variable;
            if (present == null) {
                present = new Branch();
                variable = present;
            }
            return present;
        }

        void find(List<PathContainer.Element> path, int from, List<Map.Entry<RequestMappingInfo, HandlerMethod>> into) {
            int place = from;
            while (place < path.size() && !(path.get(place) instanceof PathContainer.PathSegment)) {
                place++;
            }
            if (place == path.size()) {
                into.addAll(ends);
                return;
            }
            Branch literal = named.get(((PathContainer.PathSegment) path.get(place)).valueToMatch());
            if (literal != null) {
                literal.find(path, place + 1, into);
            }
            Branch any = variable;
            if (any != null) {
                any.find(path, place + 1, into);
            }
        }
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        private volatile Branch root = new Branch();

        @Override
        protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> methods) {
            super.handlerMethodsInitialized(methods);
            Branch tree = new Branch();
            methods.entrySet()
                    .forEach(method -> method.getKey().getPatternsCondition().getPatterns().stream()
                            .map(PathPattern::getPatternString)
                            // Those that match a path of any length come after all others.
                            .filter(pattern -> !pattern.contains("**") && !pattern.contains("{*"))
                            .forEach(pattern -> tree.add(
                                    pattern.replaceFirst("^/", "").split("/"),
                                    0,
                                    Map.entry(method.getKey(), method.getValue()))));
            root = tree;
        }

        @Override
        protected @Nullable HandlerMethod lookupHandlerMethod(ServerWebExchange exchange) throws Exception {
            List<Map.Entry<RequestMappingInfo, HandlerMethod>> possible = new ArrayList<>();
            root.find(exchange.getRequest().getPath().pathWithinApplication().elements(), 0, possible);
            RequestMappingInfo match = null;
            HandlerMethod method = null;
            for (Map.Entry<RequestMappingInfo, HandlerMethod> one : possible) {
                RequestMappingInfo matching = getMatchingMapping(one.getKey(), exchange);
                if (matching != null) {
                    if (match != null) {
                        return super.lookupHandlerMethod(exchange);
                    }
                    match = matching;
                    method = one.getValue();
                }
            }
            if (match == null || method == null) {
                return super.lookupHandlerMethod(exchange);
            }
            handleMatch(match, method, exchange);
            return method;
        }
    }
}
