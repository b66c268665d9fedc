package ai.recruit.resume;

import ai.recruit.kernel.Problem;
import ai.recruit.storage.Blobs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Fetches a file from an address that a client names: from public addresses only, with caps on size, time and redirects. */
@Component
class RemoteFiles {

    /** The field of the request that names the address. */
    static final String FIELD = "resume_url";

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_CHARACTERS = 2_048;
    private static final int AT_ONCE = 16;
    private static final int WAITING = 64;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Blobs blobs;
    private final long limit;
    private final HttpClient client;

    RemoteFiles(Blobs blobs, ResumeProperties properties) {
        this.blobs = blobs;
        this.limit = properties.maxFileSize().toBytes();
        PublicAddresses guard = new PublicAddresses(properties.fetchNetworks());
        this.client = HttpClient.create(ConnectionProvider.builder("remote-files")
                        .maxConnections(AT_ONCE)
                        .pendingAcquireMaxCount(WAITING)
                        .maxIdleTime(ANSWER)
                        .build())
                // Reads the certificates of authorities here and now; else the first address with https would, on an
                // event loop.
                .secure()
                .doOnChannelInit(
                        (observer, channel, address) -> channel.pipeline().addFirst(guard))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .responseTimeout(ANSWER)
                .followRedirect((request, response) ->
                        REDIRECTS.contains(response.status().code())
                                && request.redirectedFrom().length < MOST_REDIRECTS);
    }

    /** The address, when it is one that may be asked. */
    static URI address(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.invalid(FIELD, "is required: the http or https address of a resume");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw Problem.invalid(FIELD, "is longer than " + MOST_CHARACTERS + " characters");
        }
        try {
            URI address = new URI(text.strip());
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw Problem.invalid(FIELD, "is not a complete http or https address");
            }
            if (address.getUserInfo() != null) {
                throw Problem.invalid(FIELD, "must not carry a user name or password");
            }
            return address;
        } catch (URISyntaxException wrong) {
            throw Problem.invalid(FIELD, "is not an address");
        }
    }

    /** Begins a file that is to be fetched from the address; whoever begins it discards it unless it is kept. */
    ArrivedFile begin(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        return new ArrivedFile(FileNames.plain(path.substring(path.lastIndexOf('/') + 1)), blobs.begin(), limit, limit);
    }

    /** Fetches the whole file. */
    Mono<Void> fetch(URI address, ArrivedFile file) {
        return client.get()
                .uri(address)
                .response((response, body) -> receive(response, body, file))
                .then(Mono.defer(file::end))
                .timeout(LONGEST)
                .onErrorMap(failure -> !(failure instanceof Problem), RemoteFiles::explained)
                .then(Mono.defer(() -> Mono.justOrEmpty(file.refusal()).flatMap(Mono::error)));
    }

    private Flux<Void> receive(HttpClientResponse response, ByteBufFlux body, ArrivedFile file) {
        int status = response.status().code();
        if (status != 200) {
            return Flux.error(Problem.invalid(
                    FIELD,
                    REDIRECTS.contains(status)
                            ? "leads through more than " + MOST_REDIRECTS + " redirects"
                            : "answers with status " + status));
        }
        Long length = response.responseHeaders().contains(HttpHeaderNames.CONTENT_LENGTH)
                ? length(response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH))
                : null;
        if (length != null && length > limit) {
            return Flux.error(ArrivedFile.tooLarge(limit));
        }
        NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
        // Retained before the operator's queue: what waits there would otherwise be released behind its back.
        return body.retain()
                .concatMap(
                        piece -> file.take(buffers.wrap(piece))
                                .then(Mono.defer(
                                        () -> Mono.justOrEmpty(file.refusal()).flatMap(Mono::<Void>error))),
                        1)
                .doOnDiscard(ByteBuf.class, ReferenceCountUtil::safeRelease);
    }

    private static @Nullable Long length(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException broken) {
            return null;
        }
    }

    private static Problem explained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof PublicAddresses.NotPublic) {
                return Problem.invalid(FIELD, "does not lead to a public address");
            }
            if (cause instanceof UnknownHostException) {
                return Problem.invalid(FIELD, "names a host that is not known");
            }
            if (cause instanceof TimeoutException || cause instanceof ReadTimeoutException) {
                return Problem.invalid(FIELD, "does not send the file within " + LONGEST.toSeconds() + " seconds");
            }
        }
        return Problem.invalid(FIELD, "cannot be fetched; check that it can be reached from the internet");
    }
}
