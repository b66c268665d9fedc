package ai.recruit.person;

import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/**
 * A file of a person.
 *
 * @param name a path of plain words, unique among the person's files, that ends with the file's own name
 * @param content opened when it is subscribed to; the reader releases the buffers
 */
public record HeldFile(String name, Flux<DataBuffer> content) {}
