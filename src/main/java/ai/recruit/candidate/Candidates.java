package ai.recruit.candidate;

import ai.recruit.person.Person;
import ai.recruit.tenancy.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Candidate profiles. */
public interface Candidates {

    /** The queue of work that candidates to match anew are handed to; the subject is the candidate's public id. */
    String MATCHING_QUEUE = "candidate-matching";

    /**
     * The queue of work that candidates to fetch a resume for are handed to; the subject is the candidate's public id, the
     * data {@code account_id}. From where is told by {@link #wantedResume}: addresses say who they are about.
     */
    String RESUME_QUEUE = "candidate-resume";

    /** The type of that event. */
    String RESUME_WANTED = "candidate.resume_wanted";

    /**
     * One profile, as the tenant may see it; see {@link Candidate#access()}.
     *
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND} when there is none that the tenant may see
     */
    Mono<Candidate> get(Tenant tenant, UUID id);

    /** What a candidate wants of work: declared, and where that says nothing, as the resumes say. Fails as {@link #get}. */
    Mono<Wishes> wanted(Tenant tenant, UUID id);

    /** Those of these profiles that there are and that the tenant may see, in no order. */
    Mono<List<Candidate>> list(Tenant tenant, Collection<UUID> ids);

    /** Which of these candidates there are and the tenant may see, in no order. */
    Mono<Set<UUID>> visible(Tenant tenant, Collection<UUID> ids);

    /**
     * The next profiles in the order of their ids, without {@code resumeData}, read in one short transaction, so that no
     * connection is held between chunks.
     *
     * @param afterId the last id of the chunk before; null for the first chunk
     * @param size how many at most
     */
    Mono<List<Candidate>> chunk(Tenant tenant, @Nullable UUID afterId, int size);

    /** How many profiles {@link #chunk} goes through. */
    Mono<Long> count(Tenant tenant);

    /**
     * Finds the people whom resumes belong to among the account's candidates, or makes new ones, and takes over what the
     * resumes say, in the transaction that the subscriber runs in (with the account as its tenant). Appends
     * {@code candidate.created} or {@code candidate.updated} for each.
     *
     * <p>A person is known again by e-mail address, then by phone number; a resume with neither makes a candidate of its
     * own. Transactions that bring the same person wait for each other, so there is one candidate however many resumes
     * come at once. What is known is never lost: a newer resume replaces what it states and leaves the rest, an older one
     * only fills gaps, skills are united, the higher education stays. The outcome does not depend on the order in which
     * resumes are processed.
     *
     * @return for each resume whose it is, in the order of the resumes
     */
    Mono<List<StoredCandidate>> store(UUID ownerId, List<ParsedProfile> profiles);

    /**
     * Sets what a person wants of work, in place of what was declared before. Appends {@code candidate.updated}, also
     * handed to the queue {@value #MATCHING_QUEUE}, when that is something else.
     *
     * @param check looks at what the candidate wants before, which cannot change meanwhile, and throws to leave it so
     * @throws ai.recruit.kernel.Problem {@code RESOURCE_NOT_FOUND} when there is none that the tenant may see
     */
    Mono<Candidate> want(Tenant tenant, UUID id, Wishes wishes, Consumer<Wishes> check);

    /**
     * Takes over a score that was calculated against a job. Appends {@code candidate.scored} with {@code candidate_id},
     * {@code position_id} (a job's id) and {@code overall_score} (0 to 100).
     *
     * @param candidate as it was read for the score
     * @param score basis points
     */
    Mono<Void> scored(Tenant tenant, Candidate candidate, UUID jobId, int score);

    /** Where the resume of a candidate is to be fetched from; empty when it has been, or the candidate is gone. */
    Mono<String> wantedResume(UUID ownerId, UUID id);

    /** Forgets that address, in the transaction of the subscriber, which is the account's. */
    Mono<Void> resumeFetched(UUID ownerId, UUID id);

    /**
     * Who a candidate is: the survivor and all who are merged into it, which are locked for as long as the transaction of
     * the subscriber runs. Empty when there is none that the tenant owns or, as administrator, sees.
     */
    Mono<Person> person(Tenant tenant, UUID id);

    /**
     * Candidates about whom nothing was written since then, those longest ago first. Looking at somebody is no activity.
     *
     * @param owners whose; null for all but those in {@code others}
     * @param others accounts to leave out
     * @param after the last one of the page before; null for the first page
     */
    Mono<List<Inactive>> inactive(
            Tenant tenant,
            @Nullable UUID owner,
            Collection<UUID> others,
            Instant since,
            @Nullable Inactive after,
            int most);

    /** @param lastActivity when something was last written about them */
    record Inactive(UUID ownerId, UUID id, Instant lastActivity) {}

    /** Stores one resume; see {@link #store(UUID, List)}. */
    default Mono<StoredCandidate> store(UUID ownerId, @Nullable UUID namedCandidateId, ParsedProfile profile) {
        return store(ownerId, List.of(profile.of(namedCandidateId))).map(stored -> stored.get(0));
    }
}
