package ai.recruit.standalone;

import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything the own servers keep. One process at a time works on it. */
final class DataDirectory {

    /** Below this a first start would die half-way with the disk full. */
    private static final long FIRST_START_BYTES = 400L << 20;

    /** Below this PostgreSQL could not write its next log segment. */
    private static final long LATER_START_BYTES = 64L << 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path path;
    private @Nullable FileChannel lockFile;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** Makes the folder if need be, makes it private, and takes it for this process. */
    static DataDirectory open(Path path) {
        DataDirectory directory = new DataDirectory(path.toAbsolutePath().normalize());
        try {
            directory.prepare();
        } catch (IOException failure) {
            directory.close();
            throw directory.explain(failure);
        } catch (RuntimeException failure) {
            directory.close();
            throw failure;
        }
        return directory;
    }

    private void prepare() throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new StartupFailure(
                    "The data folder " + path + " is a file. Remove it, or set RECRUIT_DATA_DIR to a folder.");
        }
        Files.createDirectories(path);
        ownerOnly(path, "rwx------");
        lock();
        requireSpace();
    }

    private void lock() throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        lockFile = channel;
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException takenByThisProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new StartupFailure("Another instance works on the data folder " + path
                    + ". Stop that one, or set RECRUIT_DATA_DIR to another folder for this one.");
        }
        ownerOnly(path.resolve("lock"), "rw-------");
    }

    private void requireSpace() throws IOException {
        boolean first = !Files.exists(path.resolve("postgresql"));
        long needed = first ? FIRST_START_BYTES : LATER_START_BYTES;
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < needed) {
            throw new StartupFailure(String.format(
                    Locale.ROOT,
                    "The disk of the data folder %s is full: %d MiB are free, at least %d MiB are needed. Make room, or"
                            + " set RECRUIT_DATA_DIR to a folder on another disk.",
                    path,
                    free >> 20,
                    needed >> 20));
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path path() {
        return path;
    }

    /**
     * The passwords of the servers, made at the first start. A folder with data but without its passwords is of no use,
     * and making new ones would hide that.
     */
    Properties credentials() {
        Path file = path.resolve("credentials.properties");
        try {
            Properties credentials = new Properties();
            if (Files.exists(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    credentials.load(in);
                }
                return credentials;
            }
            if (Files.exists(path.resolve("postgresql"))) {
                throw new StartupFailure("The data folder " + path
                        + " has data but its credentials.properties is gone. Put that file back, or set"
                        + " RECRUIT_DATA_DIR to an empty folder.");
            }
            for (String name : new String[] {"postgresql.superuser", "postgresql", "redis", "kafka"}) {
                credentials.setProperty(name, password());
            }
            Path fresh = path.resolve("credentials.properties.new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh);
            ownerOnly(fresh, "rw-------");
            try (OutputStream out = Files.newOutputStream(fresh, StandardOpenOption.SYNC)) {
                credentials.store(out, "Passwords of the servers in this folder; without them its data cannot be read");
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return credentials;
        } catch (IOException failure) {
            throw explain(failure);
        }
    }

    private static String password() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What an I/O failure below the folder means for the one who started the service. */
    StartupFailure explain(IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("read-only")) {
            return new StartupFailure(
                    "The data folder " + path + " is on a read-only file system. Set RECRUIT_DATA_DIR to a folder that"
                            + " can be written.",
                    failure);
        }
        if (text.contains("no space left") || text.contains("quota")) {
            return new StartupFailure(
                    "The disk of the data folder " + path
                            + " is full. Make room, or set RECRUIT_DATA_DIR to a folder on another disk.",
                    failure);
        }
        if (failure instanceof AccessDeniedException
                || text.contains("permission denied")
                || text.contains("not permitted")) {
            return new StartupFailure(
                    "The data folder " + path + " cannot be written by this user. Give it to this user, or set"
                            + " RECRUIT_DATA_DIR to a folder that can be written.",
                    failure);
        }
        if (failure instanceof FileAlreadyExistsException) {
            return new StartupFailure(
                    "The data folder " + path + " cannot be made because a file is in the way: " + failure.getMessage()
                            + ". Set RECRUIT_DATA_DIR to another folder.",
                    failure);
        }
        return new StartupFailure(
                "The data folder " + path + " cannot be used (" + failure + "). Mend it, or set RECRUIT_DATA_DIR to"
                        + " another folder.",
                failure);
    }

    /** Lets the next process work on the folder. The operating system does so too when this process is killed. */
    void close() {
        FileChannel channel = lockFile;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // The lock goes with the process at the latest.
            }
        }
    }

    static void ownerOnly(Path file, String permissions) throws IOException {
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    /**
     * Opens the folder just so far that a server which runs as someone else can reach its own folder in it, and closes
     * what else is in it.
     */
    void letPass(@Nullable Integer uid) throws IOException {
        if (uid == null || uid == 0) {
            return;
        }
        for (String name : new String[] {"logs", "blobs"}) {
            Files.createDirectories(path.resolve(name));
            ownerOnly(path.resolve(name), "rwx------");
        }
        ownerOnly(path, "rwx--x--x");
    }

    /** Gives a file, or a folder with all in it, to a user; null leaves it. Looks at the top alone whether it has to. */
    static void own(Path tree, @Nullable Integer uid) throws IOException {
        if (uid == null || uid.equals(Files.getAttribute(tree, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                return give(folder);
            }

            private FileVisitResult give(Path file) throws IOException {
                Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
