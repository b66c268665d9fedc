package ai.recruit.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting and ending the processes of the servers, also those that an earlier, killed service has left behind. */
final class ServerProcess {

    private ServerProcess() {}

    /** Starts a server in a session of its own, its output appended to a log whose predecessor is kept. */
    static Process start(List<String> prefix, List<String> command, Path log, Path workingDirectory)
            throws IOException {
        if (Files.exists(log)) {
            Files.move(log, Path.of(log + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> whole = new ArrayList<>(Platform.ownSession());
        whole.addAll(prefix);
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Settings of the operator's own PostgreSQL client must not lead these astray.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /**
     * The live processes that run a program from the folder: servers, and what sets them up. That it lies below our
     * data directory proves that they are ours; a pid file may name a stranger by now, or not have been written yet.
     */
    static List<ProcessHandle> running(Path programs) {
        String folder = programs.toString() + File.separator;
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .or(() -> process.info().command())
                        .filter(line -> line.startsWith(folder))
                        .isPresent())
                .toList();
    }

    /** Ends what an earlier service has left behind when it was killed. */
    static void endOrphans(Path programs, Duration patience, String... signals) {
        List<ProcessHandle> orphans = running(programs);
        for (ProcessHandle orphan : orphans) {
            signal(orphan, signals[0]);
        }
        for (ProcessHandle orphan : orphans) {
            if (!ended(orphan, patience)) {
                end(orphan, patience, signals);
            }
        }
    }

    /** Sends a signal that Java has no word for. Where there are no signals, the process is ended outright. */
    static void signal(ProcessHandle process, String signal) {
        if (Platform.windows()) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            process.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signals in turn, each given its time, until the process has ended; at last it is killed. */
    static void end(ProcessHandle process, Duration patience, String... signals) {
        for (String signal : signals) {
            if (!process.isAlive()) {
                return;
            }
            signal(process, signal);
            if (ended(process, patience)) {
                return;
            }
        }
        process.destroyForcibly();
        ended(process, patience);
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits until the server answers. False when its process has ended or the time is over. */
    static boolean await(Process process, Duration limit, Condition ready) throws IOException {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            if (ready.holds()) {
                return true;
            }
            if (!process.isAlive()) {
                return false;
            }
            try {
                Thread.sleep(15);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** The last line of a log that tells why: the last one with one of the words, or else the last one. */
    static String reason(Path log, String... words) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            for (String word : words) {
                for (int i = lines.size() - 1; i >= 0; i--) {
                    if (lines.get(i).contains(word)) {
                        return lines.get(i).trim();
                    }
                }
            }
            return lines.isEmpty()
                    ? "it said nothing"
                    : lines.get(lines.size() - 1).trim();
        } catch (IOException unreadable) {
            return "its log cannot be read";
        }
    }
}
