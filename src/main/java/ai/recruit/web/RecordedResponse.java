package ai.recruit.web;

import java.io.ByteArrayOutputStream;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes an answer down instead of sending it. */
final class RecordedResponse extends ServerHttpResponseDecorator {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile boolean written;

    RecordedResponse(ServerHttpResponse response) {
        super(response);
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> buffers) {
        return Flux.from(buffers)
                .doOnNext(buffer -> {
                    written = true;
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    body.writeBytes(bytes);
                })
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .then();
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> groups) {
        return writeWith(Flux.from(groups).concatMap(Flux::from));
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.fromRunnable(() -> written = true);
    }

    @Override
    public boolean isCommitted() {
        return written || super.isCommitted();
    }

    Answer answer() {
        return Answer.of(getStatusCode(), getHeaders(), body.toByteArray());
    }
}
