package ai.recruit.resume;

import ai.recruit.candidate.Candidates;
import ai.recruit.events.Events;
import ai.recruit.events.Inbox;
import ai.recruit.events.Work;
import ai.recruit.events.WorkHandler;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.Tenant;
import ai.recruit.tenancy.TenantTransactions;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches the resume that a candidate was made with. The same file, fetched again, is one resume. */
@Component
class WantedResumes implements WorkHandler {

    private static final int AT_ONCE = 4;

    private final ResumeIntake intake;
    private final Candidates candidates;
    private final TenantTransactions transactions;
    private final Events events;
    private final Inbox inbox;
    private final JsonMapper json;

    WantedResumes(
            ResumeIntake intake,
            Candidates candidates,
            TenantTransactions transactions,
            Events events,
            Inbox inbox,
            JsonMapper json) {
        this.intake = intake;
        this.candidates = candidates;
        this.transactions = transactions;
        this.events = events;
        this.inbox = inbox;
        this.json = json;
    }

    @Override
    public String queue() {
        return Candidates.RESUME_QUEUE;
    }

    @Override
    public int concurrency() {
        return AT_ONCE;
    }

    @Override
    public Mono<Void> handle(Work work) {
        return Mono.defer(() -> {
            JsonNode data = json.readTree(work.data());
            UUID owner = IdKind.ACCOUNT.get(data.path("account_id").asString());
            UUID candidate = IdKind.CANDIDATE.get(work.subject());
            return candidates
                    .wantedResume(owner, candidate)
                    .flatMap(address -> intake.fetch(owner, RemoteFiles.address(address), work.subject()))
                    .then()
                    .onErrorResume(
                            failure -> failure instanceof Problem problem
                                    && problem.code() != ProblemCode.SERVICE_UNAVAILABLE,
                            failure -> transactions.mono(
                                    Tenant.account(owner),
                                    () -> events.append(ResumeEvents.fetchFailed(
                                            owner, work.subject(), ((Problem) failure).text()))))
                    .then(Mono.defer(() ->
                            transactions.mono(Tenant.account(owner), () -> candidates.resumeFetched(owner, candidate))))
                    .then(Mono.defer(() -> transactions.mono(Tenant.system(), () -> inbox.record(work))))
                    .then();
        });
    }
}
