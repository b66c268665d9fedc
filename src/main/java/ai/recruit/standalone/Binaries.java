package ai.recruit.standalone;

import ai.recruit.kernel.OwnServers.Kind;
import ai.recruit.kernel.StartupFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The programs of the servers, unpacked once below the data directory. */
final class Binaries {

    private final Path folder;

    Binaries(DataDirectory data) {
        this.folder = data.resolve("bin");
    }

    /** Asked before anything is written, so that the answer names all that is missing. */
    static void require(Set<Kind> wanted) {
        List<String> names = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        if (wanted.contains(Kind.POSTGRESQL) && postgresqlArchive() == null) {
            names.add("PostgreSQL");
            settings.add("DATABASE_URL");
        }
        if (wanted.contains(Kind.REDIS) && redisProgram() == null) {
            names.add("Redis");
            settings.add("REDIS_URL");
        }
        if (!names.isEmpty()) {
            throw new StartupFailure("This build carries no " + String.join(" and no ", names) + " for this platform ("
                    + Platform.archiveName() + "). Build it on such a machine, or set " + String.join(" and ", settings)
                    + " to servers of yours.");
        }
    }

    private static @Nullable URL postgresqlArchive() {
        return Binaries.class.getResource("/postgres-" + Platform.archiveName() + ".txz");
    }

    private static @Nullable URL redisProgram() {
        String name = redisName();
        return name == null ? null : Binaries.class.getResource("/" + name);
    }

    private static URL found(@Nullable URL resource) {
        if (resource == null) {
            throw new IllegalStateException("Binaries.require has not been asked");
        }
        return resource;
    }

    /** The folder with {@code bin/postgres}. */
    Path postgresql() throws IOException {
        URL archive = found(postgresqlArchive());
        return once("postgresql", archive, target -> {
            try (InputStream in = new BufferedInputStream(archive.openStream(), 1 << 16);
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
                unpack(tar, target);
            }
        });
    }

    private static void unpack(TarArchiveInputStream tar, Path target) throws IOException {
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            Path file = target.resolve(entry.getName()).normalize();
            if (!file.startsWith(target)) {
                throw new IOException("An archive entry leaves its folder: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
                continue;
            }
            Files.createDirectories(parent(file));
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.copy(target.resolve(entry.getLinkName()).normalize(), file);
            } else {
                Files.copy(tar, file);
                DataDirectory.ownerOnly(file, (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
            }
        }
    }

    /** The program {@code redis-server}. */
    Path redis() throws IOException {
        URL program = found(redisProgram());
        String file = Platform.windows() ? "redis-server.exe" : "redis-server";
        Path unpacked = once("redis", program, target -> {
            Files.createDirectories(target);
            try (InputStream in = program.openStream()) {
                Files.copy(in, target.resolve(file));
            }
            DataDirectory.ownerOnly(target.resolve(file), "rwxr-xr-x");
        });
        return unpacked.resolve(file);
    }

    private static @Nullable String redisName() {
        return switch (Platform.archiveName()) {
            case "linux-x86_64" -> "redis-server-6.2.6-v5-linux-amd64";
            case "linux-arm_64" -> "redis-server-6.2.7-linux-arm64";
            case "darwin-x86_64" -> "redis-server-6.2.6-v5-darwin-amd64";
            case "darwin-arm_64" -> "redis-server-6.2.6-v5-darwin-arm64";
            case "windows-x86_64" -> "redis-server-5.0.14.1-windows-amd64.exe";
            default -> null;
        };
    }

    private interface Unpacking {
        void into(Path target) throws IOException;
    }

    /** Unpacks beside and renames, so that a folder with the final name is whole. Its size names the version. */
    private Path once(String name, URL source, Unpacking unpacking) throws IOException {
        long size = source.openConnection().getContentLengthLong();
        Path target = folder.resolve(String.format(Locale.ROOT, "%s-%x", name, size));
        if (!Files.exists(target)) {
            Path fresh = folder.resolve(name + ".new");
            DataDirectory.delete(fresh);
            Files.createDirectories(folder);
            unpacking.into(fresh);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
