package ai.recruit.interview;

import ai.recruit.access.Accesses;
import ai.recruit.access.Caller;
import ai.recruit.kernel.FieldProblem;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.TenantTransactions;
import ai.recruit.web.Lists;
import ai.recruit.web.Preconditions;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of interviews. Whoever owns one changes it; those who are named as its interviewers see it; to everybody
 * else there is none.
 */
@Component
class Interviews {

    private final InterviewRepository repository;
    private final TenantTransactions transactions;
    private final InterviewTrail trail;
    private final Accesses accesses;
    private final Lists lists;
    private final JsonMapper json;

    Interviews(
            InterviewRepository repository,
            TenantTransactions transactions,
            InterviewTrail trail,
            Accesses accesses,
            Lists lists,
            JsonMapper json) {
        this.repository = repository;
        this.transactions = transactions;
        this.trail = trail;
        this.accesses = accesses;
        this.lists = lists;
        this.json = json;
    }

    Mono<InterviewResponse> get(Caller caller, String publicId) {
        return Mono.defer(() -> lists.find(caller, InterviewList.ROWS, IdKind.INTERVIEW.get(publicId)))
                .map(row -> json.readValue(row, InterviewResponse.class))
                .switchIfEmpty(Mono.error(() -> IdKind.INTERVIEW.notFound(publicId)));
    }

    /** One that the caller may change. */
    Mono<InterviewResponse> changeable(Caller caller, String publicId) {
        return get(caller, publicId).doOnNext(interview -> {
            if (!caller.tenant().seesAll() && !interview.ownerId().equals(caller.getName())) {
                throw notOwner();
            }
        });
    }

    private static Problem notOwner() {
        return new Problem(ProblemCode.PERMISSION_DENIED, "You are an interviewer here; only its owner may change it");
    }

    Mono<InterviewQuestions> questions(Caller caller, String publicId) {
        return Mono.defer(() -> {
            UUID id = IdKind.INTERVIEW.get(publicId);
            return transactions
                    .mono(
                            caller.tenant(),
                            () -> repository
                                    .find(caller.tenant(), id)
                                    .zipWhen(interview -> repository.questions(caller.tenant(), id)))
                    .switchIfEmpty(Mono.error(() -> IdKind.INTERVIEW.notFound(publicId)))
                    .delayUntil(both -> trail.read(caller, InterviewTrail.VIEWED, both.getT1()))
                    .map(both -> InterviewQuestions.of(id, both.getT2()));
        });
    }

    /** Sets when, where and with whom; may be done again. */
    Mono<InterviewResponse> schedule(Caller caller, String publicId, Meeting meeting, Preconditions preconditions) {
        return known(meeting.interviewers())
                .then(change(caller, publicId, InterviewStatus.SCHEDULED, preconditions, before -> {
                    List<UUID> interviewers =
                            meeting.interviewers() == null ? before.interviewers() : meeting.interviewers();
                    return repository
                            .schedule(caller.tenant(), before, meeting, interviewers)
                            .then(Mono.defer(() -> trail.scheduled(caller, before, meeting, interviewers)));
                }));
    }

    Mono<InterviewResponse> complete(
            Caller caller, String publicId, String outcome, @Nullable String summary, Preconditions preconditions) {
        return change(
                caller,
                publicId,
                InterviewStatus.COMPLETED,
                preconditions,
                before -> repository
                        .complete(caller.tenant(), before.id(), outcome, summary)
                        .then(Mono.defer(() -> trail.closed(caller, before, InterviewTrail.COMPLETED))));
    }

    Mono<InterviewResponse> cancel(
            Caller caller, String publicId, @Nullable String reason, Preconditions preconditions) {
        return change(
                caller,
                publicId,
                InterviewStatus.CANCELLED,
                preconditions,
                before -> repository
                        .cancel(caller.tenant(), before.id(), reason)
                        .then(Mono.defer(() -> trail.closed(caller, before, InterviewTrail.CANCELLED))));
    }

    private Mono<InterviewResponse> change(
            Caller caller,
            String publicId,
            InterviewStatus next,
            Preconditions preconditions,
            Function<StoredInterview, Mono<Void>> change) {
        return Mono.defer(() -> {
            UUID id = IdKind.INTERVIEW.get(publicId);
            return transactions
                    .mono(
                            caller.tenant(),
                            () -> repository
                                    .lock(caller.tenant(), id)
                                    .switchIfEmpty(Mono.defer(() -> refused(caller, id, publicId)))
                                    .delayUntil(before -> {
                                        preconditions.check(before.tag());
                                        if (!before.status().allows(next)) {
                                            throw new Problem(
                                                    ProblemCode.CONFLICT,
                                                    "The interview is "
                                                            + before.status().word() + " and cannot become "
                                                            + next.word());
                                        }
                                        return change.apply(before);
                                    }))
                    .then(Mono.defer(() -> get(caller, publicId)));
        });
    }

    /** An interviewer sees an interview and may not change it; to everybody else there is none. */
    private Mono<StoredInterview> refused(Caller caller, UUID id, String publicId) {
        return repository
                .find(caller.tenant(), id)
                .flatMap(seen -> Mono.<StoredInterview>error(notOwner()))
                .switchIfEmpty(Mono.error(() -> IdKind.INTERVIEW.notFound(publicId)));
    }

    private Mono<Void> known(@Nullable List<UUID> interviewers) {
        if (interviewers == null || interviewers.isEmpty()) {
            return Mono.empty();
        }
        return accesses.recruiters(interviewers)
                .doOnNext(known -> {
                    List<FieldProblem> unknown = IntStream.range(0, interviewers.size())
                            .filter(i -> !known.contains(interviewers.get(i)))
                            .mapToObj(i -> new FieldProblem(
                                    "interviewers[" + i + "]", "is no active account of a recruiter or administrator"))
                            .toList();
                    if (!unknown.isEmpty()) {
                        throw Problem.invalid(unknown);
                    }
                })
                .then();
    }
}
