package ai.recruit.job;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Jobs. They are common to all accounts, so no tenant is asked for. Every job that is new or has changed is an event
 * {@code job.created} or {@code job.updated}, also handed to the queue {@value #MATCHING_QUEUE}.
 */
public interface Jobs {

    /** The queue of work that jobs to match are handed to; the subject is the job's public id. */
    String MATCHING_QUEUE = "matching";

    /** What matters to matching of one job, active or not; empty when there is none. */
    Mono<JobProfile> findProfile(UUID id);

    /** What matters to matching of those of these jobs that there are, active or not. */
    Mono<List<JobProfile>> profiles(List<UUID> ids);

    /**
     * The next active jobs, in the order of their ids, read in one short transaction.
     *
     * @param afterId the last id of the chunk before; null for the first chunk
     * @param size how many at most
     */
    Mono<List<JobProfile>> chunk(@Nullable UUID afterId, int size);

    /**
     * The next active jobs that name one of the skills, or none at all, in the order of their ids, read in one short
     * transaction.
     *
     * @param skills canonical names
     * @param afterId the last id of the chunk before; null for the first chunk
     * @param size how many at most
     */
    Mono<List<JobProfile>> chunk(List<String> skills, @Nullable UUID afterId, int size);

    /**
     * How many active jobs name one of the skills, or none at all; all active jobs when no skill is given.
     *
     * @param skills canonical names
     */
    Mono<Long> count(List<String> skills);
}
