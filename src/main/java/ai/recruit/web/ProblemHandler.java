package ai.recruit.web;

import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one writer of errors: whatever fails in a filter, in security, in binding or in a feature leaves the service in the
 * shape of {@link ErrorBody}, or of RFC 9457 where the client asks for {@code application/problem+json}.
 */
@Component
@Order(-2)
class ProblemHandler implements WebExceptionHandler {

    /** Three digits of a second also when they are zeros: no answer differs from another in its length. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final JsonMapper json;
    private final Messages messages;
    private final Clock clock;

    ProblemHandler(JsonMapper json, Messages messages, Clock clock) {
        this.json = json;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        List<MediaType> accepted = accepted(exchange);
        Problem problem = failure instanceof InvalidMediaTypeException
                ? Problem.invalid(
                        accepted == null ? HttpHeaders.ACCEPT : HttpHeaders.CONTENT_TYPE,
                        "cannot be read; check its form and type")
                : problemOf(failure);
        String requestId = RequestIdFilter.of(exchange);
        if (problem.code() == ProblemCode.SERVER_ERROR) {
            log.error("Request {} failed: {}", requestId, exchange.getRequest().getPath(), failure);
        } else if (problem.code() == ProblemCode.SERVICE_UNAVAILABLE) {
            log.warn("Request {} refused: {}", requestId, failure.toString());
        }
        response.setStatusCode(HttpStatusCode.valueOf(problem.code().status()));
        HttpHeaders headers = response.getHeaders();
        Duration wait = problem.retryAfter();
        Long retryAfter = wait == null ? null : Math.max(1, wait.toSeconds());
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        if (problem.code().status() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        headers.setCacheControl("no-store");
        boolean rfc9457 = accepted != null
                && accepted.stream().anyMatch(MediaType.APPLICATION_PROBLEM_JSON::equalsTypeAndSubtype);
        headers.setContentType(rfc9457 ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        Locale language = Messages.language(exchange.getRequest().getHeaders());
        headers.setContentLanguage(language);
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        String text = messages.text(problem, language);
        ErrorBody body = new ErrorBody(
                false,
                new ErrorBody.Detail(
                        Dialect.of(exchange.getRequest()
                                        .getPath()
                                        .pathWithinApplication()
                                        .value())
                                .word(problem.code()),
                        text,
                        messages.details(problem, language),
                        TIME.format(clock.instant()),
                        retryAfter,
                        requestId),
                text);
        Object answer = rfc9457 ? problemDetail(exchange, problem, body) : body;
        return Mono.fromCallable(() -> response.bufferFactory().wrap(json.writeValueAsBytes(answer)))
                .flatMap(buffer -> response.writeWith(Mono.just(buffer)));
    }

    /** What the client accepts; null when that cannot be read. */
    private static @Nullable List<MediaType> accepted(ServerWebExchange exchange) {
        try {
            return exchange.getRequest().getHeaders().getAccept();
        } catch (InvalidMediaTypeException unreadable) {
            return null;
        }
    }

    private static Map<String, Object> problemDetail(ServerWebExchange exchange, Problem problem, ErrorBody body) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("type", "about:blank");
        detail.put("title", body.error().code());
        detail.put("status", problem.code().status());
        detail.put("detail", body.detail());
        detail.put("instance", exchange.getRequest().getPath().value());
        detail.put("success", false);
        detail.put("error", body.error());
        return detail;
    }

    private static Problem problemOf(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof WebExchangeBindException invalid) {
            List<FieldProblem> fields = invalid.getFieldErrors().stream()
                    .map(error -> new FieldProblem(
                            FieldNames.snakeCase(error.getField()),
                            error.getDefaultMessage() == null ? "is invalid" : error.getDefaultMessage()))
                    .toList();
            return fields.isEmpty() ? Problem.invalid("body", "is invalid") : Problem.invalid(fields);
        }
        if (failure instanceof UnsupportedMediaTypeStatusException unsupported) {
            return new Problem(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as one of " + unsupported.getSupportedMediaTypes());
        }
        if (failure instanceof NotAcceptableStatusException unacceptable) {
            return new Problem(ProblemCode.NOT_ACCEPTABLE, "Accept one of " + unacceptable.getSupportedMediaTypes());
        }
        if (failure instanceof MethodNotAllowedException notAllowed) {
            return new Problem(ProblemCode.METHOD_NOT_ALLOWED, "Use one of " + notAllowed.getSupportedMethods());
        }
        if (failure instanceof MissingRequestValueException missing) {
            return Problem.invalid(missing.getName(), "is required");
        }
        if (failure instanceof ServerWebInputException input) {
            return unreadable(input);
        }
        if (failure instanceof ResponseStatusException status) {
            return ofStatus(status);
        }
        if (unavailable(failure)) {
            return Problem.unavailable(
                    "A server that this service stands on does not answer. Please try again.", RETRY, failure);
        }
        return new Problem(ProblemCode.SERVER_ERROR, "Something went wrong here. Report the request id if it stays.");
    }

    private static Problem unreadable(ServerWebInputException input) {
        for (Throwable cause = input.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabindException databind) {
                String path = databind.getPath().stream()
                        .map(step -> step.getPropertyName() == null
                                ? "[" + step.getIndex() + "]"
                                : "." + step.getPropertyName())
                        .reduce("", String::concat);
                String field = path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
                return Problem.invalid(field, "has the wrong type or form");
            }
            if (cause instanceof DataBufferLimitException) {
                return new Problem(ProblemCode.TOO_LARGE, "The body is too large");
            }
            if (cause instanceof DecodingException) {
                continue;
            }
        }
        MethodParameter parameter = input.getMethodParameter();
        String name = parameter == null || parameter.hasParameterAnnotation(RequestBody.class)
                ? "body"
                : parameter.getParameterName();
        return Problem.invalid(
                name == null ? "body" : FieldNames.snakeCase(name), "cannot be read; check its form and type");
    }

    private static Problem ofStatus(ResponseStatusException status) {
        int value = status.getStatusCode().value();
        return switch (value) {
            case 404 -> new Problem(ProblemCode.RESOURCE_NOT_FOUND, "There is nothing at this address");
            case 405 -> new Problem(ProblemCode.METHOD_NOT_ALLOWED, "This method is not offered at this address");
            case 413 -> new Problem(ProblemCode.TOO_LARGE, "The body is too large");
            default ->
                value < 500
                        ? new Problem(ProblemCode.INVALID_REQUEST, "The request cannot be read")
                        : new Problem(
                                ProblemCode.SERVER_ERROR,
                                "Something went wrong here. Report the request id if it stays.");
        };
    }

    /** Whether a server that this one stands on is away, as opposed to a fault in this one. */
    private static boolean unavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof TransactionSystemException
                    || cause instanceof R2dbcNonTransientResourceException
                    || cause instanceof R2dbcTransientException
                    || cause instanceof RedisConnectionFailureException
                    || cause instanceof RedisSystemException
                    || cause instanceof ClosedChannelException
                    || cause instanceof TimeoutException) {
                return true;
            }
            // 57P01..57P03: the server is shutting down, has crashed, or is starting.
            if (cause instanceof R2dbcException database
                    && database.getSqlState() != null
                    && database.getSqlState().startsWith("57P")) {
                return true;
            }
        }
        return false;
    }
}
