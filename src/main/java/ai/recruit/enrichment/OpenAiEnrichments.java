package ai.recruit.enrichment;

import ai.recruit.parsing.ParsedResume;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

/** A server that speaks OpenAI's chat completions. */
@Component
class OpenAiEnrichments implements Enrichments {

    private static final String NAME = "enrichment";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS = 8;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int CHARACTERS_A_TOKEN = 3;
    /** In one request, so that the answer fits into the tokens that it may have. */
    private static final int QUESTIONS = 8;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final EnrichmentProperties properties;
    private final JsonMapper json;
    private final WebClient client;
    private final CircuitBreaker circuit;
    private final RateLimiter limiter;
    private final TokenBudget budget;

    OpenAiEnrichments(
            EnrichmentProperties properties, JsonMapper json, ReactiveStringRedisTemplate redis, Clock clock) {
        this.properties = properties;
        this.json = json;
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(ConnectionProvider.builder(NAME)
                                .maxConnections(CONNECTIONS)
                                .maxIdleTime(Duration.ofSeconds(30))
                                .build())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .responseTimeout(properties.timeout())))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_BYTES))
                .build();
        this.circuit = CircuitBreaker.of(
                NAME,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(properties.circuitPause())
                        .recordException(failure -> failure instanceof EnrichmentFailed failed
                                && failed.reason() == EnrichmentFailed.Reason.UNAVAILABLE)
                        .build());
        // Who comes too early waits for their turn without a thread.
        this.limiter = RateLimiter.of(
                NAME,
                RateLimiterConfig.custom()
                        .limitForPeriod(properties.requestsPerMinute())
                        .limitRefreshPeriod(Duration.ofMinutes(1))
                        .timeoutDuration(LONGEST_WAIT)
                        .build());
        this.budget = new TokenBudget(
                redis,
                clock,
                properties.tokensPerDay(),
                Integer.toHexString((properties.baseUrl() + ' ' + properties.model()).hashCode()));
    }

    @Override
    public boolean enabled() {
        return properties.enabled();
    }

    @Override
    public Mono<Enrichment> describe(ParsedResume resume) {
        return ask(
                () -> Prompt.messages(resume, properties.maxCharacters(), json),
                body -> Answer.read(body, properties.model(), json));
    }

    @Override
    public Mono<List<String>> followUps(List<String> questions, boolean russian) {
        return Flux.fromIterable(questions)
                .buffer(QUESTIONS)
                .concatMap(some -> ask(
                        () -> Prompt.followUps(some, russian, json), body -> Answer.followUps(body, some.size(), json)))
                .collectList()
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    private <T> Mono<T> ask(Supplier<List<Map<String, String>>> messages, Function<String, Answer<T>> reader) {
        if (!enabled()) {
            return Mono.error(new EnrichmentFailed(EnrichmentFailed.Reason.OFF, "No language model is configured"));
        }
        // Masking and writing are work for the processor and have no business on an event loop.
        return Mono.fromCallable(() -> request(messages.get()))
                .subscribeOn(Schedulers.parallel())
                .flatMap(request -> Mono.defer(() -> attempt(request, reader))
                        .transformDeferred(RateLimiterOperator.of(limiter))
                        .onErrorMap(this::failed)
                        .retryWhen(Retry.from(signals -> signals.concatMap(this::pause))));
    }

    private String request(List<Map<String, String>> messages) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", properties.model());
        request.put("messages", messages);
        request.put("temperature", 0);
        request.put("max_tokens", properties.maxTokens());
        request.put("response_format", Map.of("type", "json_object"));
        return json.writeValueAsString(request);
    }

    private <T> Mono<T> attempt(String request, Function<String, Answer<T>> reader) {
        return budget.isLeft()
                .flatMap(left -> left
                        ? call(request).transformDeferred(CircuitBreakerOperator.of(circuit))
                        : Mono.error(new EnrichmentFailed(
                                EnrichmentFailed.Reason.BUDGET, "The tokens of this day are spent")))
                // What is malformed has been paid for as well.
                .flatMap(body -> {
                    long length = (request.length() + body.length()) / CHARACTERS_A_TOKEN;
                    return Mono.fromCallable(() -> reader.apply(body))
                            .flatMap(answer -> budget.spend(answer.tokens() > 0 ? answer.tokens() : length)
                                    .thenReturn(answer.value()))
                            .onErrorResume(
                                    EnrichmentFailed.class,
                                    malformed -> budget.spend(length).then(Mono.error(malformed)));
                });
    }

    private Mono<String> call(String request) {
        return client.post()
                .uri(properties.completions())
                .headers(headers -> headers.setBearerAuth(properties.apiKey().strip()))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_JSON)
                .bodyValue(request)
                .exchangeToMono(this::body)
                .timeout(properties.timeout())
                .onErrorMap(this::failed);
    }

    private Mono<String> body(ClientResponse response) {
        int status = response.statusCode().value();
        if (status == 200) {
            return response.bodyToMono(String.class).defaultIfEmpty("");
        }
        // What the server says may repeat what it was sent, so its words are not kept.
        boolean mayPass = status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
        return response.releaseBody()
                .then(Mono.error(() -> new EnrichmentFailed(
                        mayPass ? EnrichmentFailed.Reason.UNAVAILABLE : EnrichmentFailed.Reason.REFUSED,
                        "The language model's server answers with status " + status,
                        retryAfter(response.headers().asHttpHeaders()))));
    }

    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String seconds = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private EnrichmentFailed failed(Throwable failure) {
        if (failure instanceof EnrichmentFailed known) {
            return known;
        }
        if (failure instanceof CallNotPermittedException) {
            return new EnrichmentFailed(
                    EnrichmentFailed.Reason.UNAVAILABLE,
                    "The language model's server is left alone for a while",
                    properties.circuitPause());
        }
        if (failure instanceof RequestNotPermitted) {
            return new EnrichmentFailed(EnrichmentFailed.Reason.UNAVAILABLE, "Too many requests wait for their turn");
        }
        return new EnrichmentFailed(
                EnrichmentFailed.Reason.UNAVAILABLE,
                "The language model's server does not answer: "
                        + failure.getClass().getSimpleName());
    }

    private Mono<Long> pause(Retry.RetrySignal signal) {
        Throwable failure = signal.failure();
        if (!(failure instanceof EnrichmentFailed failed)
                || !failed.mayPass()
                || signal.totalRetries() + 1 >= properties.attempts()) {
            return Mono.error(failure);
        }
        long most = Math.min(
                LONGEST_PAUSE.toMillis(), properties.pause().toMillis() << Math.min(20, signal.totalRetries()));
        Duration pause =
                Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        Duration asked = failed.retryAfter();
        if (asked != null && asked.compareTo(LONGEST_WAIT) > 0) {
            return Mono.error(failure);
        }
        return Mono.delay(asked != null && asked.compareTo(pause) > 0 ? asked : pause);
    }
}
