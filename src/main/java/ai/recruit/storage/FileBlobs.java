package ai.recruit.storage;

import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files in a folder. Bytes go through asynchronous channels; everything else that touches the disk may block. */
@Component
class FileBlobs implements Blobs {

    private static final Pattern KEY = Pattern.compile("[a-z0-9]+(/[a-z0-9._-]*[a-z0-9])+");
    private static final int PIECE = 64 * 1024;

    private final Path root;
    private final IncomingFolder incoming;
    private final BlockingBridge bridge;
    private final DataBufferFactory buffers = new DefaultDataBufferFactory();

    FileBlobs(StorageProperties properties, IncomingFolder incoming, BlockingBridge bridge) {
        this.root = properties.directory().toAbsolutePath().normalize();
        this.incoming = incoming;
        this.bridge = bridge;
    }

    @Override
    public Incoming begin() {
        return new FileIncoming(
                this, bridge, incoming.path().resolve(UUID.randomUUID().toString()));
    }

    @Override
    public Flux<DataBuffer> read(String key, long from, long count) {
        Path file = path(key);
        return Flux.usingWhen(
                bridge.files(() -> AsynchronousFileChannel.open(file, StandardOpenOption.READ)),
                channel -> DataBufferUtils.takeUntilByteCount(
                        DataBufferUtils.readAsynchronousFileChannel(() -> channel, from, buffers, PIECE), count),
                this::close);
    }

    @Override
    public Mono<byte[]> bytes(String key, int most) {
        Path file = path(key);
        return bridge.files(() -> {
            long size = Files.size(file);
            if (size > most) {
                throw new IllegalStateException("A file of " + size + " bytes, where at most " + most + " may be");
            }
            return Files.readAllBytes(file);
        });
    }

    @Override
    public Mono<Void> delete(String key) {
        Path file = path(key);
        return bridge.files(() -> Files.deleteIfExists(file)).then();
    }

    /** Moves a finished file to its place. Blocks. */
    void keep(Path file, String key) throws IOException {
        Path target = path(key);
        Path folder = target.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(key);
        }
        Files.createDirectories(folder);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        // The name itself is safe only when the folder has been written too.
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private Mono<Void> close(AsynchronousFileChannel channel) {
        return bridge.<Boolean>files(() -> {
                    channel.close();
                    return true;
                })
                .then();
    }

    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("Not a key: " + key);
        }
        return root.resolve(key);
    }

    /** What a failed write means for the client. */
    static Throwable problemOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && isFull((IOException) cause)) {
                return new Problem(
                        ProblemCode.STORAGE_FULL,
                        "The disk is full: the file could not be stored. Make room and retry.");
            }
        }
        return failure;
    }

    private static boolean isFull(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        if (reason == null) {
            return false;
        }
        String text = reason.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space");
    }
}
