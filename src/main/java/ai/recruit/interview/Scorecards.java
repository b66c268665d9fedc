package ai.recruit.interview;

import ai.recruit.access.Caller;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.TenantTransactions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What interviewers think. Nobody's judgement shall be swayed by another's, so an interviewer reads the others' scorecards
 * once their own is submitted, which is final. The owner of the interview who is no interviewer reads them when all are in
 * or the interview is over: owners brief those who still are to judge, and what they have not read they cannot pass on.
 */
@Component
class Scorecards {

    private final InterviewRepository interviews;
    private final ScorecardRepository cards;
    private final TenantTransactions transactions;
    private final InterviewTrail trail;

    Scorecards(
            InterviewRepository interviews,
            ScorecardRepository cards,
            TenantTransactions transactions,
            InterviewTrail trail) {
        this.interviews = interviews;
        this.cards = cards;
        this.transactions = transactions;
        this.trail = trail;
    }

    /** Writes the caller's own one. */
    Mono<Scorecard> put(Caller caller, String publicId, ScorecardRequest request) {
        return seen(caller, publicId, interview -> {
            interviewer(caller, interview);
            if (interview.status() == InterviewStatus.CANCELLED) {
                throw new Problem(ProblemCode.CONFLICT, "The interview is cancelled");
            }
            ScorecardRequest card = request.checked(interview.totalQuestions());
            Mono<Scorecard> saved = cards.save(interview.id(), caller.accountId(), card)
                    .switchIfEmpty(Mono.error(() -> new Problem(
                            ProblemCode.CONFLICT, "Your scorecard is submitted and cannot be changed any more")));
            return card.submitted()
                    ? saved.delayUntil(done -> cards.submit(interview.id(), caller.accountId())
                            .then(Mono.defer(() -> trail.submitted(caller, interview))))
                    : saved;
        });
    }

    /** The caller's own one. */
    Mono<Scorecard> mine(Caller caller, String publicId) {
        return seen(caller, publicId, interview -> {
            interviewer(caller, interview);
            return cards.mine(interview.id(), caller.accountId())
                    .switchIfEmpty(Mono.error(() -> new Problem(
                            ProblemCode.RESOURCE_NOT_FOUND, "You have not begun a scorecard of this interview")));
        });
    }

    /** What the caller may know of all. */
    Mono<ScorecardsResponse> list(Caller caller, String publicId) {
        return seen(caller, publicId, interview -> all(caller, interview).map(found -> Map.entry(interview, found)))
                .delayUntil(both -> trail.read(caller, InterviewTrail.SCORECARDS_VIEWED, both.getKey()))
                .map(Map.Entry::getValue);
    }

    private Mono<ScorecardsResponse> all(Caller caller, StoredInterview interview) {
        return cards.revealed(interview.id())
                .flatMap(revealed -> cards.submitted(caller.tenant(), interview.id())
                        .collectList()
                        .zipWhen(submitted ->
                                cards.readable(caller.tenant(), interview.id()).collectList())
                        .map(both -> response(interview, revealed, both.getT1(), both.getT2())));
    }

    private static ScorecardsResponse response(
            StoredInterview interview,
            boolean revealed,
            List<ScorecardsResponse.Submission> submitted,
            List<Scorecard> readable) {
        List<String> done = submitted.stream()
                .map(ScorecardsResponse.Submission::interviewer)
                .toList();
        return new ScorecardsResponse(
                IdKind.INTERVIEW.format(interview.id()),
                !revealed,
                submitted,
                interview.interviewers().stream()
                        .map(IdKind.ACCOUNT::format)
                        .filter(id -> !done.contains(id))
                        .toList(),
                readable);
    }

    private <T> Mono<T> seen(Caller caller, String publicId, Work<T> work) {
        return Mono.defer(() -> {
            UUID id = IdKind.INTERVIEW.get(publicId);
            return transactions.mono(
                    caller.tenant(),
                    () -> interviews
                            .find(caller.tenant(), id)
                            .switchIfEmpty(Mono.error(() -> IdKind.INTERVIEW.notFound(publicId)))
                            .flatMap(work::of));
        });
    }

    private static void interviewer(Caller caller, StoredInterview interview) {
        if (!interview.interviewers().contains(caller.accountId())) {
            throw new Problem(ProblemCode.PERMISSION_DENIED, "You are no interviewer of this interview");
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        Mono<T> of(StoredInterview interview);
    }
}
