package ai.recruit.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the machine is, in the words of the archives that hold the servers, and how a server is started on it. */
final class Platform {

    private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    private static final String ARCH = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);

    /** Set on the first use, by trying. */
    private static @Nullable List<String> rootPrefix;

    private static @Nullable List<String> sessionPrefix;

    private Platform() {}

    static boolean windows() {
        return OS.startsWith("windows");
    }

    static boolean mac() {
        return OS.startsWith("mac");
    }

    /** For example {@code linux-x86_64}, {@code darwin-arm_64}, {@code linux-x86_64-alpine_linux}. */
    static String archiveName() {
        String os = windows() ? "windows" : mac() ? "darwin" : OS.startsWith("linux") ? "linux" : OS.replace(' ', '_');
        String arch =
                switch (ARCH) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> ARCH;
                };
        return os + "-" + arch + (Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "");
    }

    /** Put before the command of a server, so that an interrupt from the terminal reaches the service alone. */
    static synchronized List<String> ownSession() {
        List<String> prefix = sessionPrefix;
        if (prefix == null) {
            prefix = List.of();
            if (!windows()) {
                List<String> perl = List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!;", "--");
                for (List<String> candidate : List.of(List.of("setsid"), perl)) {
                    if (succeeds(candidate, "true")) {
                        prefix = candidate;
                        break;
                    }
                }
            }
            sessionPrefix = prefix;
        }
        return prefix;
    }

    /**
     * Put before the commands of PostgreSQL, which refuses to run as root: inside a user namespace of its own the same
     * process is nobody, with the same files. Null when the service runs as root and the machine forbids that.
     */
    static synchronized @Nullable List<String> notAsRoot() {
        if (rootPrefix == null) {
            if (windows() || !"root".equals(System.getProperty("user.name"))) {
                rootPrefix = List.of();
            } else if (succeeds(List.of("unshare", "-U"), "true")) {
                rootPrefix = List.of("unshare", "-U");
            }
        }
        return rootPrefix;
    }

    private static boolean succeeds(List<String> prefix, String command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.add(command);
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
