package ai.recruit.candidate;

import ai.recruit.access.Caller;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Changes of a profile that the person asks for. */
public interface Corrections {

    /**
     * Sets fields right, or the status to {@code withdrawn}. The values count as set by a person, so no resume overwrites
     * them.
     *
     * @param by who says so, in whose name it is recorded
     * @param ownerId the account that owns the candidate
     * @param fields as in {@code PATCH /api/v1/candidates/{id}}
     * @throws ai.recruit.kernel.Problem {@code INVALID_REQUEST}, {@code RESOURCE_NOT_FOUND}
     */
    Mono<Candidate> correct(Caller by, UUID ownerId, UUID id, JsonNode fields);
}
