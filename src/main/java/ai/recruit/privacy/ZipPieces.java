package ai.recruit.privacy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A ZIP archive that is made piece by piece: each step writes into memory and hands over what has come of it, so the whole
 * is never held and nothing blocks. For one subscriber, one step after another.
 */
final class ZipPieces implements AutoCloseable {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);

    private interface Step {
        void run() throws IOException;
    }

    /** An entry with this content, whose buffers are released. */
    Flux<DataBuffer> entry(String name, Flux<DataBuffer> content) {
        return Flux.concat(
                step(() -> zip.putNextEntry(new ZipEntry(name))),
                content.concatMap(buffer -> step(() -> write(buffer)), 1)
                        .doOnDiscard(DataBuffer.class, DataBufferUtils::release),
                step(zip::closeEntry));
    }

    Mono<DataBuffer> end() {
        return step(zip::finish);
    }

    private void write(DataBuffer buffer) throws IOException {
        try {
            byte[] piece = new byte[buffer.readableByteCount()];
            buffer.read(piece);
            zip.write(piece);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private Mono<DataBuffer> step(Step step) {
        return Mono.fromSupplier(() -> {
            try {
                step.run();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            byte[] made = bytes.toByteArray();
            bytes.reset();
            return DefaultDataBufferFactory.sharedInstance.wrap(made);
        });
    }

    /** Gives the memory of the compressor back. */
    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException unfinished) {
            // A client that left in the middle of an entry: nobody reads it.
            bytes.reset();
        }
    }
}
