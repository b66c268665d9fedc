package ai.recruit.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an ingestion (requirements R316 to R320, and what is additive). */
record IngestionResponse(boolean success, Data data) {

    /**
     * @param ingestionId names the request in logs
     * @param jobsReceived how many jobs the request held
     * @param jobsQueued how many were taken; the rest is in {@code rejected}
     * @param status always {@code processing}: matching goes on after the answer
     * @param rejected additive: the jobs that were not taken, and why
     * @param warnings additive: what could not be understood in jobs that were taken
     */
    record Data(
            String ingestionId,
            int jobsReceived,
            int jobsQueued,
            String status,
            List<Rejected> rejected,
            List<Warning> warnings) {}

    /** @param index the job's place in the request, from 0 */
    record Rejected(int index, @Nullable String externalId, String code, String field, String message) {}

    /** @param index the job's place in the request, from 0 */
    record Warning(int index, @Nullable String externalId, String field, String message) {}
}
