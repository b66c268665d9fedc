package ai.recruit.access;

import ai.recruit.kernel.StartupFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Where {@code SECRET_KEY} comes from: the environment or, when the database is this process's own, a file beside it that
 * is made at the first start.
 */
final class SecretKey {

    private static final Logger log = LoggerFactory.getLogger(SecretKey.class);
    private static final int SHORT = 32;

    private SecretKey() {}

    static String resolve(@Nullable String configured, Environment environment) {
        if (configured != null && !configured.isBlank()) {
            if (configured.length() < SHORT) {
                log.warn("SECRET_KEY is short: use at least {} random characters", SHORT);
            }
            return configured;
        }
        String database = environment.getProperty("DATABASE_URL");
        if (database != null && !database.isBlank()) {
            throw new StartupFailure(
                    "SECRET_KEY is not set. With an external DATABASE_URL every node needs the same one:"
                            + " set it to at least 32 random characters, for example from 'openssl rand -base64 48'.");
        }
        return own(Path.of(environment.getProperty("recruit.data-dir", "data")).resolve("secret.key"));
    }

    private static String own(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file, Randoms.token(""));
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new StartupFailure(
                    "The key file " + file.toAbsolutePath() + " cannot be read or written: " + failure.getMessage(),
                    failure);
        }
    }

    /** Complete or not at all, also when the power goes: everything sealed with a lost key would be lost. */
    private static void write(Path file, String key) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "secret",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
            channel.write(StandardCharsets.UTF_8.encode(key));
            channel.force(true);
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            log.debug("Another process made the key file first");
        } catch (UnsupportedOperationException | IOException noLinks) {
            try {
                Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException noMove) {
                Files.move(draft, file);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
