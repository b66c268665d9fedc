package ai.recruit.storage;

import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Files of any size under keys. A key is a relative path of plain words, for example {@code resumes/0f/0192f0c1...};
 * features make keys from ids, never from what a client sent.
 */
public interface Blobs {

    /** Begins a file. Nothing is opened before its first byte. */
    Incoming begin();

    /**
     * Reads a part of a file. The reader releases the buffers.
     *
     * @param from the first byte, from 0
     * @param count how many bytes
     */
    Flux<DataBuffer> read(String key, long from, long count);

    /**
     * Reads a whole file into memory, for small files alone.
     *
     * @param most fails with {@link IllegalStateException} when the file is larger
     */
    Mono<byte[]> bytes(String key, int most);

    /** Removes a file; nothing happens when there is none. */
    Mono<Void> delete(String key);
}
