package ai.recruit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.recruit.kernel.BlockingBridge;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class FileBlobsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final BlockingBridge bridge = new BlockingBridge();
    private IncomingFolder incoming;
    private FileBlobs blobs;

    @BeforeEach
    void open() throws IOException {
        StorageProperties properties = new StorageProperties(folder);
        incoming = new IncomingFolder(properties);
        incoming.afterPropertiesSet();
        blobs = new FileBlobs(properties, incoming, bridge);
    }

    @AfterEach
    void close() throws IOException {
        incoming.destroy();
        bridge.destroy();
    }

    @Test
    void givesBackWhatWasKeptAndNothingBefore() {
        Incoming file = blobs.begin();
        StepVerifier.create(file.append(buffer("one "))
                        .then(file.append(buffer("two")))
                        .then(file.finish()))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(folder.resolve("resumes/aa/key")).doesNotExist();
        StepVerifier.create(file.keep("resumes/aa/key").then(file.discard()))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(read("resumes/aa/key", 0, 7))
                .expectNext("one two")
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(read("resumes/aa/key", 2, 3))
                .expectNext("e t")
                .expectComplete()
                .verify(PATIENCE);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void leavesNothingOfAFileThatIsThrownAwayWhileItIsWritten() {
        Incoming file = blobs.begin();
        StepVerifier.create(file.append(buffer("half")).then(Mono.never()))
                .expectSubscription()
                .thenCancel()
                .verify(PATIENCE);
        StepVerifier.create(file.discard()).expectComplete().verify(PATIENCE);
        assertThat(unfinished()).isEmpty();
        StepVerifier.create(file.append(buffer("late"))).expectError().verify(PATIENCE);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void sweepsWhatProcessesThatAreGoneHaveLeftAndNothingElse() throws IOException {
        Path gone = folder.resolve("incoming/gone");
        Files.createDirectories(gone);
        Files.writeString(gone.resolve("half"), "half");
        Incoming mine = blobs.begin();
        StepVerifier.create(mine.append(buffer("mine")).then(mine.finish()))
                .expectComplete()
                .verify(PATIENCE);

        IncomingFolder other = new IncomingFolder(new StorageProperties(folder));
        other.afterPropertiesSet();
        assertThat(gone).doesNotExist();
        assertThat(mine.file()).exists();
        other.destroy();
    }

    @Test
    void tellsAFullDiskFromOtherFaults() {
        Throwable full = FileBlobs.problemOf(
                new IOException("write", new FileSystemException("/x", null, "No space left on device")));
        assertThat(full)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_FULL));
        IOException other = new IOException("Input/output error");
        assertThat(FileBlobs.problemOf(other)).isSameAs(other);
    }

    @Test
    void refusesKeysThatLeadElsewhere() {
        for (String key : List.of("../x", "a/../b", "/etc/passwd", "a//b", "a/b/", "plain")) {
            assertThatThrownBy(() -> blobs.delete(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Mono<String> read(String key, long from, long count) {
        return DataBufferUtils.join(blobs.read(key, from, count)).map(buffer -> {
            String text = buffer.toString(StandardCharsets.UTF_8);
            DataBufferUtils.release(buffer);
            return text;
        });
    }

    private List<Path> unfinished() {
        try (Stream<Path> files = Files.list(incoming.path())) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
