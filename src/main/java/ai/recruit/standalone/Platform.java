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

    private static final int NOBODY = 65534;

    /** Set on the first use, by trying. */
    private static @Nullable Identity identity;

    private static @Nullable List<String> sessionPrefix;

    private Platform() {}

    static boolean windows() {
        return OS.startsWith("windows");
    }

    static boolean linux() {
        return OS.startsWith("linux");
    }

    static boolean mac() {
        return OS.startsWith("mac");
    }

    /** For example {@code linux-x86_64}, {@code darwin-arm_64}, {@code linux-x86_64-alpine_linux}. */
    static String archiveName() {
        String os = windows() ? "windows" : mac() ? "darwin" : linux() ? "linux" : OS.replace(' ', '_');
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
     * As whom PostgreSQL runs.
     *
     * @param prefix put before its commands
     * @param uid who must own its data, or null when whoever the service runs as does anyway
     */
    record Identity(List<String> prefix, @Nullable Integer uid) {}

    /**
     * PostgreSQL refuses to run as root. Inside a user namespace of its own root's process is nobody, with the same
     * files; where that is forbidden, as in most containers, it runs as nobody outright. Null when neither is possible.
     */
    static synchronized @Nullable Identity notAsRoot() {
        if (identity == null) {
            String nobody = Integer.toString(NOBODY);
            List<String> become = List.of("setpriv", "--reuid=" + nobody, "--regid=" + nobody, "--clear-groups");
            if (windows() || !"root".equals(System.getProperty("user.name"))) {
                identity = new Identity(List.of(), null);
            } else if (succeeds(List.of("unshare", "-U"), "true")) {
                identity = new Identity(List.of("unshare", "-U"), 0);
            } else if (succeeds(become, "true")) {
                identity = new Identity(become, NOBODY);
            }
        }
        return identity;
    }

    /** Whether that identity can reach a folder. */
    static boolean reaches(Identity identity, Path folder) {
        return identity.prefix().isEmpty() || succeeds(identity.prefix(), "test", "-x", folder.toString());
    }

    private static boolean succeeds(List<String> prefix, String... command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(List.of(command));
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
