package ai.recruit.tenancy;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.time.Duration;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.util.retry.Retry;

/** Failures that are the database's and pass. */
public final class Outages {

    private static final int RETRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private Outages() {}

    /** Tries again for a few seconds. */
    public static Retry shortly() {
        return Retry.backoff(RETRIES, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .filter(Outages::isOutage)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
    }

    /** Whether the failure is that of a database that is away for now, however deep it is wrapped. */
    public static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransactionException
                    || cause instanceof R2dbcNonTransientResourceException
                    || cause instanceof R2dbcTransientException) {
                return true;
            }
        }
        return false;
    }
}
