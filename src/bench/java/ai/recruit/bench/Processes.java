package ai.recruit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the operating system knows of other processes; on Linux. */
final class Processes {

    private static final long NANOS_A_TICK = 10_000_000L;
    private static final int USER_TICKS = 11;

    private Processes() {}

    /** The processor time of a process and its threads since its start; exact to 10 ms. */
    static long nanos(long pid) {
        return nanos(Path.of("/proc", Long.toString(pid), "stat"));
    }

    private static long nanos(Path file) {
        try {
            String stat = Files.readString(file);
            // The name of the program stands in parentheses and may hold blanks.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * NANOS_A_TICK;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same; 0 for a process that has ended. */
    static long nanosOrNone(long pid) {
        return Files.exists(Path.of("/proc", Long.toString(pid))) ? nanos(pid) : 0;
    }

    /** Of a JVM, that of the threads that compile; those that have ended do not count. */
    static long compilerNanos(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(Processes::compiles)
                    .mapToLong(thread -> nanos(thread.resolve("stat")))
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean compiles(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
        } catch (IOException over) {
            return false;
        }
    }

    static int openFiles(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) files.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
