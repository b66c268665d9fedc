package ai.recruit.kernel;

/**
 * The canonical error codes and the HTTP status that each travels with. A dialect may spell a code differently (table
 * 1.R, C05 of the requirements); inside the service only these words are used.
 */
public enum ProblemCode {
    INVALID_REQUEST(400),
    TOO_LARGE(400),
    UNSUPPORTED_TYPE(400),
    INVALID_CREDENTIALS(401),
    INVALID_TOKEN(401),
    INVALID_API_KEY(401),
    PERMISSION_DENIED(403),
    RESOURCE_NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    PRECONDITION_FAILED(412),
    UNSUPPORTED_MEDIA_TYPE(415),
    IDEMPOTENCY_KEY_REUSED(422),
    PRECONDITION_REQUIRED(428),
    RATE_LIMIT_EXCEEDED(429),
    SERVER_ERROR(500),
    SYNC_FAILED(502),
    SERVICE_UNAVAILABLE(503),
    STORAGE_FULL(507);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
