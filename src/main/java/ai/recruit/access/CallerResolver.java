package ai.recruit.access;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives controllers their {@link Caller} argument. */
final class CallerResolver implements HandlerMethodArgumentResolver {

    static final String ATTRIBUTE = Caller.class.getName();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        Object caller = exchange.getAttribute(ATTRIBUTE);
        if (caller == null) {
            return Mono.error(
                    new IllegalStateException("An endpoint that is open to anybody has no caller: " + parameter));
        }
        return Mono.just(caller);
    }
}
