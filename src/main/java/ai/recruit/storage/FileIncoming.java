package ai.recruit.storage;

import ai.recruit.kernel.BlockingBridge;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Mono;

/**
 * A file that is being written. What opens, closes and removes it runs on blocking threads and holds this object's lock:
 * a client may leave while the file is being opened, and the file must not come into being after it was thrown away.
 */
final class FileIncoming implements Incoming {

    private enum State {
        OPEN,
        FINISHED,
        ENDED
    }

    private final FileBlobs blobs;
    private final BlockingBridge bridge;
    private final Path file;
    private State state = State.OPEN;
    private @Nullable AsynchronousFileChannel channel;
    private long position;

    FileIncoming(FileBlobs blobs, BlockingBridge bridge, Path file) {
        this.blobs = blobs;
        this.bridge = bridge;
        this.file = file;
    }

    @Override
    public Mono<Void> append(DataBuffer buffer) {
        int count = buffer.readableByteCount();
        return channel()
                .doOnError(failure -> DataBufferUtils.release(buffer))
                .flatMapMany(opened -> DataBufferUtils.write(Mono.just(buffer), opened, position))
                // No buffer may go further: an operator behind that ignores it would discard it, which releases it
                // again.
                .map(DataBufferUtils::release)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .then()
                .doOnSuccess(written -> position += count)
                .onErrorMap(FileBlobs::problemOf);
    }

    private Mono<AsynchronousFileChannel> channel() {
        AsynchronousFileChannel opened = channel;
        return opened != null ? Mono.just(opened) : bridge.files(this::open);
    }

    private synchronized AsynchronousFileChannel open() throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException("The file has ended");
        }
        AsynchronousFileChannel opened =
                AsynchronousFileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        channel = opened;
        return opened;
    }

    @Override
    public Mono<Void> finish() {
        return bridge.<Boolean>files(() -> {
                    finishNow();
                    return true;
                })
                .onErrorMap(FileBlobs::problemOf)
                .then();
    }

    private synchronized void finishNow() throws IOException {
        if (state == State.ENDED) {
            throw new IllegalStateException("The file has ended");
        }
        if (state == State.FINISHED) {
            return;
        }
        AsynchronousFileChannel opened = channel;
        if (opened != null) {
            opened.force(true);
            opened.close();
        } else {
            // Empty, or written by blocking code.
            try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
                written.force(true);
            }
        }
        channel = null;
        state = State.FINISHED;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Mono<Void> keep(String key) {
        return bridge.<Boolean>files(() -> {
                    keepNow(key);
                    return true;
                })
                .onErrorMap(FileBlobs::problemOf)
                .then();
    }

    private synchronized void keepNow(String key) throws IOException {
        finishNow();
        blobs.keep(file, key);
        state = State.ENDED;
    }

    @Override
    public Mono<Void> discard() {
        return bridge.<Boolean>files(() -> {
                    discardNow();
                    return true;
                })
                .then();
    }

    private synchronized void discardNow() throws IOException {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        AsynchronousFileChannel opened = channel;
        channel = null;
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
