package ai.recruit.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a record as JSON where the request asks for nothing else, without weighing all media types and all kinds of bodies
 * for each answer. Everything else is written in Spring's own way.
 */
@Component
class QuickAnswers extends ResponseEntityResultHandler {

    private final JsonMapper json;

    QuickAnswers(ServerCodecConfigurer codecs, RequestedContentTypeResolver types, JsonMapper json) {
        super(codecs.getWriters(), types);
        this.json = json;
        // Before the one that it takes the place of.
        setOrder(-1);
    }

    @Override
    protected Mono<Void> writeBody(
            @Nullable Object body,
            MethodParameter bodyParameter,
            @Nullable MethodParameter actualParameter,
            ServerWebExchange exchange) {
        if (!(body instanceof Record) || !isJson(exchange)) {
            return super.writeBody(body, bodyParameter, actualParameter, exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        byte[] bytes = json.writeValueAsBytes(body);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private static boolean isJson(ServerWebExchange exchange) {
        String accept = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
        return (accept == null || accept.equals(MediaType.APPLICATION_JSON_VALUE) || accept.equals(MediaType.ALL_VALUE))
                && exchange.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null
                && !exchange.getResponse().getHeaders().containsHeader(HttpHeaders.CONTENT_TYPE);
    }
}
