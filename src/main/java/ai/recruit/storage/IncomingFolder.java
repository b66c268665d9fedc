package ai.recruit.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * This process's folder of unfinished files. Each process has its own, with a locked file beside it. The operating system
 * lets the lock go when the process dies, however it dies; the next process that starts then sweeps what was left.
 */
@Component
class IncomingFolder implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(IncomingFolder.class);
    private static final String LOCK = ".lock";

    private final Path parent;
    private final Path own;
    private @Nullable FileChannel lock;

    IncomingFolder(StorageProperties properties) {
        this.parent = properties.directory().toAbsolutePath().normalize().resolve("incoming");
        this.own = parent.resolve(UUID.randomUUID().toString());
    }

    Path path() {
        return own;
    }

    @Override
    public void afterPropertiesSet() throws IOException {
        try {
            Files.createDirectories(parent);
            lock = FileChannel.open(lockOf(own), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new IOException("the new file " + lockOf(own) + " is locked by somebody else");
            }
            Files.createDirectories(own);
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "The folder for files, " + parent.getParent() + ", cannot be written: " + failure
                            + ". Make it writable, or set UPLOAD_DIR to another one.",
                    failure);
        }
        sweep();
    }

    /** Removes the folders of processes that live no more. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path other : others) {
                if (!other.equals(own) && isAbandoned(other)) {
                    remove(other);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        try (FileChannel held = FileChannel.open(lockOf(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock taken = held.tryLock()) {
            return taken != null;
        } catch (IOException | OverlappingFileLockException heldHere) {
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
                removed++;
            }
        }
        Files.deleteIfExists(folder);
        Files.deleteIfExists(lockOf(folder));
        if (removed > 0) {
            log.info("Removed {} unfinished files that an earlier run had left", removed);
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    @Override
    public void destroy() throws IOException {
        FileChannel held = lock;
        if (held != null) {
            remove(own);
            held.close();
        }
    }
}
