package ai.recruit.interview;

import ai.recruit.access.Caller;
import ai.recruit.enrichment.EnrichmentFailed;
import ai.recruit.enrichment.Enrichments;
import ai.recruit.kernel.IdKind;
import ai.recruit.kernel.Problem;
import ai.recruit.kernel.ProblemCode;
import ai.recruit.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Follow-ups to questions by a language model, where the operator has configured one and the owner asks for them. What is
 * sent are questions of the bank with their placeholders: not a word of the candidate's leaves the house. What comes back
 * is text beside the questions, which stay what they are.
 */
@Component
class FollowUps {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LATER = Duration.ofSeconds(60);

    private final Interviews interviews;
    private final InterviewRepository repository;
    private final TenantTransactions transactions;
    private final QuestionBank bank;
    private final Enrichments enrichments;

    FollowUps(
            Interviews interviews,
            InterviewRepository repository,
            TenantTransactions transactions,
            QuestionBank bank,
            Enrichments enrichments) {
        this.interviews = interviews;
        this.repository = repository;
        this.transactions = transactions;
        this.bank = bank;
        this.enrichments = enrichments;
    }

    /** Writes them, in place of those before; gives back the questions with them. */
    Mono<InterviewQuestions> write(Caller caller, String publicId) {
        return interviews.changeable(caller, publicId).flatMap(interview -> {
            UUID id = IdKind.INTERVIEW.get(publicId);
            if (!enrichments.enabled()) {
                return Mono.error(new Problem(ProblemCode.CONFLICT, "No language model is configured"));
            }
            Tongue tongue = Tongue.parse(interview.language()).orElse(Tongue.EN);
            return interviews
                    .questions(caller, publicId)
                    .flatMap(asked -> texts(asked.questions(), tongue))
                    .flatMap(texts ->
                            transactions.mono(caller.tenant(), () -> repository.follow(caller.tenant(), id, texts)))
                    .filter(stored -> stored)
                    .switchIfEmpty(Mono.error(() -> IdKind.INTERVIEW.notFound(publicId)))
                    .then(Mono.defer(() -> interviews.questions(caller, publicId)));
        });
    }

    /** The follow-ups by the ids of the questions; those that the bank does not have any more get none. */
    private Mono<Map<String, String>> texts(List<Question> questions, Tongue tongue) {
        Map<String, String> templates = new LinkedHashMap<>();
        questions.forEach(question -> bank.find(question.templateId())
                .ifPresent(
                        template -> templates.put(question.id(), template.text().in(tongue))));
        List<String> ids = List.copyOf(templates.keySet());
        return enrichments
                .followUps(List.copyOf(templates.values()), tongue == Tongue.RU)
                .timeout(PATIENCE)
                .onErrorMap(
                        failure -> failure instanceof EnrichmentFailed || failure instanceof TimeoutException,
                        failure -> Problem.unavailable("The language model does not answer", LATER, failure))
                .map(texts -> IntStream.range(0, ids.size())
                        .filter(i -> !texts.get(i).isEmpty())
                        .boxed()
                        .collect(Collectors.toMap(ids::get, texts::get)));
    }
}
