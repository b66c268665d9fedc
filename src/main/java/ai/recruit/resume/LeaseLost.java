package ai.recruit.resume;

/** Somebody else has taken over the work, so this worker's changes must not be kept. */
final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost() {
        super("The work has been taken over", null, false, false);
    }
}
