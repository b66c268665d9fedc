package ai.recruit.web;

import ai.recruit.kernel.Paging;
import ai.recruit.kernel.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads the paging words of all dialects (table 1.R, C08): {@code cursor} wins over {@code skip}, which wins over
 * {@code page}; {@code limit}, {@code per_page} and {@code perPage} are one. A limit above the maximum is lowered to it,
 * because clients that always sent 500 must go on working; everything else that is wrong is an error.
 */
class PagingResolver implements HandlerMethodArgumentResolver {

    static final Set<String> WORDS = Set.of("cursor", "skip", "page", "limit", "per_page", "perPage");

    private static final long MAX_SKIP = 1_000_000_000L;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Paging.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> read(exchange.getRequest().getQueryParams()));
    }

    static Paging read(MultiValueMap<String, String> query) {
        int limit = Paging.DEFAULT_LIMIT;
        for (String word : List.of("limit", "per_page", "perPage")) {
            Long given = number(query, word, 1);
            if (given != null) {
                limit = (int) Math.min(given, Paging.MAX_LIMIT);
                break;
            }
        }
        Long page = number(query, "page", 1);
        Long skip = number(query, "skip", 0);
        long from = skip != null ? skip : page != null ? (page - 1) * limit : 0;
        String cursor = query.getFirst("cursor");
        return new Paging(from, limit, cursor == null || cursor.isBlank() ? null : cursor.strip());
    }

    private static @Nullable Long number(MultiValueMap<String, String> query, String word, long least) {
        String text = query.getFirst(word);
        if (text == null || text.isEmpty()) {
            return null;
        }
        long value;
        try {
            value = Long.parseLong(text.strip());
        } catch (NumberFormatException notANumber) {
            throw Problem.invalid(word, "must be a whole number of at least " + least);
        }
        if (value < least || value > MAX_SKIP) {
            throw Problem.invalid(word, "must be a whole number between " + least + " and " + MAX_SKIP);
        }
        return value;
    }
}
