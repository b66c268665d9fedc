package ai.recruit.resume;

/** Unexpected failures in words fit for the log. */
final class Faults {

    private static final int CAUSES = 4;

    private Faults() {}

    /** The kinds of a failure and its causes, and the place in this service's code; never a message, which may quote. */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int i = 0; i < CAUSES && cause != null; i++, cause = cause.getCause()) {
            text.append(i == 0 ? "" : " because of ").append(cause.getClass().getName());
            for (StackTraceElement place : cause.getStackTrace()) {
                if (place.getClassName().startsWith("ai.recruit.")) {
                    text.append(" at ").append(place);
                    break;
                }
            }
        }
        return text.toString();
    }
}
