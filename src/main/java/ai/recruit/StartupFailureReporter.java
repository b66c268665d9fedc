package ai.recruit;

import ai.recruit.kernel.StartupFailure;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/**
 * Tells in one line on standard error why the service has not started, when the one who starts it can do something
 * about it. Everything else is a fault of the service and gets Spring Boot's report.
 */
final class StartupFailureReporter implements SpringBootExceptionReporter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean reportException(Throwable failure) {
        String line = line(failure);
        if (line == null) {
            return false;
        }
        PrintStream err =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        err.println("Recruit.ai cannot start: " + line.replaceAll("\\s+", " ").trim());
        return true;
    }

    private static @Nullable String line(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupFailure known) {
                return known.getMessage();
            }
            if (cause instanceof PortInUseException port) {
                return ServerAddresses.portTaken("PORT or MANAGEMENT_PORT", port.getPort(), port)
                        .getMessage();
            }
            if (cause instanceof FlywayException migration) {
                return "The database cannot be migrated: " + deepest(migration)
                        + ". Check that DATABASE_URL is right and that its user owns the database and may create roles.";
            }
        }
        return null;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
