package ai.recruit.web;

import ai.recruit.access.Caller;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.kernel.SupervisedLoop;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.Pool;
import reactor.pool.PoolBuilder;

/**
 * {@code Idempotency-Key}: a request that changes something and is sent again with the same key gets the same answer
 * again, and has its effect once, whatever happens to the connection or to this process
 * (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A request whose body is JSON, or that has none, runs in one transaction together with the row that holds its answer,
 * and the answer is sent when that is committed. A refusal (4xx) takes the effect back and is kept all the same; what may
 * be otherwise next time (5xx, 409, 429) is not kept. An equal request that comes meanwhile gets 409.
 *
 * <p>Uploads, streams, and what a feature names in {@link OwnTransactions} cannot be one transaction. There the key is
 * taken first, the request runs, and its answer is kept afterwards; when the process is killed in between, the key is free
 * again after a while and the request runs again, which uploads notice by the bytes of the file.
 */
@Component
@Order(0)
class Idempotency implements WebFilter {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]{0,253}[\\x21-\\x7E])?");
    private static final String ABORTED = "25P02";
    private static final int LONGEST_BODY = 32 << 20;
    private static final int LONGEST_SAID = 1 << 20;
    private static final Duration CLEANING = Duration.ofMinutes(1);

    private final TenantTransactions transactions;
    private final IdempotencyRepository repository;
    private final IdempotencyProperties properties;
    private final ProblemHandler problems;
    private final List<PathPattern> apart;
    private final MeterRegistry meters;
    private final Pool<Object> places;

    Idempotency(
            TenantTransactions transactions,
            IdempotencyRepository repository,
            IdempotencyProperties properties,
            ProblemHandler problems,
            ObjectProvider<OwnTransactions> apart,
            MeterRegistry meters) {
        this.meters = meters;
        this.places = PoolBuilder.from(Mono.fromSupplier(Object::new))
                .sizeBetween(0, properties.atOnce())
                .maxPendingAcquireUnbounded()
                .buildPool();
        this.transactions = transactions;
        this.repository = repository;
        this.properties = properties;
        this.problems = problems;
        this.apart = apart.stream()
                .flatMap(each -> each.patterns().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String key = request.getHeaders().getFirst(HEADER);
        Caller caller = Caller.of(exchange);
        if (key == null || caller == null || !CHANGES.contains(request.getMethod())) {
            return chain.filter(exchange);
        }
        if (!KEY.matcher(key).matches()) {
            return Mono.error(Problem.invalid(HEADER, "must be 1 to 255 printable ASCII characters"));
        }
        MediaType type = request.getHeaders().getContentType();
        if (type != null && !isJson(type)) {
            // A stream, whose bytes are another time in other pieces: the boundary of a form is made anew each time.
            return apart(
                    exchange,
                    chain,
                    new IdempotencyRepository.Use(caller, key, fingerprint(request, null), said(request, null)));
        }
        return DataBufferUtils.join(request.getBody(), LONGEST_BODY)
                .onErrorMap(
                        DataBufferLimitException.class,
                        tooLarge -> new Problem(ProblemCode.TOO_LARGE, "The body is too large"))
                .map(Idempotency::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> {
                    var use =
                            new IdempotencyRepository.Use(caller, key, fingerprint(request, body), said(request, body));
                    ServerWebExchange again = exchange.mutate()
                            .request(new Buffered(request, body, exchange))
                            .build();
                    return isApart(request) ? apart(again, chain, use) : together(again, chain, use);
                });
    }

    private static boolean isJson(MediaType type) {
        return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                || "json".equals(type.getSubtypeSuffix())
                || MediaType.TEXT_PLAIN.equalsTypeAndSubtype(type);
    }

    private boolean isApart(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        return isStreamed(request) || apart.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Whether the client asks for an answer in pieces, which cannot be held back until its end. */
    private static boolean isStreamed(ServerHttpRequest request) {
        return request.getHeaders().getAccept().stream()
                .anyMatch(type -> MediaType.APPLICATION_NDJSON.equalsTypeAndSubtype(type)
                        || MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(type));
    }

    // One transaction

    private Mono<Void> together(ServerWebExchange exchange, WebFilterChain chain, IdempotencyRepository.Use use) {
        Tenant tenant = use.caller().tenant();
        Mono<Done> once = transactions.together(() -> transactions
                .mono(tenant, () -> known(use))
                .flatMap(known -> known.isPresent()
                        ? Mono.just(new Done(known.get(), true))
                        : run(exchange, chain)
                                .flatMap(answer -> answer.isRefusal()
                                        ? Mono.error(new Refused(answer))
                                        : transactions
                                                .mono(tenant, () -> repository.add(use, answer))
                                                .thenReturn(new Done(answer, false)))));
        return places.withPoolable(place -> once)
                .singleOrEmpty()
                .doOnNext(done -> count(done.again() ? "again" : "transaction"))
                .timeout(properties.patience())
                .onErrorResume(
                        Refused.class,
                        refused -> keep(use, refused.answer()).thenReturn(new Done(refused.answer(), false)))
                .flatMap(done -> write(exchange, done))
                // All was taken back, so it can run without.
                .onErrorResume(Idempotency::isBroken, unable -> apart(exchange, chain, use));
    }

    /** Whether a handler went on after a statement had failed, which it cannot in one transaction. */
    private static boolean isBroken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnexpectedRollbackException
                    || cause instanceof R2dbcException database && ABORTED.equals(database.getSqlState())) {
                return true;
            }
        }
        return false;
    }

    /** What was answered before; empty when the request is to be run. */
    private Mono<Optional<Answer>> known(IdempotencyRepository.Use use) {
        return repository
                .tryLock(use)
                .flatMap(free -> free ? repository.find(use) : Mono.error(running()))
                .map(found -> {
                    if (!Arrays.equals(found.fingerprint(), use.fingerprint())) {
                        throw new Problem(
                                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                                "This Idempotency-Key came before with another request. Use a new one.");
                    }
                    if (found.running()) {
                        throw running();
                    }
                    if (found.answer() != null && found.answer().body() == null) {
                        throw new Problem(ProblemCode.CONFLICT, "This request has been done; its answer is not kept");
                    }
                    return Optional.ofNullable(found.answer());
                })
                .defaultIfEmpty(Optional.empty());
    }

    private static Problem running() {
        return new Problem(
                ProblemCode.CONFLICT, "The first request with this Idempotency-Key is still running. Try again soon.");
    }

    /** Runs the request and takes its answer down, that of a failure too. */
    private Mono<Answer> run(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            RecordedResponse response = new RecordedResponse(exchange.getResponse());
            ServerWebExchange recorded = exchange.mutate().response(response).build();
            return chain.filter(recorded)
                    .onErrorResume(failure -> !isBroken(failure), failure -> problems.handle(recorded, failure))
                    .then(Mono.fromSupplier(response::answer));
        });
    }

    /** Keeps a refusal, whose effect has been taken back. */
    private Mono<Void> keep(IdempotencyRepository.Use use, Answer answer) {
        return answer.isFinal()
                ? transactions.mono(use.caller().tenant(), () -> repository.add(use, answer))
                : Mono.empty();
    }

    // Apart

    private Mono<Void> apart(ServerWebExchange exchange, WebFilterChain chain, IdempotencyRepository.Use use) {
        Tenant tenant = use.caller().tenant();
        return transactions
                .mono(
                        tenant,
                        () -> known(use)
                                .flatMap(known -> known.isPresent()
                                        ? Mono.just(new Taken(null, new Done(known.get(), true)))
                                        : repository.begin(use).map(id -> new Taken(id, null))))
                .flatMap(taken -> {
                    if (taken.known() != null || taken.id() == null) {
                        return taken.known() == null ? Mono.empty() : write(exchange, taken.known());
                    }
                    UUID id = taken.id();
                    Mono<Answer> running = isStreamed(exchange.getRequest())
                            ? chain.filter(exchange)
                                    .then(Mono.fromSupplier(() -> Answer.of(
                                            exchange.getResponse().getStatusCode(),
                                            exchange.getResponse().getHeaders(),
                                            null)))
                            : run(exchange, chain);
                    return renewing(use, id, running)
                            .flatMap(answer -> transactions
                                    .mono(
                                            tenant,
                                            () -> answer.isFinal()
                                                    ? repository.end(use, id, answer)
                                                    : repository.forget(use, id))
                                    .thenReturn(answer))
                            .onErrorResume(failure -> transactions
                                    .mono(tenant, () -> repository.forget(use, id))
                                    .onErrorComplete()
                                    .then(Mono.error(failure)))
                            .flatMap(answer ->
                                    answer.body() == null ? Mono.empty() : write(exchange, new Done(answer, false)));
                });
    }

    private <T> Mono<T> renewing(IdempotencyRepository.Use use, UUID id, Mono<T> running) {
        Mono<Void> beats = Flux.interval(properties.lease().dividedBy(4))
                .onBackpressureDrop()
                .concatMap(beat -> transactions
                        .mono(use.caller().tenant(), () -> repository.renew(use, id))
                        .onErrorComplete())
                .then();
        return Flux.merge(running, beats.then(Mono.<T>never())).next();
    }

    private void count(String way) {
        meters.counter("recruit.idempotency", "way", way).increment();
    }

    private static Mono<Void> write(ServerWebExchange exchange, Done done) {
        if (done.again()) {
            exchange.getResponse().getHeaders().set(REPLAYED, "true");
        }
        return done.answer().write(exchange.getResponse());
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** Where the request may name things: its path and a body that is not long. */
    private static String said(ServerHttpRequest request, byte @Nullable [] body) {
        String path = request.getPath().value();
        return body == null || body.length > LONGEST_SAID
                ? path
                : path + '\n' + new String(body, StandardCharsets.ISO_8859_1);
    }

    private static byte[] fingerprint(ServerHttpRequest request, byte @Nullable [] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String query = request.getURI().getRawQuery();
            digest.update(
                    (request.getMethod() + " " + request.getPath().value() + "?" + (query == null ? "" : query) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            return body == null ? digest.digest() : digest.digest(body);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** @param again whether the request did not run, because it had before */
    private record Done(Answer answer, boolean again) {}

    /** @param id the row of the request that is to run; null when it is known already */
    private record Taken(@Nullable UUID id, @Nullable Done known) {}

    /** Takes back what was done, and carries what is to be answered. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        Refused(Answer answer) {
            super("refused", null, false, false);
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    /** The same request, whose body has been read. */
    private static final class Buffered extends ServerHttpRequestDecorator {

        private final byte[] body;
        private final ServerWebExchange exchange;

        Buffered(ServerHttpRequest request, byte[] body, ServerWebExchange exchange) {
            super(request);
            this.body = body;
            this.exchange = exchange;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body.length == 0
                    ? Flux.empty()
                    : Flux.defer(() ->
                            Flux.just(exchange.getResponse().bufferFactory().wrap(body)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Maintenance {

        @Bean
        SupervisedLoop idempotencyMaintenance(TenantTransactions transactions, IdempotencyRepository repository) {
            return new SupervisedLoop(
                    "idempotency-maintenance",
                    SupervisedLoop.SERVES_REQUESTS,
                    stop -> Flux.interval(CLEANING)
                            .onBackpressureDrop()
                            .concatMap(tick -> transactions.mono(Tenant.system(), repository::removeExpired)));
        }
    }
}
