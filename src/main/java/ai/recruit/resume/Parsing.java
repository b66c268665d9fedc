package ai.recruit.resume;

import ai.recruit.access.Caller;
import ai.recruit.events.Event;
import ai.recruit.events.Events;
import ai.recruit.events.Selection;
import ai.recruit.events.Start;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.parsing.Outcome;
import ai.recruit.tenancy.Tenant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * For clients that wait: takes a resume in like any other and answers when it has come through the pipeline. The work
 * does not depend on the wait; when that is over, the work goes on.
 */
@Service
class Parsing {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ResumeIntake intake;
    private final Resumes resumes;
    private final Events events;
    private final ResumeProperties properties;

    Parsing(ResumeIntake intake, Resumes resumes, Events events, ResumeProperties properties) {
        this.intake = intake;
        this.resumes = resumes;
        this.events = events;
        this.properties = properties;
    }

    /** @param at when it was done */
    record Parsed(ResumeAnswers.Data data, Instant at) {}

    Mono<Parsed> parse(Caller caller, Flux<PartEvent> parts, long length) {
        return intake.takeAnyPart(caller, parts, length).flatMap(taken -> result(caller, taken, "file"));
    }

    Mono<Parsed> parse(Caller caller, URI address, @Nullable String candidateId) {
        return intake.fetch(caller.accountId(), address, candidateId)
                .flatMap(taken -> result(caller, taken, RemoteFiles.FIELD));
    }

    private Mono<Parsed> result(Caller caller, ResumeIntake.Taken taken, String field) {
        String id = IdKind.RESUME.format(taken.resume().id());
        Tenant tenant = Tenant.account(caller.accountId());
        return ended(tenant, taken.resume(), id)
                .timeout(
                        properties.parseWait(),
                        Mono.error(() -> Problem.unavailable(
                                "The resume is still being processed as " + id + "; its state is at "
                                        + ResumeAnswers.url(taken.resume().id(), "status"),
                                RETRY_AFTER,
                                null)))
                .then(Mono.defer(() -> resumes.get(tenant, id)))
                .flatMap(resume -> resume.state() == State.FAILED
                        ? Mono.error(failure(resume, field))
                        : resumes.data(caller, id, false).map(data -> new Parsed(data, resume.updatedAt())));
    }

    private Mono<Void> ended(Tenant tenant, Resume resume, String id) {
        return resume.state().isTerminal()
                ? Mono.empty()
                : events.follow(tenant, Selection.of(id), Start.beginning(resume.createdAt()))
                        .ofType(Event.class)
                        .filter(ResumeEvents::isEnd)
                        .next()
                        .then();
    }

    private static Problem failure(Resume resume, String field) {
        String code = resume.errorCode() == null ? "" : resume.errorCode();
        String message = resume.errorMessage() == null ? "" : resume.errorMessage();
        if (code.equals(Outcome.TOO_LARGE.word())) {
            return new Problem(ProblemCode.TOO_LARGE, message);
        }
        if (code.equals(Outcome.UNSUPPORTED_TYPE.word())) {
            return new Problem(ProblemCode.UNSUPPORTED_TYPE, message);
        }
        return code.equals(Finishing.PROCESSING_FAILED)
                ? Problem.unavailable(message, RETRY_AFTER, null)
                : Problem.invalid(field, code + ": " + message);
    }
}
