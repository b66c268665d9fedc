package ai.recruit.kernel;

/**
 * The service cannot start, for a reason that the one who starts it can mend. It is told in one line on standard error,
 * without a stack trace, and the process ends with exit code 1.
 */
public class StartupFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param line what is wrong and what to do about it, one line of plain sentences */
    public StartupFailure(String line) {
        super(line);
    }

    /** @param line what is wrong and what to do about it, one line of plain sentences */
    public StartupFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
