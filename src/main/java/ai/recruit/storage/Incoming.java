package ai.recruit.storage;

import java.nio.file.Path;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Mono;

/**
 * A file on its way in. It is seen by nobody until it is kept. Whoever begins one ends it: {@link #keep} or
 * {@link #discard}, also on error and cancellation. Its methods are called one after the other.
 */
public interface Incoming {

    /**
     * Writes the buffer's bytes at the end and releases the buffer, whatever happens.
     *
     * @throws ai.recruit.kernel.Problem {@code STORAGE_FULL} when the disk is full
     */
    Mono<Void> append(DataBuffer buffer);

    /** Brings all bytes safely to the disk; nothing can be appended afterwards. Does nothing the second time. */
    Mono<Void> finish();

    /**
     * The local file that holds the bytes until they are kept. Blocking code may read it once it is finished, or write
     * it instead of {@link #append}.
     */
    Path file();

    /** Finishes the file and gives it its key, at once and as a whole. An older file of that key is replaced. */
    Mono<Void> keep(String key);

    /** Throws the file away; nothing happens when it has been kept or thrown away before. */
    Mono<Void> discard();
}
